"""Rules of every test run: isolation, and no skip that goes unnoticed."""

import gc
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.test import TestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from whitenoise.middleware import WhiteNoiseMiddleware

from cms.core.content_epoch import begin_epoch
from tests import database
from tests.services.fixtures import elasticsearch_server, postgres_server

__all__ = ["elasticsearch_server", "postgres_server"]

# Hypothesis would fail an example for taking 200 ms: that is the machine's mood, not the code's.
hypothesis_settings.register_profile("katto", deadline=None)
hypothesis_settings.load_profile("katto")

TRANSACTIONAL_FIXTURES = {"transactional_db", "live_server"}
DATABASE_FIXTURES = {"db", "django_db_setup", *TRANSACTIONAL_FIXTURES}


def pytest_make_parametrize_id(val, argname):
    """Files are no names: they are pages long, and those made anew differ in each process."""
    long = isinstance(val, str) and len(val) > 80
    return argname if long or isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Transactional tests end with a flush: give each the rows of the migrations back.

    Without the locales, the root page and the places, a site cannot start. Tests that know no
    database are not marked ``database``, nor those of what no database does in its own way: one
    run says all about them, whichever database it has. Data made once for a class are made once:
    its tests stay in one process.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        asks = marker or DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
        if asks and not item.get_closest_marker("one_database"):
            item.add_marker(pytest.mark.database)
        if hasattr(item.cls, "setUpTestData"):
            item.add_marker(pytest.mark.xdist_group(item.cls.__name__))
        kwargs = dict(marker.kwargs) if marker else {}
        fixtures = TRANSACTIONAL_FIXTURES.intersection(getattr(item, "fixturenames", ()))
        if kwargs.get("transaction") or fixtures:
            kwargs.update(transaction=True, serialized_rollback=True)
            item.add_marker(pytest.mark.django_db(**kwargs), append=False)


def pytest_collection_finish():
    """Code and tests stay until the end: looking through them for garbage took a tenth of all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def _static_files_once():
    """Every test client starts the middleware anew; hundreds of static files stay as they are."""
    look = WhiteNoiseMiddleware.add_files_from_finders
    known: dict[tuple, dict] = {}

    def look_once(middleware):
        folders = map(str, settings.STATICFILES_DIRS)
        key = (middleware.static_prefix, middleware.max_age, middleware.charset, *folders)
        if key not in known:
            look(middleware)
            known[key] = dict(middleware.files)
        middleware.files.update(known[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory) -> bool | None:
    """True if a migrated copy is in place, False if it has to be made, None without SQLite."""
    default = settings.DATABASES["default"]
    if not default["ENGINE"].endswith("sqlite3"):
        return None
    file = tmp_path_factory.mktemp("database") / "test.sqlite3"
    default.setdefault("TEST", {})["NAME"] = str(file)
    return database.copy_to(file)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, _migrated):
    if _migrated is None:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, _migrated):
    return django_db_keepdb or bool(_migrated)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, _migrated, tmp_path_factory):
    """What Django keeps of the migrations as text, for each transactional test, stays a file."""
    if _migrated is None:
        yield
        return
    snapshot = tmp_path_factory.mktemp("migrated") / "migrated.sqlite3"
    if not _migrated:
        database.keep(settings.DATABASES["default"]["TEST"]["NAME"])
    database.copy_to(snapshot)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "django.db.backends.sqlite3.creation.DatabaseCreation.deserialize_db_from_string",
            lambda creation, _text: database.fill(creation.connection, snapshot),
        )
        yield


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """Started only once the file is there: otherwise its threads would share one connection."""
    return live_server


@pytest.fixture(autouse=True)
def _empty_caches():
    yield
    for name in settings.CACHES:
        caches[name].clear()


@pytest.fixture(autouse=True)
def _own_language():
    """A request leaves its language active in the thread; the next test begins without."""
    yield
    translation.deactivate()


@pytest.fixture
def django_capture_on_commit_callbacks():
    """As pytest-django's, without what waits from before: in a test that is never committed."""

    @contextmanager
    def capture(*, using: str = "default", execute: bool = False):
        if connections[using].run_on_commit:
            connections[using].run_on_commit = []
            begin_epoch()
        with TestCase.captureOnCommitCallbacks(using=using, execute=execute) as callbacks:
            yield callbacks

    return capture


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Run a change in the transaction that is open, and what follows its commit."""

    def run(change, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return change(*args, **kwargs)

    return run


def pytest_terminal_summary(terminalreporter):
    """List every skip with its reason, one line for each reason."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    if reasons:
        terminalreporter.section("not run on this machine", sep="-")
        for reason, count in sorted(reasons.items()):
            terminalreporter.line(f"{count} × {reason}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Under REQUIRE_ALL=1 a skip is a failure: CI has everything, or says what it lacks."""
    report = yield
    if settings.REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"REQUIRE_ALL is set, and the test was skipped: {reason}"
    return report
