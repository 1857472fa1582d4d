"""What is kept of bringing in: uploads, the projects found in them, how columns were matched."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .found import Doubt, Found, Passage


class Intake(models.Model):
    """Files that somebody brings in together: looked at first, then saved as drafts."""

    class State(models.TextChoices):
        REVIEW = "review", _("To be looked at")
        SAVING = "saving", _("Being saved")
        DONE = "done", _("Saved")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.REVIEW)
    made_at = models.DateTimeField(default=timezone.now)
    choices = models.JSONField(default=dict)
    """Of the things that files name: ``{kind: {id: "new" or the key of what it is}}``."""

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        names = self.files.values_list("name", flat=True)
        return ", ".join(names[:3]) or str(self.pk)


class IntakeFile(models.Model):
    """One uploaded file. ``text`` is what the passages of a report count in."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    notes = models.JSONField(default=list)
    fault = models.TextField(blank=True)

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of an import")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class IntakeProject(models.Model):
    """One project of a file: ``data`` as in project files, ``where`` it stands, what is doubtful.

    ``made`` tells of what was saved: ``{"revision": pk, "records": [[kind, key, fingerprint]]}``.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Not saved yet")
        SAVED = "saved", _("Saved as a draft")
        FAILED = "failed", _("Could not be saved")
        UNDONE = "undone", _("Taken back")
        KEPT = "kept", _("Kept: somebody has worked on it since")

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="projects")
    file = models.ForeignKey(IntakeFile, on_delete=models.CASCADE, related_name="projects")
    data = models.JSONField()
    where = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    twins = models.JSONField(default=list)
    """Projects that it may be: ``[[title, address, why]]``; of these nothing is taken by itself."""
    is_taken = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    identifier = models.CharField(max_length=120, blank=True)
    message = models.TextField(blank=True)
    page_key = models.UUIDField(null=True)
    made = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("project of an import")
        verbose_name_plural = _("projects of an import")
        ordering = ["pk"]
        indexes = [models.Index(fields=["intake", "state"])]

    def __str__(self) -> str:
        return str(self.data.get("title") or _("Without a name"))

    @classmethod
    def of(cls, found: Found, intake: Intake, file: IntakeFile) -> "IntakeProject":
        where = [[list(path), vars(passage)] for path, passage in found.where.items()]
        doubts = [[list(doubt.path), doubt.message, doubt.is_fault] for doubt in found.doubts]
        return cls(intake=intake, file=file, data=found.data, where=where, doubts=doubts)

    @property
    def passages(self) -> dict[tuple, Passage]:
        return {tuple(path): Passage(**passage) for path, passage in self.where}

    @property
    def all_doubts(self) -> list[Doubt]:
        return [Doubt(tuple(path), message, fault) for path, message, fault in self.doubts]

    @property
    def faults(self) -> int:
        return sum(bool(fault) for _path, _message, fault in self.doubts)


class ColumnMatch(models.Model):
    """How somebody has matched the columns of tables of one shape; the next are read so."""

    shape = models.CharField(max_length=64, unique=True)
    meanings = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("matched columns")
        verbose_name_plural = _("matched columns")

    def __str__(self) -> str:
        return self.shape
