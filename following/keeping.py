"""What is held of whoever follows something, told to her and dropped."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.users.models import Subject

from .models import Follow

UNCONFIRMED_DAYS = 7


def forget_unconfirmed() -> int:
    """Addresses that somebody typed and nobody confirmed go after a week."""
    limit = timezone.now() - timedelta(days=UNCONFIRMED_DAYS)
    return Follow.objects.filter(confirmed=False, created_at__lt=limit).delete()[0]


def _of(subject: Subject) -> QuerySet:
    wanted = Q(pk__in=[])
    for email in subject.emails:
        wanted |= Q(email__iexact=email)
    return Follow.objects.filter(wanted)


def tell(subject: Subject) -> list[dict]:
    return [
        {"email": each.email, "question": each.question, "language": each.language}
        for each in _of(subject)
    ]


def forget(subject: Subject) -> None:
    _of(subject).delete()
