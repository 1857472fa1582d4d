"""Days of a period in forms, of which no more than the month or the year may be known."""

import calendar
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .written import Unreadable, read_rough_day

PRECISIONS = ("year", "month", "day")
"""By the parts of a rough day, one to three."""


class RoughDateField(forms.DateField):
    """Takes 5/2016 and 2016 as their first day, or with ``is_last`` as their last.

    ``precision`` is how exactly the day was typed that was cleaned last.
    """

    def __init__(self, *, is_last: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_last, self.precision = is_last, "day"
        self.widget.attrs["data-date-rough"] = ""

    def to_python(self, value: Any) -> date | None:
        self.precision = "day"
        try:
            return super().to_python(value)
        except ValidationError:
            rough = _parts(value)
            if rough is None:
                raise
            self.precision = PRECISIONS[len(rough) - 1]
            return self._day(*rough)

    def _day(self, year: int, month: int | None = None) -> date:
        if not self.is_last:
            return date(year, month or 1, 1)
        month = month or 12
        return date(year, month, calendar.monthrange(year, month)[1])


def _parts(value: Any) -> list[int] | None:
    """Year and perhaps month of what is no whole day."""
    try:
        parts = read_rough_day(str(value)).split("-")
    except Unreadable:
        return None
    return [int(part) for part in parts] if len(parts) < 3 else None


def take_rough_dates(form: forms.BaseForm, **fields: bool) -> None:
    """Have these fields of a form take rough days; each says whether it is a last one."""
    for name, is_last in fields.items():
        if (known := form.fields.get(name)) is not None:
            form.fields[name] = RoughDateField(
                is_last=is_last,
                required=known.required,
                label=known.label,
                help_text=known.help_text,
                widget=known.widget,
                initial=known.initial,
            )


def roughest(form: forms.BaseForm, names: Iterable[str]) -> str:
    """``year``, ``month`` or ``day``: as the least exact of what was typed."""
    fields = (form.fields.get(name) for name in names)
    typed = (field.precision for field in fields if isinstance(field, RoughDateField))
    return min(typed, key=PRECISIONS.index, default="day")
