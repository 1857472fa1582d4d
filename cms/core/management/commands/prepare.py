import shutil
import sys
from collections.abc import Iterable

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tqdm import tqdm

STEPS = (
    "Loading the pages of the site",
    "Checking the sample projects",
    "Loading the sample projects",
)


class Migrate(migrate.Command):
    """Django's own, with a bar in place of a line for each step."""

    def __init__(self, steps: tqdm) -> None:
        super().__init__()
        self.steps = steps

    def migration_progress_callback(self, action, migration=None, fake=False) -> None:
        if action == "apply_success":
            self.steps.update()


class Command(BaseCommand):
    help = (
        "Make the site ready to serve: database tables, and for a new database the sample "
        "projects. Does only what is still to be done."
    )
    requires_system_checks = []

    def handle(self, **options) -> None:
        # Kept until the samples are in: a first run that was interrupted is taken up again.
        unfinished = settings.VAR_DIR / "samples-to-load"
        executor = MigrationExecutor(connection)
        if not executor.loader.applied_migrations:
            unfinished.parent.mkdir(parents=True, exist_ok=True)
            unfinished.touch()
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            with bar("Preparing the database", self.stderr, total=len(plan)) as steps:
                call_command(Migrate(steps), interactive=False, verbosity=0)
        if unfinished.exists():
            labels = iter(STEPS)
            call_command(
                "load_sample",
                verbosity=0,
                progress=lambda items, _label: bar(next(labels), self.stderr, items),
            )
            # What the load left to the worker: the first visitor's search finds the samples.
            call_command("worker", once=True)
            unfinished.unlink()
        # What was cached before this start was rendered by other code.
        call_command("drop_pages")


def bar(label: str, stream, items: Iterable | None = None, total: int | None = None) -> tqdm:
    """A bar where somebody watches; in a log one line that says what is being done.

    ``stream`` is a command's ``stderr``, which ends every write with a new line: the bar goes past
    it, to the terminal itself.
    """
    watched = stream.isatty()
    if not watched:
        stream.write(label)
    return tqdm(
        items,
        total=total,
        desc=label,
        file=sys.stderr,
        disable=not watched,
        ncols=min(100, shutil.get_terminal_size().columns),
        bar_format="{desc} {percentage:3.0f} % {bar} {n_fmt}/{total_fmt}",
    )
