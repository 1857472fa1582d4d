"""Spreadsheets and text with separators, one project a row: own lists, and lists of operations."""

from django.utils.translation import gettext as _

from ..found import Document, Unreadable
from ..tables.columns import Columns
from ..tables.headings import Heading
from ..tables.reading import Sheet, is_workbook, separator_of, sheets_of_text, sheets_of_workbook
from ..tables.rows import Table, projects_of, table_of

NAME = "table"


def recognises(data: bytes, name: str) -> bool:
    """Any workbook; of texts those whose first lines are cut alike by a separator."""
    if is_workbook(data):
        return True
    return name.lower().endswith((".csv", ".tsv")) or _looks_cut(data)


def _looks_cut(data: bytes) -> bool:
    try:
        lines = data[:20_000].decode("utf-8-sig", errors="replace").splitlines()[:8]
    except ValueError:
        return False
    lines = [line for line in lines if line.strip()]
    if len(lines) < 2 or data[:1] in (b"<", b"{", b"%", b"["):
        return False
    separator = separator_of("\n".join(lines))
    counts = {line.count(separator) for line in lines[:2]}
    return len(counts) == 1 and counts.pop() >= 2


def tables(data: bytes) -> list[Table]:
    """Raises :class:`Unreadable` where there is nothing to take."""
    sheets: list[Sheet] = sheets_of_workbook(data) if is_workbook(data) else sheets_of_text(data)
    found = [table for sheet in sheets if (table := table_of(sheet))]
    if not found:
        raise Unreadable(_("There is no table in it: a row of headings, and rows below."))
    return found


def meanings_of(table: Table, meanings: dict[str, dict[str, str]]) -> None:
    """Have the columns mean what somebody has chosen for tables of this shape."""
    chosen = meanings.get(table.shape) or {}
    for place, column in enumerate(table.columns):
        if (key := f"{place}:{column.heading}") in chosen:
            column.meaning = Heading.parse(chosen[key])


def read(data: bytes, name: str, meanings: dict[str, dict[str, str]] | None = None) -> Document:
    """``meanings``: by the shape of a table, heading → meaning, as somebody has chosen it."""
    document, reader = Document(name, NAME), Columns()
    for table in tables(data):
        meanings_of(table, {} if meanings is None else meanings)
        if table.is_matched:
            document.found += projects_of(table, reader, document)
        else:
            message = _("The sheet %(name)s was left out: none of its columns is a project's name.")
            document.notes.append(message % {"name": table.name or name})
    if not document.found:
        raise Unreadable(
            _("None of the columns is a project's name. Choose which one it is, or name it so.")
        )
    return document
