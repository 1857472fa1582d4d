"""A worker that is killed in the midst of a request, as a process of its own, and the next one."""

import signal
import sqlite3
import sys
import time
from contextlib import closing

import pytest

from tests import database
from tests.services.process import start, stop
from tests.services.site import MANAGE, embedded_environment, manage

pytestmark = pytest.mark.one_database

PATIENCE = 120  # seconds; how long a loaded machine may take
ASK = """
from django.contrib.auth import get_user_model
from wagtail.models import Locale
from cms.translation.requests import ask
from home.models import ContentPage, HomePage
home = HomePage.objects.get()
locales = [Locale.objects.get_or_create(language_code=code)[0] for code in ("sv", "ar")]
pages = [
    home.add_child(instance=ContentPage(title=f"Sivu {n}", slug=f"sivu-{n}", locale=home.locale))
    for n in range(6)
]
ask(get_user_model().objects.create_superuser("boss"), pages, locales)
"""


@pytest.fixture
def environment(tmp_path, django_db_setup):
    """The embedded default on a migrated database."""
    environment = embedded_environment(tmp_path)
    if not database.copy_to(tmp_path / "db.sqlite3"):
        manage(environment, "migrate", "--verbosity=0")
    return environment


def test_a_killed_worker_s_request_is_finished_by_the_next_without_doubles(environment, tmp_path):
    def rows(sql: str) -> list:
        with closing(sqlite3.connect(tmp_path / "db.sqlite3", timeout=PATIENCE)) as file, file:
            return file.execute(sql).fetchall()

    def count(state: str) -> int:
        found = rows(f"SELECT count(*) FROM translation_requestedversion WHERE state = '{state}'")
        return found[0][0]

    manage(environment, "shell", "--no-imports", "--command", ASK)
    assert count("waiting") == 14  # with the home page
    worker = start([sys.executable, MANAGE, "worker"], tmp_path / "out.log", environment)
    try:
        deadline = time.monotonic() + PATIENCE
        while count("done") < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    finally:
        stop(worker)
    assert 3 <= count("done") < 14
    # Half a minute passes.
    rows("UPDATE django_tasks_database_dbtaskresult SET started_at = datetime('now', '-1 hour')")
    manage(environment, "worker", "--once")
    assert (count("done"), count("waiting"), count("refused")) == (14, 0, 0)
    assert rows("SELECT finished_at IS NOT NULL FROM translation_translationrequest") == [(1,)]
    doubles = "SELECT {0} FROM {1} GROUP BY {0} HAVING count(*) > 1"
    assert not rows(doubles.format("translation_key, locale_id", "wagtailcore_page"))
    assert not rows(doubles.format("source_id, target_locale_id", "wagtail_localize_translation"))
    assert rows("SELECT count(*) FROM translation_work") == [(14,)]
