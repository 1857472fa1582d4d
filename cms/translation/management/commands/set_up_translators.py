from django.core.management.base import BaseCommand, CommandError

from ...translators import UnknownLanguage, set_up


class Command(BaseCommand):
    help = "Make a group of translators for each language: set_up_translators ar so"

    def add_arguments(self, parser) -> None:
        parser.add_argument("language", nargs="+", help="code of a language of the site")

    def handle(self, *args, language, **options) -> None:
        try:
            names = set_up(language)
        except UnknownLanguage as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Ready: {', '.join(names)}.")
