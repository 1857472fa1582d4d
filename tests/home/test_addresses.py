import json
import re

import pytest
from django.test import Client

from tests.factories import ContentPageFactory, PublicationFactory, home_page, translate

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def english():
    return translate(home_page(), "en", title="The Roof")


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("en-GB,en;q=0.8,fi;q=0.5", "/en/"),
        ("sv,en;q=0.5", "/en/"),
        ("ja", "/fi/"),
        ("", "/fi/"),
        ("*", "/fi/"),
        ("en;q=x,,;;", "/fi/"),
    ],
)
def test_root_leads_to_a_language_that_the_site_has(client, english, header, target):
    response = client.get("/", headers={"accept-language": header})
    assert (response.status_code, response.headers["Location"]) == (302, target)
    assert "Accept-Language" in response.headers["Vary"]


def test_a_page_missing_in_a_language_is_offered_where_it_is(client, english):
    page = ContentPageFactory(title="Tietoa meistä", slug="tietoa")
    response = client.get("/en/tietoa/")
    assert response.status_code == 200
    html = response.content.decode()
    assert f'href="{page.url}"' in html
    assert 'lang="fi"' in html
    assert "Tietoa meistä" in html


@pytest.mark.parametrize("path", ["/fi/tietoa/x/", "/fi/%00/", "/fi/%F0%28/", "/xx", "/fi/a\\b/"])
def test_odd_addresses_are_not_found(client, path):
    assert client.get(path, follow=True).status_code == 404


def test_drafts_are_not_offered_elsewhere(client, english):
    ContentPageFactory(title="Luonnos", slug="luonnos", live=False)
    html = client.get("/en/luonnos/").content.decode()
    assert "Luonnos" not in html


@pytest.mark.parametrize("method", ["head", "options", "post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/", "/fi/", "/robots.txt", "/sitemap.xml", "/favicon.ico"])
def test_no_method_is_a_server_error(method, path):
    response = getattr(Client(raise_request_exception=False), method)(path)
    assert response.status_code < 500


def test_robots_name_the_site_map(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_site_map_lists_live_pages_of_every_language(client, english):
    page = ContentPageFactory(title="Tietoa", slug="tietoa")
    translate(page, "en", title="About")
    ContentPageFactory(title="Luonnos", slug="luonnos", live=False)
    xml = client.get("/sitemap.xml").content.decode()
    locations = re.findall("<loc>(.*?)</loc>", xml)
    assert "http://testserver/fi/tietoa/" in locations
    assert "http://testserver/en/tietoa/" in locations
    assert "luonnos" not in xml
    assert 'hreflang="en" href="http://testserver/en/tietoa/"' in xml


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "9" * 30])
def test_site_map_beyond_its_pages_is_not_found(client, number):
    assert client.get("/sitemap.xml", {"p": number}).status_code == 404


def test_head_of_a_page_in_two_languages(client, english):
    html = client.get("/en/").content.decode()
    assert '<html lang="en" dir="ltr">' in html
    assert '<link rel="canonical" href="http://testserver/en/">' in html
    assert 'hreflang="fi" href="http://testserver/fi/"' in html
    assert 'hreflang="x-default" href="http://testserver/"' in html


def test_a_page_in_one_language_has_no_alternates(client, english):
    ContentPageFactory(title="Tietoa", slug="tietoa")
    html = client.get("/fi/tietoa/").content.decode()
    assert 'rel="alternate" hreflang' not in html
    assert 'href="/en/tietoa/"' in html, "the switch still says where English would be"


def test_json_ld_cannot_end_its_script(client):
    home = home_page()
    home.lead = "</script><script>alert(1)</script> & <b>"
    home.save_revision().publish()
    html = client.get("/fi/").content.decode()
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1]
    graph = json.loads(text)["@graph"]
    assert graph[1]["description"] == home.lead
    assert "<script>alert" not in html


def test_feeds_hold_each_item_once_in_the_readers_language(client, english):
    page = PublicationFactory(title="Opas & <ohje>", lead="Lue <tämä>")
    for language in ("fi", "en"):
        response = client.get(f"/{language}/feeds/publications.atom")
        xml = response.content.decode()
        assert response.headers["Content-Type"].startswith("application/atom+xml")
        assert xml.count("<entry") == 1
        assert '<entry xml:lang="fi">' in xml
        assert f'xml:lang="{language}"' in xml
        assert f"publications/{page.translation_key}" in xml
        assert f"http://testserver{page.url}" in xml
    assert client.get("/fi/feeds/projects.atom").status_code == 200


def test_server_error_page_needs_no_database(client, monkeypatch, settings):
    from home.models import HomePage

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(HomePage, "serve", fail)
    client.raise_request_exception = False
    response = client.get("/fi/")
    assert response.status_code == 500
    assert '<html lang="fi"' in response.content.decode()
