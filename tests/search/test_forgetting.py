"""The search shows, proposes and keeps nothing of what the public may no longer see."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.documents import get_document_model

from projects.models import Person
from search.engines import database_engine, get_engine
from search.models import MissedSearch
from search.question import SearchParameters
from search.service import ask, suggestions
from search.tasks import drop_expired_people, forget_missed_searches
from tests.factories import (
    ContactsPageFactory,
    LocaleFactory,
    PersonFactory,
    ProjectFactory,
    PublicationFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def proposed(typed: str) -> str:
    return ask(SearchParameters(query=typed), "fi").did_you_mean


def found(typed: str) -> list[str]:
    return [hit.title for hit in ask(SearchParameters(query=typed), "fi").result.hits]


def offered(typed: str) -> list[str]:
    return [suggestion.text for suggestion in suggestions(typed, "fi")]


def in_word_table(word: str) -> bool:
    return word in get_engine(database_engine()).similar("fi", [word[:-1]])[word[:-1]]


@pytest.fixture
def at_midnight(monkeypatch):
    """The next day begins, and nothing else happens."""

    def turn():
        tomorrow = timezone.localdate() + timedelta(days=1)
        monkeypatch.setattr(timezone, "localdate", lambda *args: tomorrow)

    return turn


@pytest.fixture
def person(commit):
    commit(ContactsPageFactory, title="Yhteystiedot")
    return commit(PersonFactory, name="Vilpuri Kuvitelma", public_until=timezone.localdate())


@pytest.mark.parametrize(
    ("typed", "right"), [("vilpuru", "vilpuri"), ("kuvitelmia", ""), ("kuvitelna", "kuvitelma")]
)
def test_a_name_is_not_proposed_from_midnight_on(person, at_midnight, typed, right):
    if right:
        assert proposed(typed) == right
    at_midnight()
    assert proposed(typed) == ""


def test_a_person_is_neither_found_nor_offered_from_midnight_on(person, at_midnight):
    assert found("vilpuri") == offered("vilp") == ["Vilpuri Kuvitelma"]
    at_midnight()
    assert found("vilpuri") == offered("vilp") == []


def test_an_earlier_day_in_another_language_counts(commit, person, at_midnight):
    later = timezone.localdate() + timedelta(days=50)
    swedish = LocaleFactory(language_code="sv")
    commit(
        PersonFactory,
        name=person.name,
        locale=swedish,
        translation_key=person.translation_key,
        public_until=later,
    )
    assert [hit.title for hit in ask(SearchParameters(query="vilpuri"), "sv").result.hits]
    at_midnight()
    assert not ask(SearchParameters(query="vilpuri"), "sv").result.hits
    assert not ask(SearchParameters(query="vilpuru"), "sv").did_you_mean


def test_words_of_an_expired_person_leave_the_index_with_the_daily_upkeep(
    commit, person, at_midnight
):
    at_midnight()
    assert commit(drop_expired_people) == 1
    engine = get_engine(database_engine())
    assert not [id for id, _fingerprint in engine.ids() if id.startswith("person:")]


def test_words_of_an_unpublished_page_leave_the_word_table(commit):
    project = commit(ProjectFactory, title="Vorokkilan hanke", lead="Vorokkila kutsuu.")
    assert in_word_table("vorokkila")
    commit(project.unpublish)
    assert not in_word_table("vorokkila")
    assert proposed("vorokkilla") == ""


def test_words_that_an_edit_takes_away_leave_the_word_table(commit):
    project = commit(ProjectFactory, title="Hanke", lead="Vorokkila kutsuu.")
    project.lead = "Tuumala kutsuu."
    commit(project.save_revision().publish)
    assert in_word_table("tuumala")
    assert not in_word_table("vorokkila")


def test_words_of_a_deleted_file_leave_the_word_table(commit):
    document = get_document_model().objects.create(
        title="Liite", file=ContentFile(b"Vorokkila kutsuu.", name="liite.txt")
    )
    get_document_model().objects.filter(pk=document.pk).update(text="Vorokkila kutsuu.")
    document.refresh_from_db()
    publication = commit(PublicationFactory, title="Opas", files=[])
    commit(publication.files.create, document=document, language="fi", title="Liite")
    commit(publication.save_revision().publish)
    assert in_word_table("vorokkila")
    commit(document.delete)
    assert not in_word_table("vorokkila")


@pytest.mark.parametrize(("days", "kept"), [(0, True), (89, True), (90, True), (91, False)])
def test_searches_without_an_answer_are_forgotten_in_time(days, kept):
    MissedSearch.objects.note("fi", "vilpuri kuvitelma")
    MissedSearch.objects.update(last_on=timezone.localdate() - timedelta(days=days))
    assert forget_missed_searches() == (0 if kept else 1)
    assert MissedSearch.objects.exists() is kept


def test_the_time_is_a_setting(settings):
    settings.MISSED_SEARCH_DAYS = 7
    MissedSearch.objects.note("fi", "vilpuri kuvitelma")
    MissedSearch.objects.update(last_on=timezone.localdate() - timedelta(days=8))
    out = StringIO()
    call_command("forget_missed_searches", stdout=out)
    assert "Forgot 1 searches" in out.getvalue()
    assert not MissedSearch.objects.exists()
    assert not Person.objects.exists()


def test_words_of_a_deleted_theme_leave_the_word_table(commit):
    theme = ThemeFactory(name="Vorokkila", slug="vorokkila")
    commit(ProjectFactory, title="Hanke", themes=[theme])
    assert in_word_table("vorokkila")
    commit(theme.delete)
    assert not in_word_table("vorokkila")
