"""Cells of workbooks (XLSX, ODS), every one a text. Formulas give the values they were saved with.

Gives ``{"sheets": [{"name": str, "rows": [[number, [cell, …]], …]}]}``; ``number`` counts from 1,
as the program that made the file shows it. Days are as ISO 8601 writes them, numbers plain.
"""

from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineWorkbook

from . import Fault, clean
from .structure import hurry
from .structure_office import fault_of

MOST_ROWS = 5_100
MOST_COLUMNS = 300
MOST_SHEETS = 50
MOST_SIGNS = 20_000_000


def read_tables(path: str) -> dict:
    hurry()
    if fault := fault_of(path):
        return fault
    book, room = CalamineWorkbook.from_path(path), [MOST_SIGNS]
    try:
        return {"sheets": [_sheet(book, name, room) for name in book.sheet_names[:MOST_SHEETS]]}
    except Fault as fault:
        return {"fault": fault.code}


def _sheet(book: CalamineWorkbook, name: str, room: list[int]) -> dict:
    sheet = book.get_sheet_by_name(name)
    if sheet.height > MOST_ROWS or sheet.width > MOST_COLUMNS:
        raise Fault("limits")
    first = (sheet.start or (0, 0))[0] + 1
    # Rows above the first that says something are not told by the library.
    cells = sheet.to_python(skip_empty_area=True)
    rows = [[number, list(map(_text, row))] for number, row in enumerate(cells, start=first)]
    room[0] -= sum(len(cell) for _number, row in rows for cell in row)
    if room[0] < 0:
        raise Fault("limits")
    return {"name": clean(name), "rows": rows}


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return f"{cell:.15g}" if cell % 1 or abs(cell) >= 1e15 else str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time(0):
        cell = cell.date()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return clean(str(cell), line_end="\n").strip()
