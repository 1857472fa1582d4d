"""Nginx as docs/proxy.md sets it up: fast, never late by more than a second, never indiscreet."""

import time

import pytest
import requests
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from tests.factories import ContentPageFactory, ProjectFactory, UserFactory
from tests.services import require
from tests.services.nginx import NginxServer
from tests.services.process import ServiceUnavailable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.fixture
def nginx(live_server, settings, tmp_path):
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "cms.core.caches.backends.FileCache", "LOCATION": tmp_path / "cache"},
    }
    server = NginxServer(live_server.url)
    try:
        try:
            server.start()
        except ServiceUnavailable as error:
            require(False, str(error))
        yield server
    finally:
        server.close()


@pytest.fixture
def get(nginx):
    def ask(path, method="GET", cookies=None, data=None, **headers):
        return requests.request(
            method,
            nginx.url + path,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
            cookies=cookies,
            data=data,
            allow_redirects=False,
            verify=nginx.certificate,
        )

    return ask


def kept(get, path, **headers):
    """An answer that comes from nginx's own disk."""
    for _try in range(100):
        answer = get(path, **headers)
        if answer.headers.get("X-Cache") == "HIT":
            return answer
    raise AssertionError(f"{path} is never kept: {answer.status_code} {answer.headers}")


def never_kept(get, path, method="GET", **headers) -> requests.Response:
    answers = [get(path, method, **headers) for _try in range(6)]
    assert "HIT" not in {answer.headers.get("X-Cache") for answer in answers}
    return answers[-1]


def test_a_page_is_served_by_nginx_and_browsers_ask_it_each_time(get):
    page = ProjectFactory(title="Hanke")
    first, again = get(page.url), kept(get, page.url)
    assert first.text == again.text
    assert again.headers["Cache-Control"] == "public, no-cache"
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert "X-Accel-Expires" not in again.headers
    same = kept(get, page.url, If_None_Match=again.headers["ETag"])
    assert same.status_code == 304
    assert kept(get, page.url, method="HEAD").status_code == 200


@pytest.mark.parametrize("path", ["/fi/hankkeet/?sort=title", "/sitemap.xml"])
def test_lists_and_the_site_map_are_served_by_nginx_too(get, path):
    ProjectFactory(title="Hanke")
    assert kept(get, path).status_code == 200


def test_compressed_and_plain_pages_do_not_mix(get):
    page = ProjectFactory(title="Hanke")
    for encoding in ("gzip, br", "identity", "gzip", ""):
        answer = kept(get, page.url, Accept_Encoding=encoding)
        assert answer.headers.get("Content-Encoding", "") == ("gzip" if "gzip" in encoding else "")
        assert "Hanke" in answer.text


def test_nothing_old_is_shown_a_second_after_it_was_published(get):
    page = ContentPageFactory(title="Teksti 0")
    for number in range(1, 5):
        assert f"Teksti {number - 1}" in kept(get, page.url).text
        page.title = f"Teksti {number}"
        page.save_revision().publish()
        published = time.time()
        late, asked = [], published
        while asked < published + 1.2 + number / 10:
            asked = time.time()
            if page.title not in get(page.url).text:
                late.append(asked - published)
        assert max(late, default=0) < 1
        assert page.title in kept(get, page.url).text


def test_who_has_a_session_is_never_served_what_is_kept_nor_kept(get, client):
    page = ContentPageFactory(title="Sivu")
    client.force_login(UserFactory())
    cookies = {"sessionid": client.cookies["sessionid"].value}
    assert kept(get, page.url).headers["Cache-Control"] == "public, no-cache"
    answer = get(page.url, cookies=cookies)
    assert answer.headers["X-Cache"] == "BYPASS"
    assert "private" in answer.headers["Cache-Control"]
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert "Sivu" in get(page.url, cookies=cookies).text
    time.sleep(1)
    assert never_kept(get, page.url).status_code == 302


def test_parts_for_htmx_and_whole_pages_do_not_mix(get):
    ProjectFactory(title="Hanke")
    for _again in range(2):
        part = get("/fi/haku/?q=hanke", HX_Request="true")
        whole = get("/fi/haku/?q=hanke")
        back = {"HX_Request": "true", "HX_History_Restore_Request": "true"}
        assert "<html" not in part.text
        assert "<html" in whole.text
        assert "<html" in get("/fi/haku/?q=hanke", **back).text
        assert never_kept(get, "/fi/hankkeet/", HX_Request="true").ok


def test_a_closed_page_opens_to_its_password_and_leaks_to_nobody(get):
    page = ContentPageFactory(title="Salainen asia")
    assert "Salainen asia" in kept(get, page.url).text
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="sesam")
    time.sleep(1)
    asked = never_kept(get, page.url)
    assert "Salainen asia" not in asked.text
    form = BeautifulSoup(asked.text, "html.parser").select_one("form.closed-form")
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    opened = get(
        form["action"], "POST", data={**hidden, "password": "sesam"}, cookies=asked.cookies
    )
    assert opened.status_code == 302
    assert "Salainen asia" in get(page.url, cookies=opened.cookies).text
    assert "Salainen asia" not in never_kept(get, page.url).text


@pytest.mark.parametrize(
    "path",
    ["/fi/ei-ole/", "/fi/hankkeet/?utm_source=x", "/fi/haku/?q=a", "/fi/haku/hits.csv?q=a",
     "/admin/login/", "/api/v1/projects", "/robots.txt", "/"],
)  # fmt: skip
def test_nothing_else_is_kept(get, path):
    ProjectFactory(title="Hanke")
    assert never_kept(get, path).status_code in (200, 301, 302, 404)


def test_plain_http_is_sent_to_https(nginx):
    answer = requests.get(f"http://127.0.0.1:{nginx.plain_port}/fi/", allow_redirects=False)
    assert answer.status_code == 301
    assert answer.headers["Location"].startswith("https://")
