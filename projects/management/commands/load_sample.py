from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.translation.terms import table, taking
from projects.importing import import_projects, load_site, only_import

from .import_projects import plain_words, tell
from .import_projects import progress as bar

SAMPLE = Path(__file__).resolve().parents[2] / "sample"


class Command(BaseCommand):
    help = "Load the site's own pages in all languages, and the sample projects."
    requires_migrations_checks = True
    stealth_options = ("progress",)

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--overwrite", action="store_true", help="let the files win over editors' changes"
        )
        parser.add_argument("--folder", type=Path, default=SAMPLE, help="default: projects/sample")

    def handle(self, *args, progress=None, **options) -> None:
        folder, overwrite = options["folder"], options["overwrite"]
        shown = progress or bar(self.stderr, options["verbosity"])
        with plain_words(self), only_import():
            outcome = load_site(folder / "site.yaml", overwrite, shown)
            projects = import_projects([folder], overwrite, progress=shown)
            load_terms(folder / "terms.csv", overwrite)
        outcome.files += projects.files
        outcome.changed += projects.changed
        outcome.kept += projects.kept
        outcome.notes += projects.notes
        tell(self, outcome, options["verbosity"])
        if outcome.changed and options["verbosity"]:
            self.stdout.write(_("Sample site and projects are there."))


def load_terms(path: Path, overwrite: bool) -> None:
    """Those of the file that the glossary lacks; what staff have made of the others stays."""
    if not path.exists():
        return
    found = taking.plan(table.read(path.read_bytes()))
    taking.take(taking.Plan(new=found.new, changed=found.changed if overwrite else []))
