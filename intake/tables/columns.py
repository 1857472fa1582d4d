"""What a cell of each column means for a project, and back again."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.core.written import (
    Unreadable,
    plain,
    read_business_id,
    read_code,
    read_euro,
    read_percent,
    read_rough_day,
    read_year,
)
from projects.models import AmountKind, FundingRole, ProjectPage, SectionKind

from ..found import Passage
from .cells import parts_of, with_brackets, words_of
from .draft import Draft, name_of
from .funds import fund_of
from .headings import KINDS, Heading
from .places import Places
from .who import PERIOD, organisations_of, person_of

ROLES = {
    "lead_organisation": "lead",
    "implementers": "implementer",
    "partners": "partner",
    "partner_municipalities": "partner_municipality",
    "members": "member",
}
FUNDERS = {
    "funders": FundingRole.MAIN,
    "co_funders": FundingRole.CO_FUNDER,
    "own_shares": FundingRole.OWN_SHARE,
    "authority": FundingRole.AUTHORITY,
}
SECTIONS = {kind.value: kind.value for kind in SectionKind} | {"target_group_text": "target_groups"}
SECTIONS.pop("target_groups")
Reader = Callable[[Draft, str, Passage, Heading], None]


@dataclass(frozen=True)
class Cell:
    """A cell that says something: what its column means, and its words with their place."""

    heading: Heading
    passage: Passage


class Columns:
    """Reads the cells of a file, whose places and funds are known."""

    def __init__(self) -> None:
        self.places = Places()
        texts = ProjectPage.plain_facts().keys() & {
            *("acronym", "programme_part", "priority_axis", "specific_objective"),
            *("intervention", "register_state", "official_name"),
        }
        self.readers: dict[str, Reader] = {
            **dict.fromkeys(texts, self.text),
            **dict.fromkeys(("start", "end", "extension_end"), self.day),
            **dict.fromkeys(ROLES, self.organisations),
            **dict.fromkeys(FUNDERS, self.funders),
            **dict.fromkeys(SECTIONS, self.section),
            **dict.fromkeys(("municipalities", "regions", "areas"), self.towns),
            **dict.fromkeys(("themes", "target_groups"), self.terms),
        }
        names = "id title code codes lead programme fund period award_date cofinancing_rate"
        names += " website contacts amount links"
        self.readers |= {name: getattr(self, name) for name in names.split()}

    def read(self, draft: Draft, cells: Iterable[Cell]) -> None:
        """Take each cell; of one that can't be read the sentence and its words are kept."""
        cells = list(cells)
        for cell in cells:
            if reader := self.readers.get(cell.heading.column):
                with draft.telling(cell.passage):
                    reader(draft, cell.passage.text, cell.passage, cell.heading)
        _give_marks(draft, {cell.heading.column: cell.passage for cell in cells})

    def id(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        draft.put(plain(text), passage, "id")

    def title(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        draft.title(text, passage)

    def code(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        draft.put(_short(read_code(text), 60), passage, "code")

    def codes(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        for part in parts_of(text):
            scheme, _colon, code = part.rpartition(": ")
            row = {"scheme": _short(scheme or _("Other"), 60), "code": _short(code, 80)}
            draft.add(row, passage, "codes")

    def lead(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        draft.put(text.strip(), passage, "lead")

    def text(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        most = ProjectPage._meta.get_field(heading.column).max_length
        draft.put(_short(plain(text), most), passage, heading.column)

    def day(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        draft.put(read_rough_day(text), passage, "period", heading.column)

    def period(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        days = [part for part in PERIOD.split(plain(text)) if part]
        if len(days) > 2:
            raise Unreadable(_("Write a period as 1.5.2016–31.12.2018."))
        if len(days) == 2 and (year := re.search(r"\d{4}", days[1])) and "20" not in days[0]:
            days[0] = (
                f"{days[0].rstrip('.')}.{year[0]}" if days[0].strip(".").isdecimal() else days[0]
            )
        for name, day in zip(("start", "end"), days, strict=False):
            draft.put(read_rough_day(day), passage, "period", name)

    def award_date(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        draft.put(_whole_day(text), passage, "award_date")

    def cofinancing_rate(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        draft.put(read_percent(text), passage, "cofinancing_rate")

    def website(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        address = plain(text).split(" ")[0].strip("<>,;")
        if not re.match(r"https?://", address, re.IGNORECASE):
            address = f"https://{address}"
        if not re.fullmatch(r"https?://[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?", address, re.IGNORECASE):
            message = _("“%(text)s” is no web address. Write it as https://example.org.")
            raise Unreadable(message % {"text": plain(text)[:60]})
        draft.put(address, passage, "website")

    def programme(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        draft.put(draft.record("programmes", name_of(text), passage), passage, "programme")

    def fund(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        """An EU fund is a funder; projects of the registers name it so."""
        for part in parts_of(text.replace("|", ",")):
            name, short = fund_of(part)
            identifier = draft.record("organisations", name, passage, kind="fund", short_name=short)
            draft.add({"organisation": identifier, "role": "main"}, passage, "funding")

    def organisations(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        role = ROLES[heading.column]
        for name, period in organisations_of(text):
            row = {"organisation": draft.record("organisations", name, passage), "role": role}
            days = [_whole_day(day) for day in PERIOD.split(period) if day.strip()]
            draft.add(
                row | dict(zip(("start", "end"), days, strict=False)), passage, "organisations"
            )

    def funders(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        for part in parts_of(text):
            name, inside, amount = with_brackets(part)
            kind = next(
                (kind for kind, word in KINDS.items() if re.match(word, inside.lower())), ""
            )
            year = re.search(r"\b\d{4}\b", inside)
            if inside and not (kind or year):
                name = f"{name} ({inside})"
            row: dict[str, Any] = {
                "organisation": draft.record("organisations", name_of(name), passage),
                "role": str(FUNDERS[heading.column]),
            }
            row |= {"amount": read_euro(amount)} if amount.strip() else {}
            row |= {"kind": str(kind)} if kind else {}
            row |= {"year": read_year(year[0])} if year else {}
            draft.add(row, passage, "funding")

    def amount(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        amount = read_euro(text)
        if (heading.kind, heading.source, heading.year) == (AmountKind.REALISED, "public", None):
            return draft.put(amount, passage, "realised_public_funding")
        row = {"source": heading.source, "kind": heading.kind, "amount": amount}
        draft.add(row | ({"year": heading.year} if heading.year else {}), passage, "amounts")

    def towns(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        for name in words_of(text, self.places.is_known):
            group, code = self.places.find(name)
            if not group:
                message = _(
                    "“%(name)s” is no municipality, region or country of the official lists."
                )
                draft.refuse(message % {"name": name[:60]}, passage)
            elif group == "areas":
                draft.add(code, passage, group)
            else:
                draft.add({"code": code}, passage, group)

    def terms(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        for name in words_of(text, lambda name: False):
            draft.add(draft.record(heading.column, name, passage), passage, heading.column)

    def links(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        for part in parts_of(text):
            identifier, kind, _rest = with_brackets(part)
            draft.add({"project": identifier, "kind": kind or "follows"}, passage, "links")

    def contacts(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        for part in parts_of(text):
            name, facts, until = person_of(part)
            if not name:
                raise Unreadable(_("Write a contact as: name, job title, e-mail, telephone."))
            row = {"person": draft.record("people", name, passage, **facts)}
            row |= {"public_until": _whole_day(until)} if until else {}
            draft.add(row, passage, "contacts")

    def section(self, draft: Draft, text: str, passage: Passage, heading: Heading) -> None:
        if text.strip():
            draft.add({"kind": SECTIONS[heading.column], "text": text.strip()}, passage, "body")


def _give_marks(draft: Draft, told: dict[str, Passage]) -> None:
    """Columns that tell of the lead organisation or the contact that others have named."""
    leads = [row for row in draft.data.get("organisations", []) if row["role"] == "lead"]
    records = draft.data.get("records", {})
    if "business_id" in told and len(leads) == 1:
        record = records["organisations"][leads[0]["organisation"]]
        record.setdefault("business_id", read_business_id(told["business_id"].text))
    people = list(records.get("people", {}).values())
    for name in ("email", "phone", "title"):
        if (passage := told.get(f"contact_{name}")) and len(people) == 1:
            people[0].setdefault(name, plain(passage.text))


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise Unreadable(_("It is longer than %(most)s signs.") % {"most": most})
    return text


def _whole_day(text: str) -> str:
    day = read_rough_day(text)
    if len(day) < 10:
        raise Unreadable(_("“%(text)s”: say the day, as 31.12.2026.") % {"text": plain(text)[:40]})
    return day
