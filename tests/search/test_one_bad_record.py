"""A queue never stands still for one record: it is set aside, and the rest follows."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.analysis import get_analyser
from projects.models import FundingRole
from search import indexing
from search.engines import database_engine, get_engine
from search.indexing import differences, flush
from search.models import PendingDocument
from search.question import SearchParameters
from search.service import ask
from search.sources import SOURCES
from tests.factories import (
    ContactsPageFactory,
    DocumentFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    PublicationFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

NAME = database_engine()


def found(words: str) -> list[str]:
    return [hit.title for hit in ask(SearchParameters(query=words), "fi").result.hits]


def restrict(page) -> None:
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )


HIDDEN = {
    "unpublished": lambda project: project.unpublish(),
    "restricted": restrict,
    "deleted": lambda project: project.delete(),
    "deleted with its branch": lambda project: project.get_parent().delete(),
    "restricted with its branch": lambda project: restrict(project.get_parent()),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_link_to_a_hidden_project_is_left_out(commit, how):
    project = commit(ProjectFactory, title="Salattu ruusu", acronym="RUUSU")
    open_one = commit(ProjectFactory, title="Avoin orvokki")
    commit(PublicationFactory, title="Opas", projects=[project, open_one], files=[])
    assert "Opas" in found("ruusu")
    commit(HIDDEN[how], project)
    person = commit(PersonFactory, name="Aino Esimerkki")
    commit(person.delete)
    assert found("ruusu") == found("RUUSU") == found("Aino") == []
    assert found("opas") == ["Opas"]
    assert found("orvokki") == ([] if "branch" in how else ["Avoin orvokki", "Opas"])
    assert not PendingDocument.objects.exists()
    assert differences(NAME) == (set(), set())
    call_command("rebuild_search", verbosity=0)
    call_command("check_search", "--dry-run")


def test_a_publication_may_be_linked_to_a_draft(commit):
    draft = commit(ProjectFactory, title="Salattu ruusu", live=False)
    commit(PublicationFactory, title="Opas", projects=[draft], files=[])
    assert found("opas") == ["Opas"]
    assert found("ruusu") == []
    commit(lambda: draft.save_revision().publish())
    assert sorted(found("ruusu")) == ["Opas", "Salattu ruusu"]


def test_what_names_a_deleted_record_follows(commit):
    theme = ThemeFactory(name="Kalastus", slug="kalastus")
    funder = OrganisationFactory(name="Satakunnan säätiö")
    document = DocumentFactory()
    funding = [(funder, FundingRole.MAIN, None)]
    project = commit(ProjectFactory, title="Rannikko", funding=funding, themes=[theme])
    files = [{"language": "fi", "document": document}]
    commit(PublicationFactory, title="Opas", projects=[project], files=files)
    document.text = "Silakoiden fileeraaminen"
    commit(document.save)
    assert all(map(found, ("kalastus", "satakunta", "silakka")))
    for record in (theme, funder, document):
        commit(record.delete)
        assert differences(NAME) == (set(), set())
    assert found("kalastus") == found("satakunta") == found("silakka") == []


@pytest.fixture
def bad(monkeypatch):
    """Every project called "Rikki" is one that cannot be read."""
    document = type(SOURCES["project"]).document

    def fails(self, record, locale, context):
        if record.title == "Rikki":
            raise RuntimeError("a stone in the stream")
        return document(self, record, locale, context)

    monkeypatch.setattr(type(SOURCES["project"]), "document", fails)


def make_late(**when) -> None:
    PendingDocument.objects.aside().update(retry_at=timezone.now() - timedelta(seconds=1), **when)


def test_it_is_set_aside_said_once_and_followed_when_it_is_well(commit, bad, caplog):
    with caplog.at_level(logging.WARNING, logger="katto.search"):
        project = commit(ProjectFactory, title="Rikki")
        commit(ProjectFactory, title="Kalastajien kurssit")
        assert found("kalastaja") == ["Kalastajien kurssit"]
        waits = []
        for attempt in range(1, 4):
            row = PendingDocument.objects.get()
            assert (row.record, row.attempts) == (
                ("project", str(project.translation_key)),
                attempt,
            )
            assert "a stone in the stream" in row.error
            waits.append(row.retry_at - timezone.now())
            assert flush(NAME) == 0, "its time has not come"
            make_late()
            flush(NAME)
        assert waits == sorted(waits)
        assert waits[2] > 2 * waits[0]
    said = [record.getMessage() for record in caplog.records if record.name == "katto.search"]
    assert len(said) == 1
    assert str(project.translation_key) in said[0]
    project.refresh_from_db()
    project.title = "Ehjä"
    commit(lambda: project.save_revision().publish())
    assert found("ehjä") == ["Ehjä"]
    assert not PendingDocument.objects.exists()


def test_commands_name_it_and_go_on(commit, bad, capsys):
    project = commit(ProjectFactory, title="Rikki")
    commit(ProjectFactory, title="Kalastajien kurssit")
    get_engine(NAME).clear()
    call_command("rebuild_search", verbosity=0)
    assert str(project.translation_key) in capsys.readouterr().err
    assert found("kalastaja") == ["Kalastajien kurssit"]
    get_engine(NAME).clear()
    with pytest.raises(CommandError):
        call_command("check_search")
    assert str(project.translation_key) in capsys.readouterr().err
    assert found("kalastaja") == ["Kalastajien kurssit"]
    assert PendingDocument.objects.get().record == ("project", str(project.translation_key))


def test_words_that_cannot_be_analysed(commit, monkeypatch):
    kind = type(get_analyser("fi"))
    analyse = kind.analyse

    def fails(self, text):
        if "kivi" in text:
            raise MemoryError("too much")
        return analyse(self, text)

    monkeypatch.setattr(kind, "analyse", fails)
    commit(ProjectFactory, title="Kivi", lead="kivi")
    commit(ProjectFactory, title="Kalastajien kurssit")
    assert found("kalastaja") == ["Kalastajien kurssit"]
    assert PendingDocument.objects.get().attempts == 1


def test_a_document_that_the_database_does_not_take(commit, monkeypatch):
    """Too many words for PostgreSQL's tsvector; too big a number for SQLite."""
    engine = get_engine(NAME)
    add = type(engine)._add
    long = [f"{number:08}" for number in range(200_000)]
    unfit = {"lemma": long} if NAME == "postgres" else {"start": 10**30}

    def too_much(self, cursor, entries):
        bad = [replace(each, **unfit) for each in entries if each.stored["title"] == "Rikki"]
        return add(self, cursor, [*bad, *(x for x in entries if x.stored["title"] != "Rikki")])

    monkeypatch.setattr(type(engine), "_add", too_much)
    bad = commit(ProjectFactory, title="Rikki")
    for number in range(3):
        commit(ProjectFactory, title=f"Kalastajien kurssit {number}")
    assert len(found("kalastaja")) == 3
    assert PendingDocument.objects.get().record == ("project", str(bad.translation_key))
    errors = {}
    indexing.rebuild(NAME, errors=errors)
    assert [key for _kind, key in errors] == [str(bad.translation_key)]
    assert len(found("kalastaja")) == 3


def test_nothing_is_written_where_nothing_changed(commit, monkeypatch):
    """A person's e-mail is in no document: no word is analysed, no cached page dropped for it."""
    commit(ContactsPageFactory)
    person = commit(PersonFactory, name="Aino Esimerkki")
    written = []
    monkeypatch.setattr(type(get_engine(NAME)), "_write", lambda *args: written.append(args))
    person.email = "aino@example.org"
    commit(person.save)
    assert not written
    assert not PendingDocument.objects.exists()
    person.title = "johtaja"
    commit(person.save)
    assert written
