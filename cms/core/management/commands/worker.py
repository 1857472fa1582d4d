"""The process that does what need not be done while somebody waits: tasks, and what is due.

Tasks are run by the worker of django-tasks-db. This one adds the schedule, signs of life during
long work, tasks that a killed worker left behind, patience with a database that is away, and an
end together with the process that started it.
"""

import logging
import os
import signal
import sys
import threading
import time

from django.core.management.base import BaseCommand
from django.db import Error as DatabaseFault
from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus, task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from cms.core import schedule
from cms.core.schedule import BACKEND, SILENCE, WorkerLost, WorkerPulse, living_workers


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
        if parent:
            os.nice(AFTER_READERS)
        worker = Worker(interval, parent)
        if once:
            worker.run_outstanding()
            return
        worker.configure_signals()
        worker.run()


logger = logging.getLogger("katto.worker")

AFTER_READERS = 5
"""How far back a worker stands that shares its machine with the people who wait for pages."""
PULSE_SECONDS = 5
LOST_SECONDS = 10
"""How often to look for tasks of dead workers."""
ATTEMPTS = 3
"""How often a task is begun whose worker dies of it."""
GRACE_SECONDS = 5
"""How long a task may go on after the worker was told to end; then it will be run again."""
MAX_PAUSE = 10
"""The longest pause, in seconds, before a database that is away is asked again."""


class Worker(TaskWorker):
    def __init__(self, interval: float, parent: int | None = None) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=False,
            backend_name=BACKEND,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        self.parent = parent
        self.busy_since: float | None = None
        self.told_to_end: float | None = None

    def shutdown(self, signum, frame) -> None:
        """End at once if idle; else after the running work, or without it (``_watch``)."""
        self.running = False
        self.told_to_end = self.told_to_end or time.monotonic()
        if self.busy_since is None:
            sys.exit(0)

    def run(self) -> None:
        """Work until told to end."""
        threading.Thread(target=self._watch, name="worker-watch", daemon=True).start()
        pause, prepared, looked = 0, False, 0.0
        while self.running:
            close_old_connections()
            try:
                if not prepared:
                    schedule.prepare()
                    prepared = True
                if time.monotonic() - looked > LOST_SECONDS or not looked:
                    take_up_lost_tasks()
                    looked = time.monotonic()
                worked = self.work()
            except DatabaseFault as error:
                if not pause:
                    logger.error("The worker waits for the database: %s", error)
                pause = min(2 * pause or 1, MAX_PAUSE)
                connections.close_all()
                # Under another name: what this one had in hand is no longer in hand.
                self.worker_id = get_random_string(32)
                time.sleep(pause)
                continue
            if pause:
                logger.warning("The worker goes on.")
                pause = 0
            if self.running and not worked:
                time.sleep(self.interval)

    def run_outstanding(self) -> int:
        """Do everything that waits now, and return how much that was."""
        schedule.prepare()
        take_up_lost_tasks()
        done = 0
        while self.running and (worked := self.work()):
            done += worked
        return done

    def work(self) -> int:
        """Run the jobs that are due and one task; how many there were."""
        self.busy_since = time.monotonic()
        try:
            done = schedule.run_due(self.worker_id)
            if task := self.next_task():
                self.run_task(task)
                done += 1
        finally:
            self.busy_since = None
        return done

    def next_task(self) -> DBTaskResult | None:
        """The first task that is ready, claimed. Looks before it locks: mostly there is none."""
        if not isinstance(task_backends[BACKEND], DatabaseBackend):
            return None
        ready = DBTaskResult.objects.ready().filter(backend_name=BACKEND)
        if not ready.exists():
            return None
        with exclusive_transaction(ready.db):
            task = ready.get_locked()
            if task is not None:
                task.claim(self.worker_id)
        return task

    def _watch(self) -> None:
        """In a thread of its own: show life during long work; end with the parent, end in time."""
        beat = time.monotonic()
        while True:
            time.sleep(0.5)
            now = time.monotonic()
            if self.told_to_end and now - self.told_to_end > GRACE_SECONDS:
                os._exit(0)
            if self.parent and os.getppid() != self.parent:
                self.parent = None
                os.kill(os.getpid(), signal.SIGTERM)
            since = self.busy_since
            if since and now - max(since, beat) > PULSE_SECONDS:
                beat = now
                self._show_life()

    def _show_life(self) -> None:
        try:
            WorkerPulse.objects.update_or_create(
                worker_id=self.worker_id, defaults={"seen_at": timezone.now()}
            )
            WorkerPulse.objects.filter(seen_at__lt=timezone.now() - SILENCE).delete()
        except DatabaseFault as error:
            logger.debug("No sign of life: %s", error)
        finally:
            connections.close_all()


def take_up_lost_tasks() -> int:
    """Make tasks of dead workers ready again, or failed after ``ATTEMPTS``; how many there were.

    A killed worker leaves its task marked as running, for ever as far as django-tasks-db 0.13 is
    concerned. Delete this once upstream takes it up (django-tasks issue 46).
    """
    lost, living = 0, None
    long_running = DBTaskResult.objects.running().filter(
        backend_name=BACKEND, started_at__lt=timezone.now() - SILENCE
    )
    for task in long_running:
        living = living_workers() if living is None else living
        if task.worker_ids and task.worker_ids[-1] in living:
            continue
        as_read = DBTaskResult.objects.filter(
            pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
        )
        if len(task.worker_ids) < ATTEMPTS:
            taken = as_read.update(status=TaskResultStatus.READY)
            outcome = "it is taken up again"
        else:
            taken = as_read.update(
                status=TaskResultStatus.FAILED,
                finished_at=timezone.now(),
                exception_class_path=f"{WorkerLost.__module__}.{WorkerLost.__qualname__}",
                traceback=f"The worker was lost {len(task.worker_ids)} times.",
            )
            outcome = "given up"
        if taken:
            logger.warning("The worker of %s (%s) is gone: %s.", task.task_path, task.pk, outcome)
        lost += taken
    return lost
