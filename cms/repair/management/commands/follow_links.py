from django.core.management.base import BaseCommand

from ... import checking, own, reading


class Command(BaseCommand):
    help = (
        "Read pages that were saved, and follow the links that are due. The worker does it by "
        "itself; this is for cron, and for who does not want to wait."
    )

    def handle(self, *, verbosity: int, **options) -> None:
        reading.ask_again()
        pages = 0
        while read := reading.take_up():
            pages += read
        changed = own.settle()
        followed = checking.run()
        if verbosity:
            self.stdout.write(
                f"Read {pages} pages and records, followed {followed} links to other sites; "
                f"{changed} of our own links have changed."
            )
