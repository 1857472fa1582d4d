from django.core.management.base import BaseCommand

from cms.core.content_epoch import begin_epoch


class Command(BaseCommand):
    help = (
        "Drop every cached public page: after new code or new catalogues, the old ones are wrong."
    )
    requires_system_checks = []

    def handle(self, **options) -> None:
        begin_epoch()
