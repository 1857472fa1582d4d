"""Tables of organisations with their roles, or of funders with their sums."""

import re
from collections.abc import Callable, Iterator

from .blocks import Span
from .contact import EMAIL, PHONE
from .cues import CO_FUNDER, FUNDER, OWN, ROLES
from .entries import Table
from .mention import Mention, kind_of, tidy_name
from .money import Amount, amount_of_cell
from .parts import Part, Parts
from .people import names_in
from .sums import is_by_year, is_of_sources, is_source_row, source_of, told_kind, told_year
from .vocabulary import label_kinds

REMARK = re.compile(r"\s*\(([^()]{2,60})\)")
TOTAL = re.compile(r"yhteensä|kokonais|total|sammanlagt|summa$", re.IGNORECASE)
BODY = re.compile(
    r"\w(?:huset|skolan|gården|opisto|talo|yhdistykset|forum)\b|\b(?:School|Alliance|Forum|Centre|Interreg)\b"
)
"""Words by which something is a body, though it looks like two names of a person."""
STATE = re.compile(r"\bESR- ja valtion\b|\bEU- ja valtion\b|EU:n ja valtion", re.IGNORECASE)


class TableReader:
    """``find`` gives the organisations in a piece of text."""

    def __init__(self, find: Callable[[str], list[Mention]]) -> None:
        self.find = find
        self.parts = Parts()

    def add(
        self,
        mention: Mention,
        role: str,
        span: Span,
        amount: Amount | None = None,
        sure: bool = True,
    ) -> None:
        place = Span(span.text[mention.start : mention.end], span.start + mention.start)
        where = (
            None
            if amount is None
            else Span(span.text[amount.start : amount.end], span.start + amount.start)
        )
        self.parts.add(Part(mention, role, place, amount, where, sure))

    def table(self, table: Table) -> None:
        """Rows of organisations with roles, or of funders with sums."""
        columns = _columns(table)
        if columns["name"] is None or (
            columns["role"] is None and not columns["amounts"] and not columns["said"]
        ):
            return
        for row in table.rows:
            by_source = is_of_sources(table) or is_by_year(table)
            if by_source and is_source_row(row):
                self.parts.seen.append((row[0].start, row[-1].end))
            else:
                self._row(row, columns, table)

    def _row(self, row: tuple[Span, ...], columns: dict, table: Table) -> None:
        if len(row) <= columns["name"]:
            return
        cell = row[columns["name"]]
        role = columns["said"]
        if columns["role"] is not None and columns["role"] < len(row):
            role = role_of(row[columns["role"]].text) or role
        role = next((x for x in (OWN, CO_FUNDER) if x in label_kinds(cell.text)), role)
        self.parts.seen.append((row[0].start, row[-1].end))
        if TOTAL.match(cell.text):
            return
        paid = list(_paid(row, columns["amounts"], table))
        for mention in self._names(cell, role)[: 1 if paid else None]:
            for amount, place, kind, year in paid or [(None, None, "", 0)]:
                self.add(mention, (role or FUNDER) if paid else role, cell)
                part = self.parts.found[-1]
                if part.role in (FUNDER, CO_FUNDER, OWN):
                    part.amount, part.amount_place, part.kind, part.year = amount, place, kind, year

    def _names(self, cell: Span, role: str) -> list[Mention]:
        """The organisations of a cell; what is in a column of them is one, whatever its name."""
        if found := self.find(cell.text) if not STATE.search(cell.text) else []:
            return found
        if role == OWN:
            return [Mention("", 0, 0)]
        name = tidy_name(REMARK.sub("", cell.text))
        if role and not source_of(cell.text) and is_namelike(name):
            return [Mention(name, 0, len(cell.text), kind=kind_of(name))]
        return []


def _paid(row: tuple[Span, ...], columns: list[int], table: Table) -> Iterator[tuple]:
    """The sums of a row, each with its place, its kind and its year."""
    for at in columns:
        amount = amount_of_cell(row[at].text) if at < len(row) else None
        if amount:
            head = table.heads[at]
            yield amount, row[at], told_kind(head), told_year(head)


def _columns(table: Table) -> dict:
    found: dict = {"name": None, "role": None, "amounts": [], "said": ""}
    for at, head in enumerate(table.heads):
        kinds = label_kinds(head)
        if re.search(r"rooli|\broll\b|\brole\b", head, re.I):
            found["role"] = at
        elif re.search(
            r"summa|suunnit|planer|planned|määrä|euro|€|belopp|amount|sum\b|eur\b|toteutu|myönne|budj|budget|realis|granted|beviljad|^20\d\d",
            head,
            re.I,
        ):
            found["amounts"].append(at)
        elif found["name"] is None and re.search(
            r"nimi|organis|taho|toimija|rahoit|toteut|kumppan|namn|name|partner|funder|finans|source",
            head,
            re.I,
        ):
            found["name"] = at
            found["said"] = next((role for role in ROLES if role in kinds), "")
    if re.search(r"tehtävä|puh|posti|mail|tel", " ".join(table.heads), re.I):
        found["name"] = None
    found["said"] = found["said"] or next((r for r in ROLES if r in label_kinds(table.above)), "")
    return found


def role_of(text: str) -> str:
    kinds = label_kinds(text)
    return next((role for role in ROLES if role in kinds), "")


def is_namelike(text: str) -> bool:
    if not re.match(r"\d*[A-ZÅÄÖ]", text) or not 2 < len(text) < 90 or len(text.split()) > 9:
        return False
    if (
        EMAIL.search(text)
        or PHONE.search(text)
        or re.search(
            r"\d{3}|[!?:@]|https?|www\.|rahoitu|rahoittam|finansiering$|funding$|yhteensä",
            text,
            re.I,
        )
    ):
        return False
    return bool(BODY.search(text)) or not any(True for _ in names_in(Span(text, 0)))
