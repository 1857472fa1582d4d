"""What has to be done every so often, by whichever worker is there, once.

A room registers its job when Django starts, in its ``AppConfig.ready``::

    from datetime import timedelta
    from cms.core import schedule

    schedule.register("search.follow", every=timedelta(seconds=1), run=follow)
    schedule.register("sessions", every=timedelta(days=1), run=schedule.command("clearsessions"))

``register(name: str, every: timedelta, run: Callable[[], object])``: ``run`` takes nothing, its
result is ignored. ``manage.py worker`` looks once a second for what is due, so a shorter ``every``
means each second. Jobs run one after another in that process, between the tasks: keep them short,
and see to it that one cut off midway may simply run again.

Any number of workers may run: a job is claimed by an update that only one of them wins. A job that
raises is logged once for each new error and tried again, after ``RETRY`` at the latest; the others
go on. A job whose worker was killed is taken up by another after ``cms.core.upkeep.SILENCE``.
"""

import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from .upkeep import ScheduledJob, living_workers

logger = logging.getLogger("katto.schedule")

RETRY = timedelta(minutes=5)
"""How soon a failed job is tried again, if it does not come round sooner."""


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[], object]


JOBS: dict[str, Job] = {}


def register(name: str, every: timedelta, run: Callable[[], object]) -> None:
    """Have ``run()`` called every so often. A later job of the same name replaces the earlier."""
    JOBS[name] = Job(name, every, run)


def command(*arguments: str, **options) -> Callable[[], None]:
    """A job that runs a management command; what it says goes to the log."""

    def run() -> None:
        said = io.StringIO()
        call_command(*arguments, stdout=said, **options)
        if text := said.getvalue().strip():
            logger.info("%s: %s", arguments[0], text)

    return run


def prepare() -> None:
    """Enter new jobs, due at once; bring forward those that now come round more often."""
    now = timezone.now()
    known = set(ScheduledJob.objects.values_list("name", flat=True))
    new = [ScheduledJob(name=name, due_at=now) for name in JOBS if name not in known]
    ScheduledJob.objects.bulk_create(new, ignore_conflicts=True)
    for job in JOBS.values():
        late = ScheduledJob.objects.filter(name=job.name, due_at__gt=now + job.every)
        late.update(due_at=now + job.every)


def run_due(worker_id: str) -> int:
    """Run every due job that no other worker has; the number of jobs run."""
    done, living = 0, None
    due = ScheduledJob.objects.filter(name__in=JOBS, due_at__lte=timezone.now())
    for record in due.order_by("due_at"):
        if record.worker_id and living is None:
            living = living_workers()
        if record.claim(worker_id, living or set()):
            run(record)
            done += 1
    return done


def run(record: ScheduledJob) -> None:
    """Run a claimed job and note how it went."""
    job, error, pause = JOBS[record.name], "", JOBS[record.name].every
    try:
        job.run()
    except Exception as fault:
        error, pause = f"{type(fault).__name__}: {fault}", min(job.every, RETRY)
        if error != record.error:
            logger.exception("%s failed; it will be tried again.", job.name)
    else:
        if record.error:
            logger.warning("%s works again.", job.name)
    record.finish(error, pause)
