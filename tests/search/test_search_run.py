import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from search.engines import database_engine


@pytest.fixture(autouse=True)
def _database(django_db_setup, django_db_blocker):
    """Without the usual transaction: a trial on SQLite opens a database of its own."""
    with django_db_blocker.unblock():
        yield


DOCUMENTS = [
    {"id": "d1", "title": "Kielikahvila", "text": "Suomea puhutaan kahvilassa."},
    {"id": "d2", "title": "Uimataito", "text": "Naiset oppivat uimaan.", "lang": "fi"},
    {"id": "d3", "title": "Språkkafé", "text": "Svenska över en kopp kaffe.", "locale": "sv"},
    {"id": 4, "title": "Sisällötön"},
]
QUERIES = [
    {"id": "q1", "query": "uinti"},
    {"id": "q2", "query": "språkkaféer", "locale": "sv"},
    {"id": "q3", "query": ""},
    {"id": "q4", "query": "sisällöttömät"},
]


def run(tmp_path, engine=None, documents=DOCUMENTS, queries=QUERIES, **options):
    files = {"docs": documents, "queries": queries}
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / f"{name}.json").write_text(text)
    out = tmp_path / "run.json"
    call_command(
        "search_run",
        docs=tmp_path / "docs.json",
        queries=tmp_path / "queries.json",
        engine=engine or database_engine(),
        out=options.get("out", out),
        verbosity=0,
        stdout=StringIO(),
    )
    return json.loads(out.read_text())


def test_answers_by_query_and_leaves_nothing_behind(tmp_path):
    before = connection.introspection.table_names()
    found = run(tmp_path, queries=[q for q in QUERIES if q["query"]])
    assert found == {"q1": ["d2"], "q2": ["d3"], "q4": ["4"]}
    assert connection.introspection.table_names() == before


def test_sqlite_is_there_whatever_the_database(tmp_path):
    assert run(tmp_path, engine="sqlite", queries=QUERIES[:1]) == {"q1": ["d2"]}


def test_odd_ids_and_names_of_languages_are_taken(tmp_path):
    odd = ["x" * 2000, "", "ä ö/ü", 0]
    documents = [{"id": id, "title": "Uimataito", "lang": "FI"} for id in odd]
    documents.append({"id": "sv", "title": "Språkkafé", "locale": "sv_FI"})
    queries = [
        {"id": 7, "query": "uimataidon"},
        {"id": 8, "query": "språkkaféer", "language": "SV-fi"},
    ]
    found = run(tmp_path, documents=documents, queries=queries)
    assert sorted(found["7"]) == sorted(map(str, odd))
    assert found["8"] == ["sv"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"documents": "{"}, "docs.json cannot be read"),
        ({"documents": "{}"}, "holds no list"),
        ({"documents": [{"title": "x"}]}, "record 1 needs id"),
        ({"queries": [{"id": "a", "query": "b"}, 3]}, "record 2 needs id and query"),
        ({"out": "/no/such/folder/run.json"}, "cannot be written"),
    ],
)
def test_what_is_wrong_with_the_files_is_said(tmp_path, changes, message):
    if "out" in changes:
        changes = {"out": tmp_path / "missing" / "run.json", "queries": QUERIES[:1]}
    with pytest.raises(CommandError, match=message):
        run(tmp_path, **changes)


def test_what_an_engine_needs_is_said(tmp_path, settings):
    settings.ELASTICSEARCH_URL = ""
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        run(tmp_path, engine="elasticsearch")
    if connection.vendor != "postgresql":
        with pytest.raises(CommandError, match="DATABASE_URL"):
            run(tmp_path, engine="postgres")


def test_an_engine_that_does_not_answer_is_named(tmp_path, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    settings.ELASTICSEARCH = {"hosts": ["http://127.0.0.1:9"], "prefix": "katto", "timeout": 1}
    with pytest.raises(CommandError, match="elasticsearch does not answer"):
        run(tmp_path, engine="elasticsearch")


@pytest.mark.parametrize("name", ["missing/run.json", "a-file/run.json", "a-folder"])
def test_a_place_that_cannot_be_written_is_said_before_the_work(tmp_path, monkeypatch, name):
    (tmp_path / "a-file").write_text("x")
    (tmp_path / "a-folder").mkdir()
    monkeypatch.setattr("search.management.commands.search_run.scratch_engine", None)
    with pytest.raises(CommandError, match="cannot be written"):
        run(tmp_path, queries=QUERIES[:1], out=tmp_path / name)
