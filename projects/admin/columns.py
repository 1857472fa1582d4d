from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.content_epoch import held

from ..catalogue import catalogue
from ..registers import Register, registers


@held
def project_counts(rows: str) -> Counter:
    """How many projects name a record in these rows of facts, drafts too.

    By translation key, for whatever the language it is the same record; places by primary key.
    """
    register = getattr(
        registers(), {"funding": "organisations", "contacts": "people"}.get(rows, rows)
    )
    key_of = register.keys.get if isinstance(register, Register) else int
    return Counter(
        key
        for facts in catalogue().facts.values()
        for key in {key_of(row[0]) for row in getattr(facts, rows) if row[0]}
    )


class CountedListing:
    """Mixed into the listing of a register. ``counted``: name of a column → rows of facts."""

    counted: dict[str, str] = {}

    def count(self, records: list) -> list:
        for name, rows in self.counted.items():
            for record in records:
                key = getattr(record, "translation_key", record.pk)
                setattr(record, name, project_counts(rows)[key])
        return records

    def paginate_queryset(self, queryset, page_size) -> tuple:
        paginator, page, records, is_paginated = super().paginate_queryset(queryset, page_size)
        page.object_list = self.count(list(records))
        return paginator, page, page.object_list, is_paginated

    def to_row_dict(self, item) -> dict[str, Any]:
        self.count([item])
        return super().to_row_dict(item)

    def order_queryset(self, queryset) -> QuerySet:
        name = (self.ordering or "").lstrip("-")
        if name not in self.counted:
            return super().order_queryset(queryset)
        having: dict[int, list] = defaultdict(list)
        for key, number in project_counts(self.counted[name]).items():
            having[number].append(key)
        field = "translation_key" if hasattr(self.model, "translation_key") else "pk"
        counts = (When(**{f"{field}__in": keys}, then=n) for n, keys in having.items())
        number = Case(*counts, default=0, output_field=IntegerField())
        return queryset.alias(**{name: number}).order_by(self.ordering, "pk")


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
