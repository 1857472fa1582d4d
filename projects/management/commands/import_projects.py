from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from projects.importing.console import fail, progress, tell
from projects.importing.faults import FaultyFiles
from projects.importing.importer import import_projects
from projects.importing.lock import Busy, only_import
from projects.importing.parents import NoHome


class Command(BaseCommand):
    help = "Load project files (docs/project-files.md). Checks all of them before it loads any."
    requires_migrations_checks = True

    def add_arguments(self, parser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="project files or folders")
        parser.add_argument(
            "--overwrite", action="store_true", help="let the files win over editors' changes"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )

    def handle(self, *args, **options) -> None:
        try:
            with only_import():
                outcome = import_projects(
                    options["paths"],
                    overwrite=options["overwrite"],
                    dry_run=options["dry_run"],
                    progress=progress(self.stderr, options["verbosity"]),
                )
        except FaultyFiles as error:
            fail(self, error)
        except (Busy, NoHome) as error:
            raise CommandError(str(error)) from error
        if options["dry_run"]:
            self.stdout.write(_("Dry run: nothing has been changed."))
        tell(self, outcome, options["verbosity"])
