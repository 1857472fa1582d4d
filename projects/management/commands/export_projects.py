from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.importing import export_projects

from .import_projects import plain_words, progress


class Command(BaseCommand):
    help = "Write projects as project files, with their pictures and documents in files/."
    requires_migrations_checks = True

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--ids", nargs="+", metavar="ID", help="only these projects")

    def handle(self, *args, **options) -> None:
        bar = progress(self.stderr, options["verbosity"])
        try:
            with plain_words(self):
                count = export_projects(options["folder"], options["ids"], bar)
        except KeyError as error:
            message = _("There is no project “%(id)s”.") % {"id": error.args[0]}
            raise CommandError(message) from error
        except OSError as error:
            message = _("The folder can't be written: %(reason)s.")
            raise CommandError(message % {"reason": error.strerror or error}) from error
        self.stdout.write(
            ngettext("%(count)s project written.", "%(count)s projects written.", count)
            % {"count": count}
        )
