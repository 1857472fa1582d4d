from django.core.management.base import BaseCommand

from cms.users import roles


class Command(BaseCommand):
    help = "Make the groups of editors and publishers that are missing."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="give the existing groups their first rights again"
        )

    def handle(self, *args, reset, **options) -> None:
        filled = roles.set_up(reset=reset)
        self.stdout.write(
            f"Filled: {', '.join(filled)}." if filled else "All groups exist already."
        )
