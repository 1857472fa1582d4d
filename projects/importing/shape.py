"""What an object is made of: fields, rows of children, a body; and how they move between shapes."""

import calendar
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from wagtail.models import TranslatableMixin

from .bodies import Body
from .faults import Place, Report
from .fields import Choice, Day, Text, parse_day
from .reading import Source

NOWHERE = Source(Path())


class Period(Day):
    """A date in the group ``period``; where only month or year is known, its first or last day."""

    def parse(self, data, place, run, model):
        value = data.get("period", {}).get(self.name)
        if value is None:
            return None
        parts = str(value).split("-")
        at = place / "period" / self.name
        if len(parts) < 3 and parse_day(f"{parts[0]}-{parts[1] if parts[1:] else '01'}-01", at):
            last = self.name != "start"
            month = int(parts[1]) if parts[1:] else (12 if last else 1)
            day = calendar.monthrange(int(parts[0]), month)[1] if last else 1
            return f"{int(parts[0]):04}-{month:02}-{day:02}"
        return parse_day(str(value), at) if len(parts) == 3 else None


class Precision(Choice):
    def parse(self, data, place, run, model):
        period = data.get("period", {})
        dates = [str(value) for name, value in period.items() if name != "precision"]
        rough = min((value.count("-") for value in dates), default=2)
        return period.get("precision") or ("year", "month", "day")[rough]


class Slug(Text):
    """Defaults to the object's id, and is written out always."""

    def parse(self, data, place, run, model):
        return data.get(self.name) or data["id"]

    def dump(self, value, run):
        return value


class State(Choice):
    """``live`` or ``draft``; publishing itself is the page engine's work."""

    def read(self, instance, run):
        return "live" if instance.live else "draft"

    def write(self, instance, value, run) -> None:
        """Nothing to set: see :mod:`projects.importing.pages`."""


@dataclass(frozen=True)
class Rows:
    """A list of children. ``key`` gives the names that tell one row from another.

    ``repeats``: may two rows have the same key, as two grants of one funder have?
    """

    name: str
    model: type
    fields: tuple
    key: tuple
    plain: bool = False
    relation: str = ""
    repeats: bool = False

    def parse(self, rows: list, place, run) -> dict:
        items: dict[str, dict] = {}
        for number, row in enumerate(rows):
            data = {self.fields[0].name: row} if self.plain else row
            at = place / number
            item = {
                f.name: f.parse(data, _Same(at) if self.plain else at, run, self.model)
                for f in self.fields
            }
            key = self.key_of(item, items)
            if key != self.base_of(item) and not self.repeats:
                at.fault(_("The same thing stands here twice."))
            items[key] = item
        return items

    def base_of(self, item: dict) -> str:
        return ":".join(str(item[name]) for name in self.key)

    def key_of(self, item: dict, taken) -> str:
        base = key = self.base_of(item)
        number = 2
        while key in taken:
            key, number = f"{base}~{number}", number + 1
        return key

    def read(self, page, run) -> dict:
        return {key: item for key, item, _child in self.walk(page, run)}

    def walk(self, page, run):
        taken: set[str] = set()
        for child in getattr(page, self.relation or self.name).all():
            item = {f.name: f.read(child, run) for f in self.fields}
            key = self.key_of(item, taken)
            taken.add(key)
            yield key, item, child

    def write(self, page, items: dict, run) -> None:
        now = {key: (item, child) for key, item, child in self.walk(page, run)}
        if {key: item for key, (item, _child) in now.items()} == items and list(now) == list(items):
            return
        children = []
        for place, (key, item) in enumerate(items.items()):
            if key in now:
                child = now[key][1]
            else:
                child = self.model()
                if isinstance(child, TranslatableMixin):
                    child.locale = page.locale
                    child.translation_key = uuid.uuid5(page.translation_key, f"{self.name}:{key}")
            for f in self.fields:
                f.write(child, item[f.name], run)
            child.sort_order = place
            children.append(child)
        setattr(page, self.relation or self.name, children)

    def dump(self, items: dict, run) -> list:
        rows = []
        for key, item in items.items():
            if key != self.base_of(item) and not self.repeats:
                continue
            row = {f.name: f.dump(item[f.name], run) for f in self.fields}
            row = {name: value for name, value in row.items() if value is not None}
            rows.append(next(iter(row.values())) if self.plain else row)
        return rows


class _Same:
    """A plain row's only field stands on the row itself."""

    def __init__(self, place):
        self.place = place

    def __truediv__(self, part):
        return self.place

    def __getattr__(self, name):
        return getattr(self.place, name)


@dataclass(frozen=True)
class Shape:
    """A kind of object. ``below`` says where its pages live: a "list" page, "home", or "root".

    ``check`` tells of fields that do not agree; those that it looks at are named in ``together``.
    """

    kind: str
    model: type
    fields: tuple
    words: tuple
    rows: tuple = ()
    body: Body | None = None
    check: Callable | None = None
    together: tuple = ()
    below: str = "list"

    def parse(self, data: dict, place, run) -> dict:
        # A publication belongs to the project whose file it stands in.
        own = {"projects": run.default_projects, **data}
        lists = {
            rows.name: rows.parse(own.get(rows.name, []), place / rows.name, run)
            for rows in self.rows
        }
        if self.body:
            lists["body"] = self.body.parse(data.get("body", []), place / "body", run)
        values = {f.name: f.parse(data, place, run, self.model) for f in self.fields}
        return {"fields": values, "lists": lists}

    def holds(self, form: dict) -> bool:
        """Do the fields agree, once the file's and an editor's are mixed?"""
        report = Report()
        if self.together:
            self.check(form, {}, Place(NOWHERE, (), report))
        return not report.faults

    def read(self, instance, run) -> dict:
        lists = {rows.name: rows.read(instance, run) for rows in self.rows}
        if self.body:
            lists["body"] = self.body.read(instance.body, run)
        return {"fields": {f.name: f.read(instance, run) for f in self.fields}, "lists": lists}

    def write(self, instance, form: dict, run) -> None:
        for f in self.fields:
            if f.read(instance, run) != form["fields"][f.name]:
                f.write(instance, form["fields"][f.name], run)
        for rows in self.rows:
            rows.write(instance, form["lists"][rows.name], run)
        if self.body and self.body.read(instance.body, run) != form["lists"]["body"]:
            instance.body = self.body.write(form["lists"]["body"], run)
