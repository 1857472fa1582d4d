from django.core.management.base import BaseCommand, CommandError

from cms.translation.catalogues import COMPLETE

from ...catalogues import gaps


class Command(BaseCommand):
    help = (
        "List what the installed packages say in the admin and nobody has translated. "
        "Translations of ours for them belong into locale/upstream."
    )
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--language", default=COMPLETE, help=f"Default: {COMPLETE}.")

    def handle(self, *, language, **options) -> None:
        found = gaps(language)
        for gap in found:
            self.stderr.write(str(gap))
        if found:
            raise CommandError(f"{language} lacks {len(found)} strings of installed packages.")
        self.stdout.write(f"{language}: every string of the installed packages.")
