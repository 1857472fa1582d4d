from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale

NOT_OURS = (".venv", "venv", "node_modules", "static-root", "media", "var", "tests", "docs")


class Command(BaseCommand):
    help = "Collect the strings of code and templates into the catalogues (needs gettext)."
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--symlinks", action="store_true", help="Follow linked folders.")

    def handle(self, **options) -> None:
        call_command(
            "makemessages",
            locale=[to_locale(code) for code, _name in settings.LANGUAGES],
            ignore_patterns=[f"{name}/*" for name in NOT_OURS],
            add_location="file",
            no_obsolete=True,
            symlinks=options["symlinks"],
            verbosity=options["verbosity"],
        )
