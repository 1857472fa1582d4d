"""The worker as it is run: a process of its own on a database of its own, killed and all."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest

from tests import database
from tests.services.process import free_port, start, stop
from tests.services.site import MANAGE, embedded_environment, manage

pytestmark = pytest.mark.one_database

TASKS = "django_tasks_database_dbtaskresult"
PATIENCE = 60  # seconds; how long a loaded machine may take


@pytest.fixture
def environment(tmp_path, django_db_setup):
    """The embedded default on a migrated database without pages."""
    environment = embedded_environment(tmp_path)
    if not database.copy_to(tmp_path / "db.sqlite3"):
        manage(environment, "migrate", "--verbosity=0")
    return environment


@pytest.fixture
def rows(tmp_path):
    """Ask (or change) the database behind the site's back; waits for whoever writes."""

    def ask(sql, *values):
        with closing(sqlite3.connect(tmp_path / "db.sqlite3", timeout=PATIENCE)) as file, file:
            return file.execute(sql, values).fetchall()

    return ask


@contextmanager
def running(environment, tmp_path, *arguments):
    process = start([sys.executable, MANAGE, *arguments], tmp_path / "out.log", environment)
    try:
        yield process
    finally:
        stop(process)


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError("It did not come about in time.")


def enqueue(environment, name, *arguments):
    code = f"from tests.cms import tasks; tasks.{name}.enqueue(*{arguments!r})"
    manage(environment, "shell", "--no-imports", "--command", code)


def statuses(rows):
    return [row[0] for row in rows(f"SELECT status FROM {TASKS}")]


def test_what_waits_is_done_once_and_the_command_ends(environment, tmp_path, rows):
    enqueue(environment, "leave_mark", str(tmp_path / "mark"))
    assert statuses(rows) == ["READY"]
    manage(environment, "worker", "--once")
    assert statuses(rows) == ["SUCCESSFUL"]
    assert (tmp_path / "mark").read_text() == "x"
    assert rows("SELECT count(*) FROM core_scheduledjob WHERE finished_at IS NOT NULL")[0][0] >= 4


def test_a_task_whose_worker_was_killed_is_taken_up_again_but_not_for_ever(
    environment, tmp_path, rows
):
    mark = tmp_path / "mark"
    enqueue(environment, "leave_mark_and_hang", str(mark))
    for attempt in (1, 2, 3):
        with running(environment, tmp_path, "worker") as worker:
            until(lambda: mark.exists() and mark.read_text() == "x" * attempt)  # noqa: B023
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        assert statuses(rows) == ["RUNNING"]
        # Half a minute passes.
        rows(
            "UPDATE django_tasks_database_dbtaskresult SET started_at = datetime('now', '-1 hour')"
        )
    manage(environment, "worker", "--once")
    assert statuses(rows) == ["FAILED"]
    assert mark.read_text() == "xxx"


def test_a_long_task_of_a_living_worker_is_left_to_it(environment, tmp_path, rows):
    mark = tmp_path / "mark"
    enqueue(environment, "leave_mark_and_hang", str(mark))
    with running(environment, tmp_path, "worker"):
        until(lambda: rows("SELECT 1 FROM core_workerpulse"))
        rows(
            "UPDATE django_tasks_database_dbtaskresult SET started_at = datetime('now', '-1 hour')"
        )
        manage(environment, "worker", "--once")
        assert statuses(rows) == ["RUNNING"]
        assert mark.read_text() == "x"


def test_a_worker_waits_for_a_database_that_is_not_there_yet(environment, tmp_path, rows):
    (tmp_path / "db.sqlite3").rename(tmp_path / "away")
    log = tmp_path / "out.log"
    with running(environment, tmp_path, "worker") as worker:
        until(lambda: "waits for the database" in log.read_text())
        (tmp_path / "db.sqlite3").unlink(missing_ok=True)
        (tmp_path / "away").rename(tmp_path / "db.sqlite3")
        until(lambda: rows("SELECT 1 FROM core_scheduledjob WHERE finished_at IS NOT NULL"))
        assert worker.poll() is None
    said = log.read_text()
    assert said.count("waits for the database") == 1
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_idle_worker_ends_quietly_when_told(environment, tmp_path, rows, number):
    with running(environment, tmp_path, "worker") as worker:
        until(lambda: rows("SELECT 1 FROM core_scheduledjob WHERE finished_at IS NOT NULL"))
        worker.send_signal(number)
        assert worker.wait(PATIENCE) == 0
    assert (tmp_path / "out.log").read_text() == ""


def test_a_busy_worker_ends_too_and_its_task_is_not_lost(environment, tmp_path, rows):
    mark = tmp_path / "mark"
    enqueue(environment, "leave_mark_and_hang", str(mark))
    with running(environment, tmp_path, "worker") as worker:
        until(mark.exists)
        worker.send_signal(signal.SIGINT)
        assert worker.wait(PATIENCE) == 0
    assert statuses(rows) == ["RUNNING"]  # to be taken up again
    assert "Traceback" not in (tmp_path / "out.log").read_text()


# Beside the server


def processes_below(pid: int) -> list[list[str]]:
    """Number, state and command line of each child of a process."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,stat=,args=", "--ppid", str(pid)], capture_output=True, text=True
    )
    return [line.split(None, 2) for line in listed.stdout.splitlines()]


def zombies(pid: int) -> list[list[str]]:
    return [line for line in processes_below(pid) if line[1].startswith("Z")]


def children(pid: int) -> dict[int, str]:
    """Command lines of the living children of a process."""
    alive = (line for line in processes_below(pid) if not line[1].startswith("Z"))
    return {int(line[0]): line[2] for line in alive}


def the_worker_of(pid: int) -> int | None:
    return next((child for child, line in children(pid).items() if " worker " in line), None)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def server(environment, tmp_path, rows):
    """``manage.py serve`` whose worker has done its first round."""
    with running(environment, tmp_path, "serve", "--port", str(free_port())) as process:
        until(lambda: rows("SELECT 1 FROM core_scheduledjob WHERE finished_at IS NOT NULL"))
        yield process


def test_the_site_served_does_its_tasks_and_what_is_due(server, environment, tmp_path, rows):
    enqueue(environment, "leave_mark", str(tmp_path / "mark"))
    until(lambda: statuses(rows) == ["SUCCESSFUL"])


def test_a_worker_that_dies_is_begun_anew(server):
    first = the_worker_of(server.pid)
    os.kill(first, signal.SIGKILL)
    until(lambda: the_worker_of(server.pid) not in (first, None))
    until(lambda: not zombies(server.pid))


def test_ctrl_c_ends_both_without_noise(server, tmp_path):
    worker = the_worker_of(server.pid)
    server.send_signal(signal.SIGINT)
    assert server.wait(PATIENCE) == 0
    assert not is_alive(worker)
    said = (tmp_path / "out.log").read_text()
    assert said.rstrip().endswith("Stop with Ctrl+C")


def test_the_worker_ends_even_if_the_server_is_killed(server):
    everybody = children(server.pid)
    assert the_worker_of(server.pid) in everybody
    server.kill()
    server.wait()
    until(lambda: not any(is_alive(pid) for pid in everybody))
