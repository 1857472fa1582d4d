from cms.users.models import Subject, accounts

from .models import LetterChoice


def tell(subject: Subject) -> list[dict]:
    """Which letters somebody wants."""
    choices = LetterChoice.objects.filter(user__in=accounts(subject))
    return [
        {"weekly": each.weekly, "reminders": each.reminders, "last_week": str(each.week or "")}
        for each in choices
    ]
