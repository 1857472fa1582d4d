"""A real browser against a real server.

``live_server`` (pytest-django) starts from an empty site: for tests that make what they need.
``sample_site`` is the address of the site with the five sample projects, for tests that read.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import database
from tests.browser.axe import run_axe
from tests.services import chromium as chromium_service
from tests.services import require
from tests.services import site as site_service

HERE = Path(__file__).parent
LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB", "ru": "ru-RU", "ar": "ar", "so": "so"}
TIMEOUT = 60_000  # ms; patience with a busy machine, no measure of the site


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium(django_db_setup):
    """The browser, started once a run."""
    executable = chromium_service.executable()
    require(executable, "Chromium is not installed (apt install chromium).")
    # Playwright keeps an event loop in this thread; Django would refuse the database beside it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    migrated = getattr(connection, "_test_serialized_contents", None)
    with sync_playwright() as playwright:
        # Beside the loop Django opens another connection: it has to know the migrations' rows too.
        if migrated is not None:
            connection._test_serialized_contents = migrated
        browser = playwright.chromium.launch(
            executable_path=executable, args=list(chromium_service.ARGUMENTS)
        )
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_context(chromium: Browser):
    """Make browser contexts: ``new_context(locale="ar", width=360, dark=True, …)``.

    Further keywords go to Playwright's ``browser.new_context`` (``java_script_enabled=False``,
    ``forced_colors="active"``, ``base_url``, ``reduced_motion`` …).
    """
    contexts: list[BrowserContext] = []

    def make(*, locale="fi", width=1280, height=900, dark=False, **options) -> BrowserContext:
        options.setdefault("reduced_motion", "reduce")
        context = chromium.new_context(
            locale=LOCALES.get(locale, locale),
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            **options,
        )
        context.set_default_timeout(TIMEOUT)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def new_page(new_context):
    """Make a page in a context of its own; takes what ``new_context`` takes.

    ``page.faults`` collects uncaught script errors and console errors (a breach of the content
    security policy is one), so that a test can ``assert page.faults == []``.
    """

    def make(**options) -> Page:
        page = new_context(**options).new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and page.faults.append(message.text),
        )
        return page

    return make


@pytest.fixture
def page(new_page) -> Page:
    """A Finnish visitor at a desk."""
    return new_page()


@pytest.fixture
def phone(new_page) -> Page:
    """A Finnish visitor with a narrow phone."""
    return new_page(width=360, height=740)


@pytest.fixture(scope="session")
def axe():
    """``axe(page)`` fails with each violation, what is wrong and where."""

    def check(page: Page, **options) -> None:
        options = {"resultTypes": ["violations"]} | options
        violations = run_axe(page, options)
        lines = [f"{page.url}: {len(violations)} accessibility violations"]
        for violation in violations:
            lines.append(f"- {violation['id']} ({violation['impact']}): {violation['help']}")
            for node in violation["nodes"][:5]:
                lines.append(f"    {' '.join(map(str, node['target']))}: {node['html'][:160]}")
                lines.append(f"      {node['failureSummary']}".replace("\n", "\n      "))
        assert not violations, "\n".join(lines)

    return check


@pytest.fixture(scope="session")
def sample_environment(tmp_path_factory, worker_id, django_db_setup):
    """Environment of a site of its own, migrated and filled with the sample projects.

    Filled by the first process that asks; the others take a copy.
    """
    folder = tmp_path_factory.mktemp("site") / "own"
    base = tmp_path_factory.getbasetemp()
    filled = (base if worker_id == "master" else base.parent) / "sample-site"
    with FileLock(f"{filled}.lock"):
        if not filled.exists():
            fill(filled.with_suffix(".new")).rename(filled)
    shutil.copytree(filled, folder)
    return site_service.embedded_environment(folder)


def fill(folder: Path) -> Path:
    environment = site_service.embedded_environment(folder)
    database.copy_to(folder / "db.sqlite3")
    site_service.manage(environment, "migrate", "--verbosity=0")
    site_service.manage(environment, "load_sample")
    site_service.manage(environment, "worker", "--once")
    return folder


@pytest.fixture(scope="session")
def sample_site(sample_environment, tmp_path_factory):
    """Address of that site, served as `make run` serves it. Tests here only read."""
    log = tmp_path_factory.mktemp("log") / "server.log"
    with site_service.serve(sample_environment, log) as url:
        yield url


@pytest.fixture(scope="session")
def sample_pages(sample_environment):
    """Paths of the sample's live pages: ``{"fi": {"projectpage": ["/fi/…", …], …}, …}``."""
    name = sample_environment["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(f"file:{name}?mode=ro", uri=True)) as database:
        rows = database.execute(
            "SELECT language_code, model, url_path FROM wagtailcore_page page"
            " JOIN wagtailcore_locale locale ON locale.id = page.locale_id"
            " JOIN django_content_type type ON type.id = page.content_type_id"
            " WHERE live AND depth > 1 ORDER BY path"
        ).fetchall()
    found: dict[str, dict[str, list[str]]] = {}
    for language, model, url_path in rows:
        path = "/".join([f"/{language}", *url_path.split("/")[2:]])
        found.setdefault(language, {}).setdefault(model, []).append(path)
    return found
