"""The glossary as a table for spreadsheets: a line for each use of a term, a column a language.

``term`` numbers the terms of the file, so that the lines of one stay together. A line has the
agreed words of all languages, or one further word of each: its ``use`` says which. ``note`` is the
term's, ``note sv`` that of the Swedish word in the line.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale

from cms.core.hygiene import FORMULA, clean, csv_cell

from ..models import Term, TermWord
from .taking import Brought, BroughtTerm

MOST_BYTES = 2 * 1024 * 1024
MOST_LINES = 20_000
TERM, USE, NOTE = "term", "use", "note"
KINDS = list(TermWord.Kind)
_KEPT = re.compile(rf"'+\s*[{re.escape(''.join(FORMULA))}]")


def languages() -> list[str]:
    return list(Locale.objects.order_by("pk").values_list("language_code", flat=True))


def write(terms: Iterable[Term]) -> Iterator[list[str]]:
    """The head, then the lines; each cell is safe in a spreadsheet."""
    codes = languages()
    yield [TERM, USE, *codes, NOTE, *(f"{NOTE} {code}" for code in codes)]
    for number, term in enumerate(terms, 1):
        note = term.note
        for kind in KINDS:
            by_language = {
                code: [
                    word
                    for word in term.words.all()
                    if word.kind == kind and word.locale.language_code == code
                ]
                for code in codes
            }
            for line in range(max(map(len, by_language.values()), default=0)):
                row = [words[line] if line < len(words) else None for words in by_language.values()]
                texts = [word.text if word else "" for word in row]
                notes = [word.note if word else "" for word in row]
                yield [_safe(cell) for cell in (str(number), str(kind.label), *texts, note, *notes)]
                note = ""


def _safe(text: str) -> str:
    """One more apostrophe where :func:`_bare` would take one away."""
    return f"'{text}" if _KEPT.match(text) else csv_cell(text)


def as_csv(terms: Iterable[Term]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(write(terms))
    return file.getvalue().encode("utf-8-sig")


def read(content: bytes) -> list[BroughtTerm]:
    """Raises ``ValidationError`` with a sentence for what is no such table at all."""
    rows = _rows(_text(content))
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    codes = [name for name in head if name in set(languages())]
    if not codes:
        raise ValidationError(
            _("The first line has no column of a language. Begin with a file from this site.")
        )
    if len(set(head) - {""}) != len([name for name in head if name]):
        raise ValidationError(_("Two columns of the first line have the same name."))
    found: dict[str, BroughtTerm] = {}
    for number, cells in enumerate(rows[1:], 2):
        values = dict(zip(head, map(_bare, cells), strict=False))
        if any(values.values()):
            key = values.get(TERM) or f"line {number}"
            _add(found.setdefault(key, BroughtTerm(number)), values, codes)
    return list(found.values())


def _add(term: BroughtTerm, values: dict[str, str], codes: list[str]) -> None:
    kind = _kinds().get(values.get(USE, "").casefold())
    if kind is None:
        term.fault = term.fault or _("There is no use “%s”.") % values[USE][:40]
        return
    term.note = term.note or values.get(NOTE, "")
    for code in codes:
        if text := values.get(code, ""):
            note = values.get(f"{NOTE} {code}", "")
            term.words.append(Brought(code, text, kind, note))


def _kinds() -> dict[str, str]:
    """By their names here and in a file that somebody of another language sent; none is agreed."""
    found = {"": TermWord.Kind.AGREED}
    for language in ("en", "fi"):
        with override(language):
            for kind in KINDS:
                found |= {kind.value: kind, str(kind.label).casefold(): kind}
    return found


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is too large."))
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The file is no text in UTF-8. Save it as “CSV UTF-8” in the spreadsheet.")
        ) from error
    if "\0" in text:
        raise ValidationError(_("The file is no table: choose a CSV file."))
    return text


def _rows(text: str) -> list[list[str]]:
    """Cells divided by whichever sign the first line has the most of."""
    first = text.split("\n", 1)[0]
    sign = max(",;\t", key=first.count)
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True):
            rows.append(row)
            if len(rows) > MOST_LINES:
                raise ValidationError(_("The file has too many lines."))
    except csv.Error as error:
        line = len(rows) + 1
        raise ValidationError(_("Line %s can't be read: a quotation mark?") % line) from error
    return rows


def _bare(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from computing it."""
    text = clean(cell).strip()
    return text[1:] if _KEPT.match(text) else text
