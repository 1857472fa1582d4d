"""Nothing that is sent to a public address ends in a server error."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.factories import ProjectFactory, project_index, publication_index

PATHS = [
    "/",
    "/fi/",
    "/%00",
    "/fi/%00/",
    "/fi/hankkeet/%00/",
    "/fi/hankkeet/..%2f..%2fetc%2fpasswd",
    "/fi/" + "x/" * 500,
    "/fi/" + "ä" * 3000 + "/",
    "/xx/",
    "/fi-simple/",
    "/fi_FI/",
    "/%ff%fe/",
    "/documents/1/x.pdf",
    "/documents/99999999999999999999999/x.pdf",
    "/documents/-1/x",
    "/documents/1/%00",
    "/documents/authenticate_with_password/999/",
    "/media/%00.svg",
    "/sitemap.xml?p=x",
    "/sitemap.xml?p=99999999999999999999",
    "/fi/feeds/projects.atom?x=%00",
    "/admin/login/?next=%00",
    "/admin/login/?next=https://example.org/",
    "/admin/password_reset/confirm/%00/x/",
    "/theme/1-zzzzzz.css",
    "/healthz",
    "/_util/x",
]
QUERIES = [
    "?" + "a" * 20_000,
    "?" + "&".join(f"x{i}=1" for i in range(900)),
    "?q=%00&status=%00&theme=%00&year=%00&funder=%00&region=%00&municipality=%00&target_group=%00",
    "?p=0&page=-1&year=99999999999999999999&funder=-1",
    "?p=abc&page=1e9&year=NaN&theme=%ff%fe",
    "?page=99999999999999999999999999",
    "?status[]=running&status=running&status=ended&status=%F0%9F%98%80",
    "?q=" + "%22" * 50,
    "?q=*&q=(&q=%5C&q=AND+OR+NOT",
    "?year=²&page=٣",
]
HEADERS = [
    {"host": "evil.example.org"},
    {"host": "evil.example.org:99999"},
    {"host": ""},
    {"host": "a b"},
    {"host": "[::1"},
    {"x-forwarded-host": "evil.example.org"},
    {"x-forwarded-for": "x" * 5000},
    {"accept-language": "fi;q=x,,;;" + "a-b," * 500},
    {"accept-language": "\udcff"},
    {"accept-encoding": "br;q=0, gzip;q=nope, *"},
    {"cookie": "sessionid=%00; csrftoken=" + "x" * 4000},
    {"cookie": "sessionid=" + "x" * 3000},
    {"if-modified-since": "yesterday"},
    {"if-none-match": '"'},
    {"range": "bytes=9-1"},
    {"hx-request": "true", "hx-current-url": "%ff"},
    {"content-type": "multipart/form-data"},
    {"content-length": "-1"},
]


@pytest.fixture
def site(client):
    """Pages to ask for; errors come back as answers instead of being raised."""
    client.raise_request_exception = False
    project_index()
    publication_index()
    client.addresses = ["/fi/", "/fi/hankkeet/", "/fi/julkaisut/", ProjectFactory().url]
    return client


def check(response, what):
    assert response.status_code < 500, what
    assert b"Traceback" not in getattr(response, "content", b"")


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:30])
def test_odd_paths(site, path):
    check(site.get(path), path)
    check(site.post(path, {"x": "y"}), path)
    check(site.head(path), path)


@pytest.mark.django_db
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:20])
def test_odd_queries(site, query):
    for address in site.addresses:
        check(site.get(address + query), address + query)


@pytest.mark.django_db
@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: str(headers)[:40])
def test_odd_headers(site, headers, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    for address in site.addresses[:3]:
        response = site.get(address, headers=headers)
        check(response, headers)
        assert b"evil.example.org" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_odd_methods(site, method):
    for address in site.addresses:
        check(getattr(site, method)(address), method)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(["q", "page", "p", "status", "theme", "year", "funder", "region"]),
    value=st.text(max_size=60),
)
@example(name="page", value="\ud7ff\0")
def test_any_value_of_any_parameter(site, name, value):
    for address in site.addresses[:3]:
        check(site.get(address, {name: value}), (address, name, value))
    assert connection.is_usable()
