"""A database that is away: 503 with a sentence, cached pages as ever, and 200 when it is back."""

import json
import os
import sqlite3
import sys
import urllib.error
import urllib.request
from contextlib import closing

import psycopg
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    connection,
)

from cms.core import faults
from tests.factories import SuperuserFactory
from tests.factories.pages import ContentPageFactory
from tests.services.process import free_port, start, stop, wait
from tests.services.site import MANAGE, embedded_environment, manage

pytestmark = pytest.mark.one_database

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SENTENCE = "The site is having a short break"


@pytest.fixture
def away(monkeypatch, client):
    """From now on the database refuses, as PostgreSQL does while it restarts."""
    faults._said_at.clear()
    client.raise_request_exception = False

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused") from psycopg.OperationalError("refused")

    return lambda: monkeypatch.setattr(connection, "cursor", refuse)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visitor_is_told_in_the_language_of_the_address(client, away, language):
    away()
    response = client.get(f"/{language}/hankkeet/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "no-store" in response["Cache-Control"]
    html = response.content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    assert html.count("<h1>") == 1
    assert (SENTENCE in html) == (language == "en")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/", "/fi/", "/fi/haku/?q=a", "/fi/feeds/projects.atom", "/sitemap.xml", "/admin/",
     "/admin/pages/", "/documents/1/a.pdf", "/fi/ei-ole/"],
)  # fmt: skip
def test_every_address_says_so(client, away, address):
    client.force_login(SuperuserFactory())
    away()
    response = client.get(address)
    assert response.status_code == 503
    assert "Retry-After" in response
    assert "<h1>" in response.content.decode()


@pytest.mark.django_db
def test_the_api_says_so_in_json(client, away):
    away()
    response = client.get("/api/v1/projects")
    assert (response.status_code, response["Content-Type"]) == (503, "application/json")
    assert response.json()["detail"]
    assert "Retry-After" in response


@pytest.mark.django_db
def test_who_was_writing_is_told_that_it_may_be_lost_and_how_to_find_it(client, away):
    client.force_login(SuperuserFactory())
    page = ContentPageFactory(title="Ennen")
    away()
    response = client.post(
        f"/admin/pages/{page.pk}/edit/", {"title": "Uusi"}, headers={"accept-language": "en"}
    )
    assert response.status_code == 503
    assert "what you typed is still there" in response.content.decode()


@pytest.mark.django_db
def test_a_cached_page_is_shown_as_ever(client, away):
    page = ContentPageFactory(title="Muistissa")
    assert client.get(page.url).status_code == 200
    away()
    response = client.get(page.url)
    assert response.status_code == 200
    assert "Muistissa" in response.content.decode()
    caches["pages"].delete("content-epoch")  # the copy's seconds are over
    assert client.get(page.url).status_code == 200


@pytest.mark.django_db
def test_it_is_said_once_without_the_traceback_of_each_request(client, away, caplog):
    away()
    for _again in range(3):
        client.get("/fi/ei-ole/")
        client.get("/healthz")
    said = [each for each in caplog.records if each.levelname == "ERROR"]
    assert len(said) == 1
    assert "connection refused" in said[0].getMessage()
    assert not said[0].exc_info


@pytest.mark.django_db
def test_a_fault_of_ours_is_still_one(client, monkeypatch):
    def ask_nonsense(*args, **kwargs):
        raise ProgrammingError("column does not exist") from psycopg.errors.UndefinedColumn()

    client.raise_request_exception = False
    monkeypatch.setattr("cms.core.faults.pages_elsewhere", ask_nonsense)
    assert client.get("/fi/ei-ole/").status_code == 500


def sqlite_fault(act) -> Exception:
    """What Django makes of what SQLite raises."""
    try:
        act()
    except sqlite3.DataError as error:
        return wrapped(DataError, error)
    except sqlite3.OperationalError as error:
        return wrapped(OperationalError, error)
    except sqlite3.DatabaseError as error:
        return wrapped(DatabaseError, error)
    raise AssertionError("It did not fail.")


def wrapped(kind, cause) -> Exception:
    error = kind(*cause.args)
    error.__cause__ = cause
    return error


@pytest.fixture
def file(tmp_path):
    """Connect to a database file of the given content."""

    def connect(content=b"", timeout=0):
        path = tmp_path / "some.sqlite3"
        if content is not None:
            path.write_bytes(content)
        return closing(sqlite3.connect(path, timeout=timeout))

    return connect


def test_a_sqlite_that_is_missing_damaged_locked_or_read_only_is_away(file, tmp_path):
    def ask(sql, content=b""):
        with file(content) as database:
            database.execute(sql)

    def lock():
        with file() as first, file(None) as second:
            second.execute("BEGIN EXCLUSIVE")
            first.execute("CREATE TABLE a (b)")

    def only_read():
        with file() as database:
            database.execute("CREATE TABLE a (b)")
        with closing(
            sqlite3.connect(f"file:{tmp_path}/some.sqlite3?mode=ro", uri=True)
        ) as database:
            database.execute("INSERT INTO a VALUES (1)")

    cases = [
        lambda: ask("SELECT 1 FROM missing"),
        lambda: ask("SELECT 1 FROM a", b"no database at all" * 500),
        lambda: sqlite3.connect(tmp_path / "no folder" / "file"),
        lock,
        only_read,
    ]
    assert [faults.is_database_away(sqlite_fault(case)) for case in cases] == [True] * 5
    for nonsense in ("SELEKT", "SELECT missing", "SELECT 'open"):
        assert not faults.is_database_away(sqlite_fault(lambda: ask(nonsense)))  # noqa: B023


@pytest.mark.parametrize(
    ("cause", "kind", "is_away"),
    [
        (psycopg.errors.DeadlockDetected, OperationalError, True),
        (psycopg.errors.LockNotAvailable, OperationalError, True),
        (psycopg.errors.SerializationFailure, OperationalError, True),
        (psycopg.errors.AdminShutdown, OperationalError, True),
        (psycopg.errors.CannotConnectNow, OperationalError, True),
        (psycopg.errors.TooManyConnections, OperationalError, True),
        (psycopg.errors.DiskFull, OperationalError, True),
        (psycopg.errors.ReadOnlySqlTransaction, InternalError, True),
        (psycopg.errors.InvalidCatalogName, OperationalError, True),
        (psycopg.errors.UndefinedTable, ProgrammingError, True),
        (psycopg.errors.UndefinedColumn, ProgrammingError, False),
        (psycopg.errors.UniqueViolation, IntegrityError, False),
        (psycopg.errors.NumericValueOutOfRange, DataError, False),
    ],
)
def test_what_postgresql_says_is_understood(cause, kind, is_away):
    assert faults.is_database_away(wrapped(kind, cause("said"))) is is_away


def test_a_connection_that_has_gone_is_understood():
    gone = wrapped(InterfaceError, psycopg.InterfaceError("the connection is closed"))
    assert faults.is_database_away(gone)


# The real thing


def ask(url: str, data: bytes | None = None) -> tuple[int, dict, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data), timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


def test_postgresql_restarted_under_the_served_site(postgres_server, tmp_path):
    """Cached pages go on, others are 503, and everything is there again at once."""
    name = "restarted"
    with closing(psycopg.connect(postgres_server.url, autocommit=True)) as database:
        database.execute(f"DROP DATABASE IF EXISTS {name}")
        database.execute(f"CREATE DATABASE {name}")
    environment = embedded_environment(tmp_path) | {
        "DATABASE_URL": postgres_server.url.rsplit("/", 1)[0] + f"/{name}"
    }
    manage(environment, "migrate", "--verbosity=0")
    port = free_port()
    site, log = f"http://localhost:{port}", tmp_path / "out.log"
    process = start([sys.executable, MANAGE, "serve", "--port", str(port)], log, environment)
    try:
        wait(process, lambda: os.path.exists(log) and _is_up(site), log, 60)
        assert ask(f"{site}/fi/")[0] == 200
        postgres_server.stop()
        assert ask(f"{site}/healthz")[0] == 503
        assert ask(f"{site}/fi/")[0] == 200
        for address in ("/fi/haku/?q=a", "/admin/login/", "/sv/ei-ole/", "/api/v1/projects"):
            status, headers, body = ask(site + address)
            assert (status, headers["Retry-After"]) == (503, "30"), address
        assert json.loads(body)["detail"]
        postgres_server.start()
        for address in ("/healthz", "/fi/haku/?q=a", "/admin/login/", "/api/v1/projects"):
            assert ask(site + address)[0] == 200, address
    finally:
        stop(process)
        if not postgres_server.process:
            postgres_server.start()
    assert "Traceback" not in log.read_text()


def _is_up(site: str) -> bool:
    try:
        return ask(f"{site}/healthz")[0] == 200
    except OSError:
        return False
