"""Workbooks, for who works in a spreadsheet: a row for each string, every cell a text.

The head names the languages in brackets, ``[fi]`` and ``[→ ar]``, and so finds its columns wherever
they are moved. The last column says which string the row is of. Texts stand as they are read.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from cms.assets.validation.office import DAMAGE, check_office
from cms.core.hygiene import clean
from cms.core.languages import language_direction, language_label

from .entries import (
    MOST_ENTRIES,
    Contents,
    Entry,
    Said,
    Sheet,
    all_strings,
    digest_of,
    fault,
    readable,
    too_many,
)

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDING = "xlsx"
KEY = "katto"
MOST_IN_CELL = 32_767
MOST_UNPACKED = 40 * 1024 * 1024
MOST_SHARED = 15 * 1024 * 1024
MOST_SIGNS = 400_000
"""Of markup; ten thousand rows have about 320,000."""
MOST_EMPTY = 1000
MOST_COLUMNS = 50
WIDTHS = (30, 60, 60, 20, 24)
_SOURCE, _TARGET = re.compile(r"\[([a-z-]{2,20})\]\s*$"), re.compile(r"\[→\s*([a-z-]{2,20})\]\s*$")
_TOUCHED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNTOUCHED = re.compile(r"_x(000D|005F)_")


def write(sheets: list[Sheet]) -> bytes:
    first = sheets[0].translation
    codes = first.source.locale.language_code, first.target_locale.language_code
    book = Workbook(write_only=True)
    page = book.create_sheet(codes[1])
    page.freeze_panes = "A2"
    for number, width in enumerate(WIDTHS, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([_cell(page, text, Font(bold=True)) for text in _head(*codes)])
    for sheet, said in all_strings(sheets):
        page.append(_row(page, sheet, said, codes))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _head(source: str, target: str) -> list[str]:
    return [
        _("Where"),
        f"{language_label(source)} [{source}]",
        f"{language_label(target)} [→ {target}]",
        _("State"),
        KEY,
    ]


def _row(page, sheet: Sheet, said: Said, codes: tuple[str, str]) -> list[WriteOnlyCell]:
    source, target = readable(said.source, said.place), readable(said.target, said.place)
    state = _("Translated") if said.is_sure else _("To check") if target else _("Untranslated")
    key = f"{sheet.translation.uuid} {said.version} {digest_of(said.source)} {said.path}"
    return [
        _cell(page, f"{sheet.title}: {said.label}"),
        _cell(page, source, code=codes[0]),
        _cell(page, target, code=codes[1]),
        _cell(page, state),
        _cell(page, key),
    ]


def _cell(page, text: str, font: Font | None = None, code: str = "") -> WriteOnlyCell:
    """Text for certain: what begins by a sign of formulas is none. What Excel itself would read as
    a sign written in figures is written so that it stays as it is.
    """
    text = _TOUCHED.sub("_x005F_", clean(text))
    cell = WriteOnlyCell(page)
    cell._value, cell.data_type = text[:MOST_IN_CELL], "s"
    cell.number_format = "@"
    is_rtl = bool(code) and language_direction(code) == "rtl"
    cell.alignment = Alignment(
        wrap_text=True,
        vertical="top",
        horizontal="right" if is_rtl else None,
        readingOrder=(2 if is_rtl else 1) if code else 0,
    )
    if font:
        cell.font = font
    return cell


def read(content: bytes) -> Contents:
    """Raises ``ValidationError`` with a sentence for what is no such workbook."""
    _check_size(content)
    check_office(content, "xlsx")
    try:
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        return _contents(book)
    except ValidationError:
        raise
    except Exception as error:  # openpyxl raises whatever a part makes of it.
        raise fault(_("The workbook can't be read. Open it, and save it anew as .xlsx.")) from error


def _check_size(content: bytes) -> None:
    if not content.startswith(b"PK\x03\x04"):
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            sizes = {one.filename.lower(): one.file_size for one in archive.infolist()}
            shared = sizes.get("xl/sharedstrings.xml", 0)
            is_small = sum(sizes.values()) <= MOST_UNPACKED and shared <= MOST_SHARED
            if is_small and not any(one.flag_bits & 1 for one in archive.infolist()):
                signs = sum(archive.read(name).count(b"<") for name in archive.namelist())
                is_small = signs <= MOST_SIGNS
    except DAMAGE as error:
        raise fault(_("The workbook is damaged. Open it, and save it anew as .xlsx.")) from error
    if not is_small:
        raise fault(_("The workbook would unpack to far more than a file of translations has."))


def _contents(book) -> Contents:
    made = Contents(is_plain=True)
    faults = []
    for page in book.worksheets:
        page.reset_dimensions()
        rows = _rows(page)
        columns, wrong = _columns(next(rows, (1, []))[1])
        if wrong:
            faults.append(wrong)
            continue
        languages = columns["source_language"], columns["target_language"]
        if made.entries and languages != (made.source_language, made.target_language):
            raise fault(_("The sheets of the workbook are in different languages."))
        made.source_language, made.target_language = languages
        for number, cells in rows:
            made.entries.append(_entry(_("Row %s") % number, cells, columns))
            if len(made.entries) > MOST_ENTRIES:
                raise too_many()
    if not made.entries:
        raise fault(faults[0] if faults else _("The workbook has no strings."))
    return made


def _rows(page) -> Iterator[tuple[int, list]]:
    """With their numbers, without the empty ones; the first of them is the head."""
    empty = 0
    for number, cells in enumerate(page.iter_rows(max_col=MOST_COLUMNS), 1):
        if any(cell.value is not None for cell in cells):
            empty = 0
            yield number, list(cells)
        else:
            empty += 1
            if empty > MOST_EMPTY:
                return


def _columns(cells: list) -> tuple[dict[str, Any], str]:
    """Where what stands, and in which languages; or a sentence."""
    found: dict[str, Any] = {}
    for number, cell in enumerate(cells):
        text = str(cell.value or "").strip()
        target, source = _TARGET.search(text), _SOURCE.search(text)
        name = "target" if target else "source" if source else "key" if text == KEY else ""
        if not name:
            continue
        if name in found:
            return {}, _("The first row has two columns “%s”.") % text[:40]
        found[name] = number
        if said := target or source:
            found[f"{name}_language"] = said[1]
    if missing := [name for name in ("source", "target", "key") if name not in found]:
        heads = {"source": "[…]", "target": "[→ …]", "key": KEY}
        names = ", ".join(f"“{heads[name]}”" for name in missing)
        sentence = _("The first row lacks a column of this site's workbooks: %s. Leave the head.")
        return {}, sentence % names
    return found, ""


def _entry(where: str, cells: list, columns: dict[str, Any]) -> Entry:
    def text(name: str) -> str:
        number = columns[name]
        value = cells[number].value if number < len(cells) else None
        return "" if value is None else _bare(str(value))

    key = text("key").strip().split(" ", 3)
    uuid, version, digest, path = key if len(key) == 4 else ("", "", "", "")
    entry = Entry(where, text("source"), "", path, uuid, digest, version)
    if not path:
        entry.why_not = _("Its cell in the column “%s” does not say which string it is") % KEY
    number = columns["target"]
    if number < len(cells):
        entry.target, wrong = _said(cells[number])
        entry.why_not = entry.why_not or wrong
    return entry


def _bare(text: str) -> str:
    """Without the signs in figures by which Excel writes a return, or a sign in figures."""
    return _UNTOUCHED.sub(lambda found: "_" if found[1] == "005F" else "", text)


def _said(cell) -> tuple[str, str]:
    """What is in a cell, and why it is no text."""
    value, kind = cell.value, cell.data_type
    if value is None:
        return "", ""
    if kind == "f":
        return str(getattr(value, "text", value)), _("The cell has a formula, no text")
    if kind in ("s", "inlineStr", "str"):
        return _bare(str(value)), ""
    if kind == "n" and isinstance(value, int) and not isinstance(value, bool):
        return str(value), ""
    return str(value), _("The cell has a number, a date or a fault: write it as text")
