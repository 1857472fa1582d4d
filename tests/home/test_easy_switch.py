"""One tap between Finnish and easy Finnish, where a page is in both."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import ContentPageFactory, LocaleFactory, home_page, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db):
    for code in ("fi-simple", "sv"):
        LocaleFactory(language_code=code)
        if not home_page().has_translation(LocaleFactory(language_code=code)):
            translate(home_page(), code)
    return ContentPageFactory(title="Tietoa", slug="tietoa")


def switch(client, path: str):
    response = client.get(path)
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").select(".easy-switch a")
    return [(link["href"], link["hreflang"]) for link in found]


def test_each_leads_to_the_other(client, page):
    assert switch(client, "/fi/tietoa/") == []
    easy = translate(page, "fi-simple", title="Tietoa selkokielellä")
    translate(page, "sv", title="Information")
    assert switch(client, "/fi/tietoa/") == [("/fi-simple/tietoa/", "fi-simple")]
    assert switch(client, "/fi-simple/tietoa/") == [("/fi/tietoa/", "fi")]
    assert switch(client, "/sv/tietoa/") == []
    assert switch(client, "/fi/") == [("/fi-simple/", "fi-simple")]
    easy.unpublish()
    assert switch(client, "/fi/tietoa/") == []
