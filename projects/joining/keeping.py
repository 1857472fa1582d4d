"""How long what was in the one that is gone is kept: long enough to see a mistake."""

from datetime import timedelta

from django.utils import timezone

from cms.core import schedule
from cms.users.models import Subject, register_personal_data

from ..models import Joining

KEPT = timedelta(days=30)
BLANK = "–"


def let_go() -> int:
    """Older joinings can be undone no more; how many those are."""
    old = Joining.objects.filter(made_at__lt=timezone.now() - KEPT).exclude(steps=[])
    return old.update(steps=[])


def tell(subject: Subject) -> list[dict]:
    rows = Joining.objects.filter(subject.mentions("stayed", "gone", "steps")).order_by("pk")
    return [
        {
            "stayed": row.stayed,
            "gone": row.gone,
            "at": row.made_at.isoformat(),
            "passages": list(subject.passages(row.steps)),
        }
        for row in rows
    ]


def forget(subject: Subject) -> None:
    """Whoever is forgotten comes back by no undoing."""
    named = subject.mentions("stayed", "gone", "steps")
    Joining.objects.filter(named).update(steps=[], stayed=BLANK, gone=BLANK)


def connect() -> None:
    register_personal_data("joinings", tell, forget)
    schedule.register("forget_joinings", timedelta(days=1), let_go)
