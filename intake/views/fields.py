"""The fields of one project of an import: each with what was found, where, and what is doubtful."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core import formatting
from cms.core.hygiene import clean
from cms.core.written import read_code, read_euro, read_percent, read_rough_day, read_year
from projects.models import (
    AmountKind,
    AmountSource,
    FundingRole,
    LinkKind,
    Organisation,
    OrganisationRole,
    Person,
    ProjectPage,
    SectionKind,
)

from ..found import Passage, Path
from ..models import IntakeProject

ALWAYS = ("title", "acronym", "code", "lead", "period.start", "period.end", "website")
"""Fields that are asked for, whether they were found or not."""
LONG = {"lead", "text"}
DAYS = {"start", "end", "extension_end", "award_date", "public_until"}
SUMS = {"amount", "realised_public_funding"}
CHOICES = {
    ("organisations", "role"): OrganisationRole.choices,
    ("funding", "role"): FundingRole.choices,
    ("funding", "kind"): AmountKind.choices,
    ("amounts", "kind"): AmountKind.choices,
    ("amounts", "source"): AmountSource.choices,
    ("body", "kind"): SectionKind.choices,
    ("links", "kind"): LinkKind.choices,
}
LISTS = ("organisations", "funding", "amounts", "municipalities", "regions", "areas", "codes")
LISTS += ("themes", "target_groups", "contacts", "links", "body")
NAMED = {
    "organisations": gettext_lazy("Organisations that are named"),
    "people": gettext_lazy("People who are named"),
}
OWN = {
    "text": gettext_lazy("Text"),
    "heading": gettext_lazy("Own heading"),
    "project": gettext_lazy("Other project"),
    "precision": gettext_lazy("Precision of the dates"),
}
NAMES = {
    "organisation": "organisations",
    "person": "people",
    "programme": "programmes",
    "themes": "themes",
    "target_groups": "target_groups",
}


@dataclass
class Field:
    """``name`` in the form is the path with points between; ``passages`` is where it stands."""

    path: Path
    label: str
    value: str
    choices: list = field(default_factory=list)
    passage: Passage | None = None
    doubts: list[str] = field(default_factory=list)
    fault: str = ""
    is_fixed: bool = False

    @property
    def name(self) -> str:
        return ".".join(map(str, self.path))

    @property
    def is_long(self) -> bool:
        return self.path[-1] in LONG


@dataclass
class Group:
    """A list of rows, or the facts that stand alone. ``row`` is what removes a whole row."""

    heading: str
    rows: list[tuple[str, list[Field]]]


def groups_of(project: IntakeProject, sent: dict | None = None) -> list[Group]:
    """All fields; with ``sent`` as somebody has typed them."""
    data, told = project.data, _Told(project, sent or {})
    plain = [told.field(path, value) for path, value in _plain(data)]
    groups = [Group(_("Facts"), [("", plain)])]
    for name in LISTS:
        if rows := data.get(name):
            heading = _heading(name)
            fields = [(f"{name}.{n}", list(told.row(name, n, row))) for n, row in enumerate(rows)]
            groups.append(Group(heading, fields))
    records = data.get("records", {})
    for kind, heading in NAMED.items():
        rows = [("", told.record(kind, key, facts)) for key, facts in records.get(kind, {}).items()]
        if rows:
            groups.append(Group(heading, rows))
    return groups


def _heading(name: str) -> str:
    if name == "body":
        return _("Sections")
    related = ProjectPage._meta.get_field(name).related_model
    return capfirst(str(related._meta.verbose_name_plural))


def _plain(data: dict) -> Iterator[tuple[Path, Any]]:
    found: dict[Path, Any] = {tuple(name.split(".")): "" for name in ALWAYS}
    for name, value in data.items():
        if name == "period":
            found |= {("period", part): day for part, day in value.items()}
        elif isinstance(value, str | int | float) and name not in ("id", "key", "slug"):
            found[name,] = value
    return iter(found.items())


class _Told:
    def __init__(self, project: IntakeProject, sent: dict) -> None:
        self.data, self.sent = project.data, sent
        self.passages = project.passages
        self.doubts = project.all_doubts

    def row(self, group: str, number: int, row: Any) -> Iterator[Field]:
        if not isinstance(row, dict):
            yield self.field((group, number), row)
            return
        of_row = [doubt.message for doubt in self.doubts if doubt.path == (group, number)]
        for name, value in row.items():
            if isinstance(value, str | int | float):
                found = self.field((group, number, name), value)
                found.doubts, of_row = [*of_row, *found.doubts], []
                yield found

    def record(self, kind: str, key: str, facts: dict) -> list[Field]:
        texts = {name: text for name, text in facts.items() if isinstance(text, str)}
        hidden = ("key", "kind", "organisation")
        return [
            self.field(("records", kind, key, name), text)
            for name, text in texts.items()
            if name not in hidden
        ]

    def field(self, path: Path, value: Any) -> Field:
        name, last = ".".join(map(str, path)), path[-1]
        found = Field(path, _label(path), _shown(path, value), self._choices(path))
        found.passage = self._passage(path)
        found.doubts = [doubt.message for doubt in self.doubts if doubt.path == path]
        if kind := NAMES.get(str(path[0] if isinstance(last, int) else last)):
            record = self.data.get("records", {}).get(kind, {}).get(value)
            found.value, found.is_fixed = (record or {}).get("name", str(value)), True
        if not found.is_fixed and name in self.sent:
            found.value, found.fault = self.sent[name]
        return found

    def _choices(self, path: Path) -> list:
        choices = CHOICES.get((str(path[0]), str(path[-1])), [])
        return [("", "–"), *choices] if choices and path[0] == "funding" else list(choices)

    def _passage(self, path: Path) -> Passage | None:
        """Of the value, or of the row that it is in."""
        while path:
            if path in self.passages:
                return self.passages[path]
            path = path[:-1]
        return None


def _label(path: Path) -> str:
    """As the project's own form calls it."""
    name = str(next(part for part in reversed(path) if not isinstance(part, int)))
    if name in OWN:
        return str(OWN[name])
    models = {"organisations": Organisation, "people": Person}
    model: Any = models.get(str(path[1])) if path[0] == "records" else ProjectPage
    if path[0] in LISTS and path[0] != "body":
        model = ProjectPage._meta.get_field(str(path[0])).related_model
    known = {each.name: each for each in model._meta.get_fields()}
    found = known.get(name) or known.get(f"{name}_date")
    label = getattr(found, "verbose_name", "") or getattr(
        getattr(found, "related_model", None), "_meta", None
    )
    return capfirst(str(getattr(label, "verbose_name", label) or name.replace("_", " ")))


def _shown(path: Path, value: Any) -> str:
    """As the reader writes it."""
    if isinstance(value, dict):
        return str(value.get("code", ""))
    if path[-1] in DAYS and len(str(value)) == 10:
        return formatting.day(date.fromisoformat(str(value)))
    if path[-1] in SUMS and value not in (None, ""):
        return formatting.sum_of_money(Decimal(str(value)))
    return "" if value is None else str(value)


def read(path: Path, text: str) -> Any:
    """What was typed, as project files have it; None for nothing.

    Raises :class:`cms.core.written.Unreadable`.
    """
    text, last = clean(text, line_end="\n").strip(), path[-1]
    if not text:
        return None
    if last in DAYS:
        return read_rough_day(text)
    if last in SUMS:
        return read_euro(text)
    if last == "year":
        return read_year(text)
    if last == "cofinancing_rate":
        return read_percent(text)
    if path == ("code",):
        return read_code(text)
    return text
