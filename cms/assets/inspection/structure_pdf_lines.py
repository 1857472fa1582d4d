"""The lines of a PDF's pages, without what stands on every page."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from pypdf._page import PageObject

from . import PRESENTATION_FORMS
from .structure import plain


@dataclass
class Line:
    """A line of a page. ``height`` is where it stands, from below, 0 where that isn't told.

    ``pieces``: where each piece of it begins, from the left, and its words. ``cells``: the line is
    a row of a table.
    """

    text: str
    size: float = 0
    height: float = 0
    bold: bool = False
    page: int = 0
    gap: bool = False
    pieces: list[tuple[float, str]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.pieces[0][0] if self.pieces else 0


def lines_of(page: PageObject, number: int) -> list[Line]:
    """The lines of a page; one that can't be read is left out."""
    pieces: list[tuple] = []

    def piece(text, cm, tm, font, size) -> None:
        pieces.append((text, cm, tm, font, size))

    try:
        page.extract_text(visitor_text=piece)
    except Exception:
        # One page's broken font must not cost the rest of the text.
        return []
    found = [Line("", page=number)]
    for text, cm, tm, font, size in pieces:
        first, *others = text.split("\n")
        _write(found[-1], first, cm, tm, font, size)
        for other in others:
            found.append(Line("", page=number))
            _write(found[-1], other, cm, tm, font, size)
    return _tidied(found)


def _write(line: Line, text: str, cm, tm, font, size) -> None:
    if text.strip() and not line.text.strip():
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1
        line.size = round(float(size or 0) * scale, 1)
        line.height = float(tm[5] * cm[3] + cm[5])
        line.bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
    if text.strip():
        line.pieces.append((float(tm[4] * cm[0] + cm[4]), text.strip()))
    line.text += text


def _tidied(lines: list[Line]) -> list[Line]:
    """Lines with words, each knowing whether there was room before it."""
    found, gap = [], True
    for line in lines:
        line.text = plain(PRESENTATION_FORMS.sub(_letters, line.text))
        if not line.text:
            gap = True
            continue
        line.gap, gap = gap, False
        found.append(line)
    return found


def _letters(match: re.Match) -> str:
    return unicodedata.normalize("NFKC", match[0])


def without_edges(pages: list[list[Line]]) -> list[list[Line]]:
    """Without headers, footers and page numbers: what stands at an edge of three pages or more."""
    seen = Counter(
        form for page in pages for form in {_form(line) for line in (*page[:3], *page[-3:])}
    )
    least = max(min(3, len(pages)), len(pages) // 3, 2)
    return [
        [
            line
            for place, line in enumerate(page)
            if not (
                (place < 3 or place >= len(page) - 3)
                and (_is_repeated(line, seen, least) or _is_number(line.text))
            )
        ]
        for page in pages
    ]


def _is_repeated(line: Line, seen: Counter, least: int) -> bool:
    """Words that stand on many pages; sums of a table are told from each other by digits alone."""
    form = _form(line)
    return seen[form] >= least and bool(re.search(r"[^\W\d]", form))


def _form(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text.lower())


def _is_number(text: str) -> bool:
    return bool(
        re.fullmatch(r"(?:sivu|sida|page|s\.)?\s*\d{1,3}(?:\s*[(/]\s*\d{1,3}\)?)?", text.lower())
    )
