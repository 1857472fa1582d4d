"""The public side of the sample, walked in every language: no word of it may be another's.

Whatever a catalogue lacks is answered in Finnish: the languages' own fallback is replaced by one
that takes notes. Words of packages are found by this too, wherever they come from.
"""

from gettext import NullTranslations

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
from wagtail.models import Page, PageViewRestriction

from cms.core import faults
from cms.translation.as_in_finnish import FALLS_BACK_RIGHTLY
from tests.factories import ContentPageFactory, translate

LANGUAGES = [code for code, _name in settings.LANGUAGES if code not in ("fi", "en")]
SEARCH = ("results", "suggest", "thanks", "hits-csv", "hits-atom", "hits-json")
CLOSED = {"minutes": 5, "form": {"errors": True}}
# The first choice in the form of a block: made wherever the block is, shown in the admin.
NOT_WORDS = frozenset({"- Select an option -", "…"})


class Notes(NullTranslations):
    """A fallback that remembers what it was asked for, and answers in English."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message):
        self.asked.add(message)
        return message

    def ngettext(self, one, many, number):
        self.asked.add(one)
        return one if number == 1 else many

    def pgettext(self, _context, message):
        return self.gettext(message)

    def npgettext(self, _context, one, many, number):
        return self.ngettext(one, many, number)


@pytest.fixture
def notes(monkeypatch):
    """Language code → what no catalogue of it had."""
    found = {}
    for code in LANGUAGES:
        found[code] = Notes()
        monkeypatch.setattr(trans_real.translation(code), "_fallback", found[code])
    return found


def addresses(language: str) -> list[str]:
    """Every page of the language, its lists narrowed, and every kind of answer of the search."""
    pages = Page.objects.live().public().filter(locale__language_code=language, depth__gt=1)
    paths = [page.get_url() for page in pages.specific()]
    lists = [f"{path}?status=running&region=19&sort=title&kind=guide&language=so" for path in paths]
    with translation.override(language):
        search = {name: reverse(f"search:{name}") for name in SEARCH}
    questions = ("q=a", "q=opas", "q=zxqwvy", "q=zxqwvy&type=project&status=running")
    asked = [f"{search[name]}?{question}" for name in SEARCH for question in questions]
    return [*paths, *lists, search["results"], *asked, f"/{language}/nowhere/"]


def answer_of(client, address: str, statuses=(200, 404)) -> str:
    answer = client.get(address)
    assert answer.status_code in statuses, address
    return b"".join(answer).decode()


@pytest.mark.django_db
@pytest.mark.one_database
def test_no_word_of_the_public_side_comes_from_another_language(client, notes, commit):
    commit(call_command, "load_sample", verbosity=0)
    for language in LANGUAGES:
        found = addresses(language)
        assert len(found) > 25, language
        for address in found:
            answer_of(client, address)
    assert lacking(notes) == {}


@pytest.mark.django_db
@pytest.mark.one_database
def test_nor_of_closed_pages_and_of_what_goes_wrong(client, notes):
    page = translate(ContentPageFactory(title="Suljettu"), "sv", title="Sluten")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="oikea"
    )
    address = page.get_url()
    ask = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
    for language in LANGUAGES:
        request = RequestFactory().get(f"/{language}/")
        with translation.override(language):
            answer_of(client, address)
            for password in ("", "wrong"):
                client.post(ask, {"password": password, "return_url": address})
            for template in ("closed/login.html", "closed/password.html", "closed/too_many.html"):
                render_to_string(template, CLOSED, request)
            for template in ("400.html", "400_too_big.html", "403.html", "403_csrf.html"):
                render_to_string(template, {}, request)
            faults.server_error(request)
    assert lacking(notes) == {}


def lacking(notes: dict[str, Notes]) -> dict[str, set[str]]:
    """Language → strings without words of their own, easy Finnish's right ones left out."""
    found = {code: own.asked - {"", *NOT_WORDS} for code, own in notes.items()}
    found["fi-simple"] -= FALLS_BACK_RIGHTLY
    return {code: asked for code, asked in found.items() if asked}


def test_the_notes_tell_what_a_language_lacks(notes):
    with translation.override("so"):
        assert str(translation.gettext("nobody has said this")) == "nobody has said this"
    assert lacking(notes) == {"so": {"nobody has said this"}}
