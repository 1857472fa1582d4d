"""Rows of a table become projects: columns are matched, rows of one project joined."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cms.core.written import Unreadable as NoValue
from cms.core.written import plain, read_code, read_euro, read_rough_day
from projects.models import AmountSource

from ..found import Document, Found, Passage
from .columns import Cell, Columns
from .draft import Draft
from .headings import Heading, heading_of
from .reading import Row, Sheet

LOOKED_AT = 25
"""Rows among which the headings are looked for, and whose cells say what a column is."""
MOST = 0.8
IDENTIFYING = ("id", "code", "title")
TOTAL = re.compile(r"(?:yhteensä|summa|total|samman\w*|kaikki yhteensä)\W*", re.IGNORECASE)
DAYS = ("start", "end", "extension_end", "award_date")
FEW = 3
"""Cells that can't all be slips of one who writes."""
RATE = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")
CODE = re.compile(r"[A-Z]{1,4}[-/ ]?\d{3,9}")


@dataclass
class Column:
    """``heading`` as it is written, ``meaning`` as it is taken, ``samples`` from its cells."""

    heading: str
    meaning: Heading
    samples: list[str] = field(default_factory=list)


@dataclass
class Table:
    name: str
    columns: list[Column]
    rows: list[Row]

    @property
    def shape(self) -> str:
        """The same for the next file of this shape."""
        return "\n".join(column.heading for column in self.columns)

    @property
    def is_matched(self) -> bool:
        return any(column.meaning.column == "title" for column in self.columns)


def table_of(sheet: Sheet) -> Table | None:
    """None of a sheet with nothing below its headings."""
    rows = [row for row in sheet.rows if row]
    if len(rows) < 2:
        return None
    head = max(rows[:LOOKED_AT], key=_likeness)
    below = rows[rows.index(head) + 1 :]
    width = max(len(row.cells) for row in [head, *below[:LOOKED_AT]])
    columns = []
    for place in range(width):
        heading = head.cells[place].strip() if place < len(head.cells) else ""
        cells = [row.cells[place] for row in below if place < len(row.cells) and row.cells[place]]
        if heading or cells:
            columns.append(Column(heading, heading_of(heading), cells[:LOOKED_AT]))
        else:
            columns.append(Column("", Heading("")))
    _guess(columns)
    return Table(sheet.name, columns, below)


def _likeness(row: Row) -> tuple[int, int]:
    """How many of the cells are known headings; then how many look like some."""
    known = sum(bool(heading_of(cell).column) for cell in row.cells if cell and len(cell) < 120)
    texts = sum(bool(cell) and not cell[:1].isdigit() and len(cell) < 60 for cell in row.cells)
    return known, texts if known else 0


def _doubt(column: Column) -> None:
    """A column in which nothing is what its heading seems to say is not that column."""
    samples = column.samples
    if column.meaning.source == AmountSource.EU and samples and all(map(_is_share, samples)):
        column.meaning = Heading("cofinancing_rate")
    fits = {"amount": _is_sum, **dict.fromkeys(DAYS, _is_day)}.get(column.meaning.column)
    if fits and len(samples) >= FEW and not any(map(fits, samples)):
        column.meaning = Heading("")


def _guess(columns: list[Column]) -> None:
    """By what stands in it, a column whose heading says nothing, or what its cells deny."""
    for column in columns:
        _doubt(column)
    taken = Counter(column.meaning.column for column in columns)
    days = iter([name for name in ("start", "end") if not taken[name]])
    for column in columns:
        if column.meaning.column or not column.samples:
            continue
        guess = next(days, "") if _most(column, _is_day) else ""
        if not guess and _most(column, lambda cell: bool(RATE.fullmatch(cell))):
            guess = "cofinancing_rate"
        if not guess and _most(column, lambda cell: "@" in cell and " " not in cell):
            guess = "contact_email"
        if not guess and _most(column, lambda cell: cell.lower().startswith(("http", "www."))):
            guess = "website"
        if not guess and _most(column, lambda cell: bool(CODE.fullmatch(cell))):
            guess = "code"
        if guess and not taken[guess]:
            column.meaning = Heading(guess)
            taken[guess] += 1
    if not taken["title"]:
        _guess_title([column for column in columns if not column.meaning.column])


def _guess_title(columns: list[Column]) -> None:
    texts = [column for column in columns if _most(column, lambda cell: 8 < len(cell) < 250)]
    if texts:
        texts[0].meaning = Heading("title")


def _most(column: Column, fits) -> bool:
    return bool(column.samples) and sum(map(fits, column.samples)) >= MOST * len(column.samples)


def _is_day(cell: str) -> bool:
    try:
        return len(read_rough_day(cell)) >= 7
    except NoValue:
        return False


def _is_sum(cell: str) -> bool:
    try:
        return bool(read_euro(cell))
    except NoValue:
        return False


def _is_share(cell: str) -> bool:
    """Of a hundred, or of one: no fund gives an association so few euro."""
    return bool(RATE.fullmatch(cell)) or (_is_sum(cell) and float(read_euro(cell)) <= 100)


def projects_of(table: Table, reader: Columns, document: Document) -> list[Found]:
    """A project for each row; rows that name the same one, or none, go to the one before."""
    drafts: dict[tuple, Draft] = {}
    last: Draft | None = None
    for row in table.rows:
        if TOTAL.fullmatch(next(cell for cell in row.cells if cell)):
            document.notes.append(_("Row %(row)s was left out: it is a sum.") % {"row": row.number})
            continue
        cells = _cells(table, row)
        _count(table, row, document)
        key = _key_of(cells)
        if any(key) or last is None:
            last = drafts.setdefault(key if any(key) else ("", str(row.number)), Draft())
        reader.read(last, cells)
    return [draft.found for draft in drafts.values()]


def _count(table: Table, row: Row, document: Document) -> None:
    for column, text in zip(table.columns, row.cells, strict=False):
        document.cells += bool(text)
        if text and not column.meaning.column:
            heading = column.heading or "–"
            document.unmatched[heading] = document.unmatched.get(heading, 0) + 1


def _cells(table: Table, row: Row) -> list[Cell]:
    found = []
    for column, text in zip(table.columns, row.cells, strict=False):
        if text and column.meaning.column:
            sheet = _("sheet %(name)s, ") % {"name": table.name} if table.name else ""
            place = _("%(sheet)srow %(row)s, column %(column)s") % {
                "sheet": sheet,
                "row": row.number,
                "column": column.heading or "–",
            }
            found.append(Cell(column.meaning, Passage(text, place)))
    return found


def _key_of(cells: list[Cell]) -> tuple[str, ...]:
    """What tells one project from another: its id, or else its code with its title."""
    told = {cell.heading.column: plain(cell.passage.text).casefold() for cell in cells}
    if told.get("id"):
        return (told["id"],)
    return (read_code(told.get("code", "")), told.get("title", ""))
