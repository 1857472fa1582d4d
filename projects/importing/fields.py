"""One field in its four shapes: in the file, canonical (JSON), in the model, written out.

``parse`` file → canonical (faults go to the place) · ``read`` model → canonical ·
``write`` canonical → model · ``dump`` canonical → file (None: leave it out).
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .faults import near, shown
from .library import read_document, read_image
from .text import tidy

EURO = re.compile(r"\d{1,10}(\.\d{1,2})?")


class Text:
    """A line or lines of plain text. The model's own validators apply."""

    default = ""

    def __init__(self, name: str, attr: str | None = None):
        self.name, self.attr = name, attr or name

    def parse(self, data: dict, place, run, model):
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

    def read(self, instance, run):
        value = getattr(instance, self.attr)
        if isinstance(value, str):
            return tidy(value)
        return self.default if value is None else value

    def write(self, instance, value, run) -> None:
        setattr(instance, self.attr, value)

    def dump(self, value, run):
        return None if value == self.default else value


class Choice(Text):
    def __init__(self, name: str, default="", attr: str | None = None):
        super().__init__(name, attr)
        self.default = default

    def parse(self, data, place, run, model):
        return data.get(self.name, self.default)


class Number(Choice):
    """A whole number or None."""

    def __init__(self, name: str, attr: str | None = None):
        super().__init__(name, None, attr)


class Day(Text):
    default = None

    def parse(self, data, place, run, model):
        value = data.get(self.name)
        return None if value is None else parse_day(str(value), place / self.name)

    def read(self, instance, run):
        value = getattr(instance, self.attr)
        return value.isoformat() if isinstance(value, date) else value or None

    def write(self, instance, value, run) -> None:
        setattr(instance, self.attr, value and date.fromisoformat(value))


def parse_day(text: str, place) -> str | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        place.fault(_("%(day)s is not in the calendar.") % {"day": shown(text)})
        return None
    if not 1900 <= day.year <= 2200:
        place.fault(_("%(day)s: the year can't be right.") % {"day": shown(text)})
        return None
    return day.isoformat()


class Money(Text):
    """Euro as text with two decimals, or None where it is not known."""

    default = None

    def parse(self, data, place, run, model):
        value = data.get(self.name)
        if value is not None and not EURO.fullmatch(str(value)):
            (place / self.name).fault(
                _("%(value)s: euro have at most two decimals, such as 290780.00.")
                % {"value": shown(value)}
            )
        return None if value is None else self._plain(value)

    @staticmethod
    def _plain(value) -> str | None:
        try:
            return f"{Decimal(str(value)):.2f}"
        except InvalidOperation:
            return None

    def read(self, instance, run):
        value = getattr(instance, self.attr)
        return None if value is None else self._plain(value)

    def write(self, instance, value, run) -> None:
        setattr(instance, self.attr, None if value is None else Decimal(value))


def related(instance, attr: str):
    """The object a foreign key points to, or None, also where it may not be null."""
    return getattr(instance, attr) if getattr(instance, f"{attr}_id") is not None else None


class Picture(Text):
    default, kind = None, "image"
    seen = staticmethod(read_image)

    def parse(self, data, place, run, model):
        value = data.get(self.name)
        return None if value is None else run.library.parse(value, place / self.name, self.kind)

    def read(self, instance, run):
        return self.seen(related(instance, self.attr))

    def write(self, instance, value, run) -> None:
        if self.read(instance, run) != value:
            setattr(instance, self.attr, getattr(run.library, self.kind)(value))

    def dump(self, value, run):
        return value and getattr(run, f"dump_{self.kind}")(value)


class Paper(Picture):
    """A document."""

    kind = "document"
    seen = staticmethod(read_document)


class Reference(Text):
    """A record or page by its id. ``kind`` is the group under ``records``."""

    default = None

    def __init__(self, name: str, kind: str, attr: str | None = None):
        super().__init__(name, attr)
        self.kind = kind

    def parse(self, data, place, run, model):
        value = data.get(self.name)
        if value is not None:
            run.refer(self.kind, value, place / self.name)
        return value

    def read(self, instance, run):
        return run.directory.identifier(self.kind, related(instance, self.attr))

    def write(self, instance, value, run) -> None:
        now = related(instance, self.attr)
        if value != run.directory.identifier(self.kind, now):
            setattr(instance, self.attr, run.resolve(self.kind, value))


class OfficialCode(Text):
    """A municipality or region by its official code, with the name beside it if the file has it."""

    def __init__(self, name: str, attr: str, digits: int):
        super().__init__(name, attr)
        self.digits = digits

    def parse(self, data, place, run, model):
        table = run.places(model._meta.get_field(self.attr).related_model)
        value, name = data[self.name], None
        if isinstance(value, dict):
            value, name = value["code"], value.get("name")
        code = str(value).zfill(self.digits)
        found = table.get(code)
        if found is None:
            message = _("There is no official code %(code)s.") % {"code": shown(code)}
            twins = [c for c, p in table.items() if name and name in (p.name_fi, p.name_sv)]
            if twins:
                message += _(" The code of %(name)s is %(code)s.") % {
                    "name": name,
                    "code": twins[0],
                }
            place.fault(message)
            return code
        if name and name.casefold() not in (found.name_fi.casefold(), found.name_sv.casefold()):
            right = {p.name_fi: c for c, p in table.items()} | {
                p.name_sv: c for c, p in table.items()
            }
            guess = right.get(name) or right.get((near(name, right) or [""])[0])
            message = _("Code %(code)s is %(right)s, not %(name)s.") % {
                "code": code,
                "right": found.name_fi,
                "name": shown(name),
            }
            if guess:
                message += _(" The code of %(name)s is %(code)s.") % {"name": name, "code": guess}
            place.fault(message)
        elif not getattr(found, "in_force", True):
            heir = found.successor
            place.note(
                _("%(name)s (%(code)s) is part of %(heir)s (%(heir_code)s) now.")
                % {
                    "name": found.name_fi,
                    "code": code,
                    "heir": heir.name_fi,
                    "heir_code": heir.code,
                }
                if heir
                else _("%(name)s (%(code)s) is no longer a municipality.")
                % {"name": found.name_fi, "code": code}
            )
        return code

    def read(self, instance, run):
        place = related(instance, self.attr)
        return place and place.code

    def write(self, instance, value, run) -> None:
        model = instance._meta.get_field(self.attr).related_model
        setattr(instance, self.attr, run.places(model)[value])

    def dump(self, value, run):
        model = run.places_of(self.attr)
        return {"code": value, "name": model[value].name_fi}
