from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from projects.importing import Busy, FaultyFiles
from projects.unloading import Changed, is_there, remove


class Command(BaseCommand):
    help = (
        "Take away what load_sample loaded: pages, records, files, translations, terms, settings. "
        "Where somebody has changed something of it, says what and takes nothing away."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--keep-changed",
            action="store_true",
            help="let what was changed or is used stay, with what it refers to; remove the rest",
        )

    def handle(self, *args, **options) -> None:
        if not is_there():
            self.stdout.write(_("There is no sample on this site."))
            return
        try:
            kept = remove(options["keep_changed"])
        except Changed as refusal:
            lines = "\n".join(f"  {change}" for change in refusal.changes)
            raise CommandError(
                _("The sample was changed, and nothing was taken away:")
                + f"\n{lines}\n"
                + _("Undo these changes, or keep these things with --keep-changed.")
            ) from None
        except (Busy, FaultyFiles) as error:
            raise CommandError(str(error)) from None
        if options["verbosity"]:
            self.stdout.write(_("The sample is taken away."))
            for change in kept:
                self.stdout.write("  " + _("kept: %(what)s") % {"what": change})
