from django.core.management.base import BaseCommand

from cms.core.worker import Worker


class Command(BaseCommand):
    help = (
        "Do what need not be done while somebody waits: background tasks and whatever is due, from "
        "publishing at a set time to the daily clean-up. Any number of workers may run."
    )
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--interval", type=float, default=1, help="Seconds between looks for work (default 1)."
        )
        parser.add_argument(
            "--once", action="store_true", help="Do what waits now, and end: for cron."
        )
        parser.add_argument(
            "--parent", type=int, help="End when the process of this number, which started it, has."
        )

    def handle(self, *, interval, once, parent, **options) -> None:
        worker = Worker(interval, parent)
        if once:
            worker.run_outstanding()
            return
        worker.configure_signals()
        worker.run()
