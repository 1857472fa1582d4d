from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRecord(models.Model):
    """What a project file said last time about one object in one language.

    ``seen`` holds hashes, not words: an import compares them with what the page says now, and so
    knows an editor's change from its own. Shape: ``{"fields": {name: hash},
    "lists": {name: [[item key, {name: hash}], …]}}``. See
    ``projects/importing/loading/merging.py``.
    """

    kind = models.CharField(max_length=20)
    identifier = models.CharField(max_length=120)
    translation_key = models.UUIDField()
    language = models.CharField(max_length=12)
    seen = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("imported object")
        verbose_name_plural = _("imported objects")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "translation_key", "language"], name="one_import_record"
            )
        ]
        indexes = [models.Index(fields=["kind", "identifier"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.identifier} ({self.language})"
