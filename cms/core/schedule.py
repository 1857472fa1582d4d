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
go on. A job whose worker was killed is taken up by another after ``SILENCE``.
"""

import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, models, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger("katto.schedule")

RETRY = timedelta(minutes=5)
"""How soon a failed job is tried again, if it does not come round sooner."""
SILENCE = timedelta(seconds=30)
"""After how long without a sign of life a busy worker counts as dead."""


class WorkerPulse(models.Model):
    """When a worker that has been busy for a while last showed that it is alive.

    Whatever is done within ``SILENCE`` needs no sign, so that an idle worker writes nothing.
    """

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker_id


def living_workers() -> set[str]:
    """Ids of the workers that have been seen at long work lately."""
    lately = WorkerPulse.objects.filter(seen_at__gte=timezone.now() - SILENCE)
    return set(lately.values_list("worker_id", flat=True))


class ScheduledJob(models.Model):
    """When a job is due, and who has it in hand."""

    name = models.CharField(max_length=100, primary_key=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    worker_id = models.CharField(max_length=64, blank=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name

    def claim(self, worker_id: str, living: set[str]) -> bool:
        """Take the job, unless another worker has it or is quicker."""
        now = timezone.now()
        if self.worker_id and (self.worker_id in living or self.started_at > now - SILENCE):
            return False
        as_read = ScheduledJob.objects.filter(
            pk=self.pk, due_at=self.due_at, worker_id=self.worker_id, started_at=self.started_at
        )
        taken = as_read.update(worker_id=worker_id, started_at=now)
        self.worker_id, self.started_at = worker_id, now
        return bool(taken)

    def finish(self, error: str, pause: timedelta) -> None:
        """Note how it went, unless the job was taken up by somebody else meanwhile."""
        now = timezone.now()
        mine = ScheduledJob.objects.filter(
            pk=self.pk, worker_id=self.worker_id, started_at=self.started_at
        )
        finished_at = self.finished_at if error else now
        mine.update(
            worker_id="",
            error=error,
            finished_at=finished_at,
            due_at=max(self.started_at + pause, now),
        )


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


class NotAllPublished(Exception):
    """Says which pages did not follow their times, and why."""


def publish_due() -> None:
    """Unpublish what has expired and publish what is due, as ``publish_scheduled`` does.

    Wagtail's command ends at the first page that refuses (a slug that was taken meanwhile, say),
    so that one page would hold up all others for good. Here they follow; then
    :class:`NotAllPublished` names the ones that did not.
    """
    now, faults = timezone.now(), []

    def attempt(thing, act, action: str, **options) -> None:
        try:
            with transaction.atomic():
                act(log_action=action, **options)
        except OperationalError:
            raise
        except Exception as fault:
            faults.append(f"{thing}: {fault}")

    kinds = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    for model in [Page, *(model for model in kinds if not issubclass(model, Page))]:
        for thing in list(model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")):
            attempt(thing, thing.unpublish, "wagtail.unpublish.scheduled", set_expired=True)
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in list(due):
        attempt(revision.object_str, revision.publish, "wagtail.publish.scheduled")
    if faults:
        raise NotAllPublished("; ".join(faults))


BACKEND = "default"
KEPT = timedelta(days=7)
"""How long the results of finished tasks are kept."""


class WorkerLost(Exception):
    """The worker of a task was killed each time that it began the task."""


def prune_task_results() -> None:
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()
