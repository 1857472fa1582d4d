"""Projects as rows: the same columns that are read (:mod:`intake.tables.columns`)."""

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from cms.core.hygiene import csv_cell
from projects.models import AmountKind, AmountSource

from ..tables.cells import joined
from ..tables.columns import FUNDERS, ROLES, SECTIONS
from ..tables.headings import amount_heading, kind_word, written

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXTS = ("id", "title", "official_name", "acronym", "code", "codes", "programme")
TEXTS += ("programme_part", "priority_axis", "specific_objective", "intervention")
DAYS = ("start", "end", "extension_end")
REST = ("award_date", "cofinancing_rate", "register_state", "website", *ROLES, *FUNDERS)
PLACES = ("municipalities", "regions", "areas", "links", "themes", "target_groups", "contacts")
FIRST = (*TEXTS, *DAYS, *REST)
LAST = (*PLACES, "lead", *SECTIONS)
REALISED = (AmountKind.REALISED, AmountSource.PUBLIC, None)
MOST_IN_CELL = 32_767
Amount = tuple[str, str, int | None]


def rows_of(projects: list[dict], language: str) -> list[list[str]]:
    """Headings and a row for each project; sums have the columns that some project fills."""
    sums = _sums(projects)
    head = [written(name, language) for name in FIRST]
    head += [amount_heading(*each, language) for each in sums]
    head += [written(name, language) for name in LAST]
    return [head, *(_Row(data, language).cells(sums) for data in projects)]


def _sums(projects: Iterable[dict]) -> list[Amount]:
    found: set[Amount] = set()
    for data in projects:
        found |= {(row["kind"], row["source"], row.get("year")) for row in data.get("amounts", [])}
        if "realised_public_funding" in data:
            found.add(REALISED)
    kinds, sources = AmountKind.values, AmountSource.values
    return sorted(found, key=lambda s: (s[2] or 0, kinds.index(s[0]), sources.index(s[1])))


class _Row:
    """One project's cells. ``data`` is its project file."""

    def __init__(self, data: dict, language: str) -> None:
        self.data, self.language = data, language
        self.records = data.get("records", {})

    def cells(self, sums: list[Amount]) -> list[str]:
        amounts = {
            (row["kind"], row["source"], row.get("year")): row["amount"]
            for row in self.data.get("amounts", [])
        }
        if known := self.data.get("realised_public_funding"):
            amounts[REALISED] = known
        first, last = map(self.cell, FIRST), map(self.cell, LAST)
        return [*first, *(self.number(amounts.get(each)) for each in sums), *last]

    def cell(self, name: str) -> str:
        if name in DAYS:
            return self.rough(self.data.get("period", {}).get(name))
        if name in ROLES:
            return joined(self.organisation(row) for row in self.rows("organisations", ROLES[name]))
        if name in FUNDERS:
            return joined(self.funding(row) for row in self.rows("funding", FUNDERS[name]))
        if name in SECTIONS:
            return self.section(SECTIONS[name])
        teller = getattr(self, name, None)
        return teller() if teller else self.plain(self.data.get(name))

    def plain(self, value: Any) -> str:
        return "" if value is None else str(value)

    def rows(self, group: str, role: str) -> list[dict]:
        return [row for row in self.data.get(group, []) if row["role"] == role]

    def name(self, kind: str, identifier: str) -> str:
        return self.records.get(kind, {}).get(identifier, {}).get("name", identifier)

    def number(self, amount: Any) -> str:
        text = self.plain(amount)
        return text if self.language == "en" else text.replace(".", ",")

    def day(self, text: str | None) -> str:
        if not text:
            return ""
        year, month, day = str(text).split("-")
        return text if self.language == "en" else f"{int(day)}.{int(month)}.{year}"

    def rough(self, text: str | None) -> str:
        precision = self.data.get("period", {}).get("precision", "day")
        if not text or precision == "day":
            return self.day(text)
        year, month, _day = str(text).split("-")
        return year if precision == "year" else f"{int(month)}/{year}"

    def award_date(self) -> str:
        return self.day(self.data.get("award_date"))

    def cofinancing_rate(self) -> str:
        return self.number(self.data.get("cofinancing_rate"))

    def programme(self) -> str:
        programme = self.data.get("programme")
        return self.name("programmes", programme) if programme else ""

    def codes(self) -> str:
        return joined(f"{row['scheme']}: {row['code']}" for row in self.data.get("codes", []))

    def organisation(self, row: dict) -> str:
        name = self.name("organisations", row["organisation"])
        days = [self.day(row.get(end)) for end in ("start", "end")]
        return f"{name} ({'–'.join(days)})" if any(days) else name

    def funding(self, row: dict) -> str:
        name = self.name("organisations", row["organisation"])
        told = (kind_word(row.get("kind", ""), self.language), self.plain(row.get("year")))
        inside = " ".join(filter(None, told))
        name = f"{name} ({inside})" if inside else name
        return f"{name}: {self.number(row['amount'])}" if row.get("amount") is not None else name

    def municipalities(self) -> str:
        return self.places("municipalities")

    def regions(self) -> str:
        return self.places("regions")

    def places(self, group: str) -> str:
        return joined(place.get("name", place["code"]) for place in self.data.get(group, []))

    def areas(self) -> str:
        return joined(self.data.get("areas", []))

    def links(self) -> str:
        return joined(f"{row['project']} ({row['kind']})" for row in self.data.get("links", []))

    def themes(self) -> str:
        return joined(self.name("themes", each) for each in self.data.get("themes", []))

    def target_groups(self) -> str:
        groups = self.data.get("target_groups", [])
        return joined(self.name("target_groups", each) for each in groups)

    def contacts(self) -> str:
        return joined(map(self.contact, self.data.get("contacts", [])))

    def contact(self, row: dict) -> str:
        person = self.records.get("people", {}).get(row["person"], {"name": row["person"]})
        parts = [person.get(name) for name in ("name", "title", "email", "phone")]
        if until := row.get("public_until"):
            words = {"fi": "julkinen", "sv": "offentlig till"}.get(self.language, "public until")
            parts.append(f"{words} {self.day(until)}")
        return ", ".join(filter(None, parts))

    def section(self, kind: str) -> str:
        texts = [block.get("text", "") for block in self.data.get("body", [])
                 if block["kind"] == kind]  # fmt: skip
        return "\n\n".join(text.strip() for text in texts if text.strip())[:MOST_IN_CELL]


def as_csv(rows: list[list[str]]) -> bytes:
    """With a mark, so that Excel reads its letters right; formulas are kept from computing."""
    out = StringIO()
    csv.writer(out, delimiter=";").writerows([csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[list[str]]) -> bytes:
    """Every cell is a text: nothing is computed, and nothing changes by being looked at."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Katto")
    page.freeze_panes = "A2"
    for number, row in enumerate(rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(page, value=text or None)
            cell.data_type = "s" if text else "n"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 0)
            cells.append(cell)
        page.append(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
