from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = (
        "Make the site ready to serve: catalogues, database tables, and for a new database the "
        "sample projects. Does only what is still to be done."
    )
    requires_system_checks = []

    def handle(self, **options):
        call_command("compile_catalogues", verbosity=0)
        # Kept until the samples are in: a first run that was interrupted is taken up again.
        unfinished = settings.VAR_DIR / "samples-to-load"
        executor = MigrationExecutor(connection)
        if not executor.loader.applied_migrations:
            unfinished.parent.mkdir(parents=True, exist_ok=True)
            unfinished.touch()
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Preparing the database (about half a minute the first time)")
            call_command("migrate", interactive=False, verbosity=0)
        if unfinished.exists():
            self.say("Loading the sample projects")
            call_command("load_sample", verbosity=0)
            # What the load left to the worker: the first visitor's search finds the samples.
            call_command("worker", once=True)
            unfinished.unlink()
        # What was cached before this start was rendered by other code.
        call_command("drop_pages")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
