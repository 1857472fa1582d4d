"""The glossary as a table for spreadsheets: a line for each use of a term, a column a language.

``term`` numbers the terms of the file, so that the lines of one stay together. A line has the
agreed words of all languages, or one further word of each: its ``use`` says which. ``note`` is the
term's, ``note sv`` that of the Swedish word in the line.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale

from cms.core.foreign import bare_cell, safe_cell, table_rows

from ..models import Term, TermWord
from .taking import Brought, BroughtTerm

MOST_BYTES = 2 * 1024 * 1024
MOST_LINES = 20_000
TERM, USE, NOTE = "term", "use", "note"
KINDS = list(TermWord.Kind)


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
                yield [
                    safe_cell(cell) for cell in (str(number), str(kind.label), *texts, note, *notes)
                ]
                note = ""


def as_csv(terms: Iterable[Term]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(write(terms))
    return file.getvalue().encode("utf-8-sig")


def read(content: bytes) -> list[BroughtTerm]:
    """Raises ``ValidationError`` with a sentence for what is no such table at all."""
    rows = [row for _line, row in table_rows(content, MOST_BYTES, MOST_LINES)]
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
        values = dict(zip(head, map(bare_cell, cells), strict=False))
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
