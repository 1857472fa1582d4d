"""Cells of workbooks and of text with separators, every one a text.

Workbooks are parsed apart (:mod:`cms.assets.inspection.tables`), text here.
"""

import csv
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO, StringIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.assets.validation.office import check_office
from cms.core.hygiene import clean

from ..found import Unreadable, decoded

MOST_ROWS = 5_000
MOST_COLUMNS = 300
MOST_SIGNS = 20_000_000
SEPARATORS = ";\t,|"


@dataclass
class Row:
    """``number`` counts from 1, as the program that made the file shows it."""

    number: int
    cells: list[str]

    def __bool__(self) -> bool:
        return any(self.cells)


@dataclass
class Sheet:
    name: str
    rows: list[Row] = field(default_factory=list)


def is_workbook(data: bytes) -> bool:
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:200] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return False
    return "xl/workbook.xml" in names or b"opendocument.spreadsheet" in kind


@lru_cache(maxsize=2)
def sheets_of_workbook(data: bytes) -> list[Sheet]:
    """Of XLSX and ODS, read in a process of its own. Raises :class:`Unreadable`.

    Kept for a moment: every kind of file that a workbook may be asks for it.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        ending = "xlsx" if "xl/workbook.xml" in archive.namelist() else "ods"
    try:
        answer = check_office(data, ending, "tables")
    except ValidationError as error:
        if getattr(error, "code", "") == "office_limits":
            raise Unreadable(_too_large()) from error
        raise Unreadable(" ".join(error.messages)) from error
    sheets = [
        Sheet(sheet["name"], [Row(number, cells) for number, cells in sheet["rows"]])
        for sheet in answer["sheets"]
    ]
    return [sheet for sheet in sheets if any(sheet.rows)]


def _too_large() -> str:
    message = _("A table has at most %(rows)s rows and %(columns)s columns. Split it in parts.")
    return message % {"rows": MOST_ROWS, "columns": MOST_COLUMNS}


def sheets_of_text(data: bytes) -> list[Sheet]:
    """Of CSV: UTF-8 with or without a mark, UTF-16 with one, or Windows-1252. Any separator."""
    text = _readable(data)
    if len(text) > MOST_SIGNS:
        raise Unreadable(_too_large())
    rows = _rows(text, separator_of(text))
    if len(rows) > MOST_ROWS + 100:
        raise Unreadable(_too_large())
    return [Sheet("", rows)] if any(rows) else []


def _readable(data: bytes) -> str:
    text = decoded(data)
    if "\0" in text:
        raise Unreadable(_("This is no text: it has signs that no text has."))
    return text


def separator_of(text: str) -> str:
    """The one that cuts most lines into the same number of cells, the more the better."""
    sample = "\n".join(text.splitlines()[:200])
    marks = {}
    for separator in SEPARATORS:
        widths = Counter(len(row.cells) for row in _rows(sample, separator) if row)
        width, often = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
        marks[separator] = (often if width > 1 else 0) * min(width, 50) ** 0.5
    return max(marks, key=lambda separator: marks[separator])


def _rows(text: str, separator: str) -> list[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=False)
    rows, number = [], 1
    try:
        for cells in reader:
            rows.append(Row(number, [unquoted(clean(cell)) for cell in cells[:MOST_COLUMNS]]))
            number = reader.line_num + 1
    except csv.Error as error:
        message = _("Line %(line)s can't be read: a quotation mark is not closed.")
        raise Unreadable(message % {"line": number}) from error
    return rows


def unquoted(cell: str) -> str:
    """Without the apostrophe that keeps spreadsheets from computing (``hygiene.csv_cell``)."""
    cell = cell.strip()
    if cell[:1] == "'" and cell[1:].lstrip()[:1] in set("=+-@＝＋－＠"):
        return cell[1:]
    return cell
