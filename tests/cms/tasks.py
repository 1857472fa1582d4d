"""Tasks for tests of the worker, which runs them in a process of its own."""

import time
from pathlib import Path

from django_tasks import task


@task()
def leave_mark(file: str) -> None:
    with Path(file).open("a") as marks:
        marks.write("x")


@task()
def leave_mark_and_hang(file: str) -> None:
    leave_mark.call(file)
    time.sleep(600)
