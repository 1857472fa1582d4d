from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
LONGEST_ERROR = 1_000
MOST_ATTEMPTS = 10_000


class PendingDocumentQuerySet(models.QuerySet):
    def due(self, engine: str | None = None):
        """What is to be followed now: new changes first, then records whose wait is over."""
        rows = self.filter(Q(retry_at=None) | Q(retry_at__lte=timezone.now()))
        return (rows.filter(engine=engine) if engine else rows).order_by("attempts", "pk")

    def of_records(self, engine: str, keys):
        """Rows of these (kind, key) records."""
        wanted = Q(pk__in=[])
        for kind in {kind for kind, _key in keys}:
            wanted |= Q(kind=kind, key__in=[key for other, key in keys if other == kind])
        return self.filter(wanted, engine=engine)

    def fresh(self):
        return self.filter(attempts=0)

    def aside(self):
        """Records that could not be followed and wait for another try."""
        return self.filter(attempts__gt=0)

    def records(self) -> int:
        """How many records the rows are about."""
        return self.order_by().values("engine", "kind", "key").distinct().count()


class PendingDocumentManager(models.Manager.from_queryset(PendingDocumentQuerySet)):
    def queue(self, engines, keys) -> None:
        """Note in the editor's own transaction that documents changed: nothing is lost after it.

        ``keys`` are pairs of kind ("project", "publication", "person", "page") and translation key.
        Rows are only ever added: two editors never wait for each other here, nor for the follower.
        """
        now = timezone.now()
        self.bulk_create(
            [
                self.model(engine=engine, kind=kind, key=key, queued_at=now)
                for engine in engines
                for kind, key in sorted(keys)
            ],
            batch_size=500,
        )

    def set_aside(self, rows, errors: dict[tuple[str, str], str]) -> list[tuple[str, str]]:
        """Of these rows, keep one for each record that could not be followed, and drop the rest.

        Each failure doubles the wait until the next try. Returns the records that failed first now.
        """
        now, kept, new = timezone.now(), set(), []
        for record, error in errors.items():
            own = [row for row in rows if row.record == record]
            last, attempts = own[-1], max(row.attempts for row in own)
            self.filter(pk=last.pk).update(
                attempts=min(attempts + 1, MOST_ATTEMPTS),
                error=error[:LONGEST_ERROR],
                retry_at=now + min(FIRST_WAIT * 2 ** min(attempts, 12), LONGEST_WAIT),
            )
            kept.add(last.pk)
            if not attempts:
                new.append(record)
        self.filter(pk__in=[row.pk for row in rows if row.pk not in kept]).delete()
        return new


class PendingDocument(models.Model):
    """A change of a record that an engine has yet to follow; or one that it could not follow."""

    engine = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    key = models.UUIDField()
    queued_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    objects = PendingDocumentManager()

    class Meta:
        indexes = [models.Index(fields=["engine", "kind", "key"], name="pending_of_a_record")]

    def __str__(self) -> str:
        return f"{self.engine}: {self.kind} {self.key}"

    @property
    def record(self) -> tuple[str, str]:
        return self.kind, str(self.key)


class IndexState(models.Model):
    """What an engine's index was made with; another analyser asks for a rebuild."""

    engine = models.CharField(max_length=20, unique=True)
    analysers = models.JSONField(default=dict)
    built_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("state of a search index")

    def __str__(self) -> str:
        return self.engine
