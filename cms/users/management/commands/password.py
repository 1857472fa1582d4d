from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Give a user a new password; make an administrator of that name if there is none."

    def add_arguments(self, parser) -> None:
        parser.add_argument("name", nargs="?", default="admin")

    def handle(self, *, name, **options) -> None:
        if get_user_model().objects.filter(username=name).exists():
            call_command("changepassword", name)
        else:
            self.stdout.write(f"A new administrator: {name}")
            call_command("createsuperuser", username=name)
