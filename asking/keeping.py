"""How long questions are kept, and what is held of whoever asked."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cms.users.models import Subject, facts

from .models import Question

KEPT = timedelta(days=90)
"""The privacy notice names it."""


def forget_old() -> int:
    return Question.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()[0]


def _of(subject: Subject) -> QuerySet:
    return Question.objects.filter(subject.mentions("email", "name", "message"))


def tell(subject: Subject) -> list[dict]:
    return [facts(question) for question in _of(subject).order_by("pk")]


def forget(subject: Subject) -> None:
    _of(subject).delete()
