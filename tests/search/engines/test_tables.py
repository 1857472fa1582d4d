"""What the database keeps of documents: each thing once for all who have it, and no longer."""

from dataclasses import replace

import pytest
from django.db import transaction

from search.documents import FACETS
from search.engines.base import Plan
from search.engines.tables import TABLES
from search.query import make_question

from .conftest import ENGINES, LOCALES, empty_engine
from .documents import DOCUMENTS, TODAY, document

TEXT = "Maahanmuuttajien työllistymistä tuetaan vertaisryhmissä ja työpajoissa. " * 30


@pytest.fixture(params=[each for each in ENGINES if each.values != ("elasticsearch",)])
def database(request, django_db_blocker):
    with django_db_blocker.unblock(), empty_engine(request) as engine:
        yield engine


def in_every_locale(id: str, text: str):
    for locale in LOCALES:
        one = document(f"{id}-{locale}", "Silta", text, key=id, locale=locale, language="fi")
        yield replace(one, url=f"/fi/{id}/")


def number(engine, table: str) -> int:
    return engine.rows(f"SELECT COUNT(*) FROM {{p}}_{table}")[0][0]


def titles(engine, locale="fi") -> set[str]:
    return {hit.title for hit in engine.search(Plan(locale), today=TODAY).hits}


def another(engine):
    """The same index as another process has it."""
    return type(engine)(engine.using, engine.prefix)


def test_readers_of_each_language_share_one_text(database):
    database.index(in_every_locale("a", TEXT))
    assert number(database, "document") == len(LOCALES)
    assert (number(database, "shared"), number(database, "filed")) == (1, 1)
    database.delete([f"a-{locale}" for locale in LOCALES[1:]])
    assert titles(database) == {"Silta"}
    database.delete(["a-fi"])
    assert (number(database, "shared"), number(database, "filed")) == (0, 0)


def test_a_change_for_one_locale_leaves_the_others(database):
    database.index(in_every_locale("a", TEXT))
    database.index([document("a-sv", "Bron", "Kamratgrupper", key="a", locale="sv")])
    assert (titles(database), titles(database, "sv")) == ({"Silta"}, {"Bron"})
    database.index(in_every_locale("a", "Aivan muuta."))
    assert (number(database, "shared"), number(database, "filed")) == (1, 1)
    assert not database.frequencies("sv", ["kamratgrupp", "työpaja"], TODAY)


def test_nothing_is_left_of_documents_that_are_gone(database):
    database.index(DOCUMENTS)
    database.index(DOCUMENTS)
    assert all(number(database, table) for table in TABLES)
    database.delete([each.id for each in DOCUMENTS])
    left = [*TABLES, *(["vocabulary"] if database.name == "sqlite" else ["tokens", "grams"])]
    assert {table: number(database, table) for table in left} == dict.fromkeys(left, 0)
    assert not list(database.gram_hits([(0, "ttaj"), (1, "maah")]))
    question = make_question("maahanmuuttajaa", "fi")
    assert database.search(question.plan, facets=FACETS, today=TODAY).total == 0


def test_what_another_process_writes_is_found_at_once(database):
    other = another(database)
    assert titles(other) == set()
    database.index([document("a", "Eka")])
    assert titles(other) == {"Eka"}
    other.index([document("a", "Toka")])
    assert titles(database) == {"Toka"}
    other.clear()
    assert titles(database) == set()


def test_what_was_written_in_vain_is_not_remembered(database):
    database.index([document("a", "Eka")])
    with transaction.atomic(using=database.using):
        database.index([document("b", "Toka", facets={"theme": ["work"]})])
        assert titles(database) == {"Eka", "Toka"}
        transaction.set_rollback(True, using=database.using)
    database.index([document("c", "Kolmas")])
    assert titles(database) == {"Eka", "Kolmas"}
    numbers = database.search(Plan("fi"), facets=("theme",), today=TODAY).facets
    assert numbers == {"theme": {}}


def test_an_index_of_an_older_schema_is_made_anew(database):
    database.index([document("a", "Eka")])
    database.run("UPDATE {p}_schema SET version = 2", "CREATE TABLE {p}_facet (document integer)")
    database.create()
    assert titles(database) == set()
    database.index([document("b", "Toka")])
    assert titles(database) == {"Toka"}
    with pytest.raises(Exception, match="_facet"):
        number(database, "facet")
