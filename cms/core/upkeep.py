"""What the site notes of itself: its epoch, its workers and their jobs. Knows no page."""

from datetime import timedelta

from django.db import models
from django.utils import timezone


class ContentEpoch(models.Model):
    """The one row that names the state of everything public (:mod:`cms.core.content_epoch`)."""

    value = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.value

    @classmethod
    def now(cls) -> str:
        return cls.objects.filter(pk=1).values_list("value", flat=True).first() or "first"

    @classmethod
    def begin(cls, value: str) -> None:
        row = cls(pk=1, value=value)
        cls.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["id"], update_fields=["value"]
        )


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
    """When a job of :mod:`cms.core.schedule` is due, and who has it in hand."""

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
