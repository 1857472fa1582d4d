from django.core.management.base import BaseCommand

from ...tasks import drop_expired_people, forget_missed_searches


class Command(BaseCommand):
    help = (
        "Delete searches without an answer that nobody has repeated for MISSED_SEARCH_DAYS, and "
        "take people whose last public day has passed out of the index. Run it daily."
    )

    def handle(self, **options) -> None:
        forgotten, people = forget_missed_searches(), drop_expired_people()
        self.stdout.write(f"Forgot {forgotten} searches; {people} people are not public any more.")
