from datetime import date

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _


def project_count(relation, field: str) -> Coalesce:
    """Annotation: projects that name the outer record, each once however many languages it has."""
    key = f"{field}__translation_key"
    named = relation.objects.filter(**{key: OuterRef("translation_key")}).order_by().values(key)
    return Coalesce(
        Subquery(named.annotate(n=Count("page__translation_key", distinct=True)).values("n")), 0
    )


def day_text(day: date | None) -> str:
    """``1.12.2026`` in both languages of the admin: English month/day order would mislead here."""
    return f"{day.day}.{day.month}.{day.year}" if day else ""


def public_until_tags(person) -> list[tuple[str, bool]]:
    """The last public day, and a warning once it has passed."""
    day = person.public_until
    if day is None:
        return []
    shown = day_text(day)
    if day < timezone.localdate():
        return [(_("Hidden since %(date)s") % {"date": shown}, True)]
    return [(shown, False)]


def owner_name(page) -> str:
    return (page.owner.get_full_name() or page.owner.get_username()) if page.owner else ""
