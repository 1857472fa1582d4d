from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from projects.importing import import_projects, only_import

from ._console import plain_words, progress, tell


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
        with plain_words(self), only_import():
            outcome = import_projects(
                options["paths"],
                overwrite=options["overwrite"],
                dry_run=options["dry_run"],
                progress=progress(self.stderr, options["verbosity"]),
            )
        if options["dry_run"]:
            self.stdout.write(_("Dry run: nothing has been changed."))
        tell(self, outcome, options["verbosity"])
