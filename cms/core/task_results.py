"""What becomes of tasks afterwards: those whose worker was killed, and those that are done."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .upkeep import SILENCE, living_workers

logger = logging.getLogger("katto.worker")

BACKEND = "default"
ATTEMPTS = 3
"""How often a task is begun whose worker dies of it."""
KEPT = timedelta(days=7)
"""How long the results of finished tasks are kept."""


class WorkerLost(Exception):
    """The worker of a task was killed each time that it began the task."""


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


def prune_task_results() -> None:
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()
