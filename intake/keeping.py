"""How long uploads are kept, and what they say of a person: files name people who may leave."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.users.models import Subject

from .models import Intake, IntakeFile, IntakeProject

KEPT = timedelta(days=30)
WORKING = (Intake.State.SAVING, Intake.State.UNDOING)


def forget_old_imports() -> None:
    """Uploads with what was read of them; the projects that were made stay."""
    old = Intake.objects.filter(made_at__lt=timezone.now() - KEPT)
    old.exclude(state__in=WORKING).delete()


def files_of(subject: Subject) -> QuerySet[IntakeFile]:
    """Files whose text, or a project that was read from them, names the person."""
    projects = IntakeProject.objects.filter(subject.mentions("data", "where", "doubts"))
    named = Q(pk__in=projects.values("file")) | subject.mentions("text", "name")
    return IntakeFile.objects.filter(named)


def tell(subject: Subject) -> list[dict]:
    """Which uploads name the person, and when they go by themselves."""
    return [
        {"file": file.name, "deleted_on": str((file.intake.made_at + KEPT).date())}
        for file in files_of(subject).select_related("intake").defer("content")
    ]


def forget(subject: Subject) -> None:
    files_of(subject).delete()
