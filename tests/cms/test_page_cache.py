"""A public page costs its second visitor nothing; what is kept, and what is not."""

import pytest
from django.core.cache import caches

from cms.core import content_epoch
from cms.core.page_cache import cache_key
from tests.factories import SuperuserFactory

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def _empty():
    caches["pages"].clear()


def get(client, path="/fi/hankkeet/", **headers):
    return client.get(path, headers=headers)


@pytest.mark.django_db
def test_the_second_visitor_costs_no_query(client, project, django_assert_num_queries):
    first = get(client, project.url)
    with django_assert_num_queries(0):
        second = get(client, project.url)
    assert second.content == first.content
    assert second.status_code == 200
    for name in ("Content-Type", "Content-Security-Policy", "ETag", "Cache-Control"):
        assert second[name] == first[name]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/fi/", "/fi/hankkeet/", "/fi/feeds/projects.atom"])
def test_home_lists_and_feeds_are_kept_too(client, project, path, django_assert_num_queries):
    assert get(client, path).status_code == 200
    with django_assert_num_queries(0):
        assert get(client, path).status_code == 200


@pytest.mark.django_db
def test_browsers_ask_again_and_get_304(client, project, django_assert_num_queries):
    first = get(client, project.url)
    assert first["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in first.get("Vary", "")
    assert not first.cookies
    with django_assert_num_queries(0):
        again = get(client, project.url, if_none_match=first["ETag"])
    assert again.status_code == 304
    assert not again.content


@pytest.mark.django_db
def test_head_answers_from_what_get_kept(client, project, django_assert_num_queries):
    get(client, project.url)
    with django_assert_num_queries(0):
        assert client.head(project.url).status_code == 200


@pytest.mark.django_db
def test_staff_bypass_it(client, project):
    get(client, project.url)
    client.force_login(SuperuserFactory())
    response = get(client, project.url)
    assert "private" in response["Cache-Control"]
    assert "ETag" not in response
    client.logout()


def entries():
    return len([key for key in caches["pages"]._cache if content_epoch.KEY not in key])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", True),
        ("sort=newest", True),
        ("sort=title", True),
        ("status=running", True),
        ("status=nonsense", False),
        ("theme=made-up", False),
        ("utm_source=x", False),
        ("status=running&x=1", False),
        ("page=1", True),
        ("page=99", False),
        ("&".join(f"year={year}" for year in range(1990, 2010)), False),
        ("theme=" + "a" * 600, False),
    ],
)
def test_made_up_parameters_cannot_fill_it(client, project, query, kept):
    before = entries()
    assert get(client, f"/fi/hankkeet/?{query}").status_code == 200
    assert entries() - before == int(kept)


@pytest.mark.django_db
def test_the_order_of_parameters_makes_no_second_entry(client, project):
    get(client, "/fi/hankkeet/?status=running&sort=title")
    before = entries()
    get(client, "/fi/hankkeet/?sort=title&status=running&status=running")
    assert entries() == before


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/login/", "/fi/nowhere/", "/documents/1/x.pdf", "/"])
def test_only_public_pages_that_exist_are_kept(client, project, path):
    before = entries()
    get(client, path)
    assert entries() == before


@pytest.mark.django_db
def test_whole_pages_and_parts_and_hosts_have_their_own_keys(rf, settings):
    settings.ALLOWED_HOSTS = ["a.example.org", "b.example.org"]
    back = {"hx-request": "true", "hx-history-restore-request": "true"}
    keys = {
        cache_key(rf.get("/fi/", headers={"host": "a.example.org"})),
        cache_key(rf.get("/fi/", headers={"host": "b.example.org"})),
        cache_key(rf.get("/fi/", headers={"host": "a.example.org", "hx-request": "true"})),
        cache_key(rf.get("/fi/", headers={"host": "a.example.org", **back})),
        cache_key(rf.get("/sv/", headers={"host": "a.example.org"})),
        cache_key(rf.get("/fi/", headers={"host": "a.example.org", "accept-encoding": "gzip"})),
    }
    assert len(keys) == 6
    assert cache_key(rf.get("/fi/", headers={"host": "evil.example.com"})) is None
