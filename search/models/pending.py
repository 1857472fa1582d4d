from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PendingDocumentManager(models.Manager):
    def queue(self, engines, keys) -> None:
        """Note in the editor's own transaction that documents changed: nothing is lost after it.

        ``keys`` are pairs of kind ("project", "publication", "person", "page") and translation key.
        """
        now = timezone.now()
        rows = [
            self.model(engine=engine, kind=kind, key=key, queued_at=now)
            for engine in engines
            for kind, key in keys
        ]
        self.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["engine", "kind", "key"],
            update_fields=["queued_at"],
        )


class PendingDocument(models.Model):
    """A document that an engine has yet to follow. One row for each engine and source record."""

    engine = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    key = models.UUIDField()
    queued_at = models.DateTimeField(db_index=True)

    objects = PendingDocumentManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engine", "kind", "key"], name="one_pending_document")
        ]

    def __str__(self) -> str:
        return f"{self.engine}: {self.kind} {self.key}"


class IndexState(models.Model):
    """What an engine's index was made with; another analyser asks for a rebuild."""

    engine = models.CharField(max_length=20, unique=True)
    analysers = models.JSONField(default=dict)
    built_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("state of a search index")

    def __str__(self) -> str:
        return self.engine
