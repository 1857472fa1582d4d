"""One field in its four shapes: in the file, canonical (JSON), in the model, written out.

``parse`` file → canonical (faults go to the place) · ``read`` model → canonical ·
``write`` canonical → model · ``dump`` canonical → file (None: leave it out). For what all of them
need of the import or export see :class:`projects.importing.run.Run`.
"""

import calendar
import re
import uuid
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import TranslatableMixin

from ..reading import Place, shown
from .rich_text import tidy


class Text:
    """A line or lines of plain text. The model's own validators apply."""

    default: object = ""
    group = ""  # The group of fields in the file that it stands in.

    def __init__(self, name: str, attr: str | None = None) -> None:
        self.name, self.attr = name, attr or name

    def parse(self, data: dict, place: Place, run, model) -> object:
        value = data.get(self.name)
        if value is None:
            return self.default
        value = str(value).strip()
        if value:
            try:
                model._meta.get_field(self.attr).run_validators(value)
            except ValidationError as error:
                (place / self.name).fault(f"{shown(value)}: {' '.join(error.messages)}")
        return value

    def read(self, instance, run) -> object:
        value = getattr(instance, self.attr)
        if isinstance(value, str):
            return tidy(value)
        return self.default if value is None else value

    def write(self, instance, value, run) -> None:
        setattr(instance, self.attr, value)

    def dump(self, value, run) -> object:
        return None if value == self.default else value


class Slug(Text):
    """Defaults to the object's id, and is written out always."""

    default = None

    def parse(self, data: dict, place: Place, run, model) -> str:
        return data.get(self.name) or data["id"]


class Choice(Text):
    """A word, number or truth value that the schema has checked already."""

    def __init__(self, name: str, default: object = "", attr: str | None = None) -> None:
        super().__init__(name, attr)
        self.default = default

    def parse(self, data: dict, place: Place, run, model) -> object:
        return data.get(self.name, self.default)


class State(Choice):
    """``live`` or ``draft``; publishing itself is the page engine's work."""

    def read(self, instance, run) -> str:
        return "live" if instance.live else "draft"

    def write(self, instance, value, run) -> None:
        """Nothing to set: see ``loading.set_state``."""


class Day(Text):
    default = None

    def parse(self, data: dict, place: Place, run, model) -> str | None:
        value = data.get(self.name)
        return None if value is None else self.parse_day(str(value), place / self.name)

    @staticmethod
    def parse_day(text: str, place: Place) -> str | None:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return place.fault(_("%(day)s is not in the calendar.") % {"day": shown(text)})
        if not 1900 <= day.year <= 2200:
            return place.fault(_("%(day)s: the year can't be right.") % {"day": shown(text)})
        return day.isoformat()

    def read(self, instance, run) -> str | None:
        value = getattr(instance, self.attr)
        return value.isoformat() if isinstance(value, date) else value or None

    def write(self, instance, value, run) -> None:
        setattr(instance, self.attr, value and date.fromisoformat(value))


class Period(Day):
    """A date in the group ``period``; where only month or year is known, its first or last day."""

    group = "period"

    def parse(self, data: dict, place: Place, run, model) -> str | None:
        value = data.get("period", {}).get(self.name)
        if value is None:
            return None
        parts = str(value).split("-")
        at = place / "period" / self.name
        if len(parts) < 3 and self.parse_day(f"{parts[0]}-{(*parts, '01')[1]}-01", at):
            last = self.name != "start"
            month = int(parts[1]) if parts[1:] else (12 if last else 1)
            day = calendar.monthrange(int(parts[0]), month)[1] if last else 1
            return f"{int(parts[0]):04}-{month:02}-{day:02}"
        return self.parse_day(str(value), at) if len(parts) == 3 else None


class Precision(Choice):
    """Said in the group ``period``, or seen from how its dates are written."""

    group = "period"

    def parse(self, data: dict, place: Place, run, model) -> str:
        period = data.get("period", {})
        dates = [str(value) for name, value in period.items() if name != "precision"]
        rough = min((value.count("-") for value in dates), default=2)
        return period.get("precision") or ("year", "month", "day")[rough]


class Money(Text):
    """Euro as text with two decimals, or None where it is not known."""

    default = None

    def parse(self, data: dict, place: Place, run, model) -> str | None:
        value = data.get(self.name)
        if value is not None and not re.fullmatch(r"\d{1,10}(\.\d{1,2})?", str(value)):
            (place / self.name).fault(
                _("%(value)s: euro have at most two decimals, such as 290780.00.")
                % {"value": shown(value)}
            )
        return self._plain(value)

    @staticmethod
    def _plain(value) -> str | None:
        try:
            return None if value is None else f"{Decimal(str(value)):.2f}"
        except InvalidOperation:
            return None

    def read(self, instance, run) -> str | None:
        return self._plain(getattr(instance, self.attr))

    def write(self, instance, value, run) -> None:
        setattr(instance, self.attr, None if value is None else Decimal(value))


class _Same(Place):
    """A plain row's only field stands on the row itself."""

    def __truediv__(self, part) -> Place:
        return Place(self.source, self.path, self.report)


@dataclass(frozen=True)
class Rows:
    """A list of children. ``key`` gives the names that tell one row from another.

    ``plain``: a row is written as the value of its only field. ``repeats``: may two rows have the
    same key, as two grants of one funder have?
    """

    name: str
    model: type
    fields: tuple
    key: tuple
    plain: bool = False
    repeats: bool = False

    def parse(self, rows: list, place: Place, run) -> dict:
        items: dict[str, dict] = {}
        for number, row in enumerate(rows):
            at = inside = place / number
            if self.plain:
                row, inside = {self.fields[0].name: row}, _Same(at.source, at.path, at.report)
            item = {f.name: f.parse(row, inside, run, self.model) for f in self.fields}
            key = self._key_of(item, items)
            if key != self._key_of(item) and not self.repeats:
                at.fault(_("The same thing stands here twice."))
            items[key] = item
        return items

    def _key_of(self, item: dict, taken: Container = ()) -> str:
        base = key = ":".join(str(item[name]) for name in self.key if item[name] not in ("", None))
        number = 2
        while key in taken:
            key, number = f"{base}~{number}", number + 1
        return key

    def read(self, page, run) -> dict:
        return {key: item for key, item, _child in self._walk(page, run)}

    def _walk(self, page, run) -> Iterator[tuple]:
        taken: set[str] = set()
        for child in getattr(page, self.name).all():
            item = {f.name: f.read(child, run) for f in self.fields}
            key = self._key_of(item, taken)
            taken.add(key)
            yield key, item, child

    def write(self, page, items: dict, run) -> None:
        now = {key: (item, child) for key, item, child in self._walk(page, run)}
        if {key: item for key, (item, _child) in now.items()} == items and list(now) == list(items):
            return
        children = []
        for place, (key, item) in enumerate(items.items()):
            child = now[key][1] if key in now else self.model()
            if key not in now and isinstance(child, TranslatableMixin):
                child.locale = page.locale
                child.translation_key = uuid.uuid5(page.translation_key, f"{self.name}:{key}")
            child.sort_order = place
            children.append(child)
            for f in self.fields:
                f.write(child, item[f.name], run)
        setattr(page, self.name, children)

    def dump(self, items: dict, run) -> list:
        rows = []
        for key, item in items.items():
            if key != self._key_of(item) and not self.repeats:
                continue
            dumped = {f.name: f.dump(item[f.name], run) for f in self.fields}
            row = {name: value for name, value in dumped.items() if value is not None}
            rows.append(next(iter(row.values())) if self.plain else row)
        return rows
