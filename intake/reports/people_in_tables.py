"""Contact persons in tables, by the headings of the columns."""

import re
from collections.abc import Iterator

from .blocks import Span
from .contact import Contact, reach, title
from .entries import Table
from .vocabulary import label_kinds
from .words import tokens

ROLES = {"lead", "implementer", "partner", "funder", "co_funder"}

COLUMNS = {
    "name": re.compile(r"nimi|namn|name|henkilö|person", re.I),
    "title": re.compile(
        r"tehtävä|rooli|titteli|nimike|uppgift|titel|roll|position|title|role", re.I
    ),
    "phone": re.compile(r"puh|tel|phone", re.I),
    "email": re.compile(r"posti|mail|e-?post", re.I),
    "organisation": re.compile(
        r"organisaatio|organisation|taho|työnantaja|organization|arbetsgivare", re.I
    ),
}


def from_tables(tables: list[Table]) -> Iterator[Contact]:
    for table in tables:
        columns = {
            what: at
            for at, head in enumerate(table.heads)
            for what, sign in COLUMNS.items()
            if sign.search(head)
        }
        if "name" not in columns or not {"phone", "email"} & set(columns):
            continue
        for row in table.rows:
            yield from _from_row(row, columns)


def _from_row(row: tuple[Span, ...], columns: dict[str, int]) -> Iterator[Contact]:
    cells = {what: row[at] for what, at in columns.items() if at < len(row) and row[at].text}
    if "name" not in cells or len(list(tokens(cells["name"].text))) < 2:
        return
    contact = Contact(cells["name"].text, cells["name"])
    for what, cell in cells.items():
        if what in ("email", "phone"):
            for kind, value, span in reach(cell):
                contact.take(kind, value, span)
        elif what != "name" and not (what == "title" and label_kinds(cell.text) & ROLES):
            contact.take(what, title(cell.text) if what == "title" else cell.text, cell)
    yield contact
