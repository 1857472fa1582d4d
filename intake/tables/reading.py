"""Cells of workbooks and of text with separators, every one a text.

Days are as ISO 8601 writes them, numbers as Python does. Archives are looked into before they are
unpacked (``cms.assets.validation``); a workbook's formulas give the values that it was saved with.
"""

import csv
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from cms.assets.validation.office import check_office
from cms.core.hygiene import clean

from ..found import Unreadable

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


def sheets_of_workbook(data: bytes) -> list[Sheet]:
    """Of XLSX and ODS. Raises :class:`Unreadable`."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        ending = "xlsx" if "xl/workbook.xml" in archive.namelist() else "ods"
    try:
        check_office(data, ending)
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [_sheet(book, name) for name in book.sheet_names]
    except ValidationError as error:
        raise Unreadable(" ".join(error.messages)) from error
    except (CalamineError, ValueError, OSError) as error:
        message = _("The workbook is damaged. Open it in a spreadsheet program and save it anew.")
        raise Unreadable(message) from error
    return [sheet for sheet in sheets if any(sheet.rows)]


def _sheet(book: CalamineWorkbook, name: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.height > MOST_ROWS + 100 or sheet.width > MOST_COLUMNS * 4:
        raise Unreadable(_too_large())
    found = Sheet(clean(name))
    first = (sheet.start or (0, 0))[0]
    for number, cells in enumerate(sheet.iter_rows(), start=1 if first == 0 else first + 1):
        found.rows.append(Row(number, [_text(cell) for cell in cells[:MOST_COLUMNS]]))
    return found


def _too_large() -> str:
    message = _("A table has at most %(rows)s rows and %(columns)s columns. Split it in parts.")
    return message % {"rows": MOST_ROWS, "columns": MOST_COLUMNS}


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return _("Yes") if cell else _("No")
    if isinstance(cell, float):
        return f"{cell:.15g}" if cell != int(cell) or abs(cell) >= 1e15 else str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time(0):
        cell = cell.date()
    if isinstance(cell, date | datetime | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return clean(str(cell), line_end="\n").strip()


def sheets_of_text(data: bytes) -> list[Sheet]:
    """Of CSV: UTF-8 with or without a mark, UTF-16 with one, or Windows-1252. Any separator."""
    text = decoded(data)
    if len(text) > MOST_SIGNS:
        raise Unreadable(_too_large())
    rows = _rows(text, separator_of(text))
    if len(rows) > MOST_ROWS + 100:
        raise Unreadable(_too_large())
    return [Sheet("", rows)] if any(rows) else []


def decoded(data: bytes) -> str:
    """Text of bytes in whichever of the usual encodings. Raises :class:`Unreadable`."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
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
