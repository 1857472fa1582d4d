"""Pictures of many projects: where, when, with what money. Drawn on the server, as SVG.

``rows`` counts a set of projects; a picture, its table and its download are all made of the rows.
Nothing is asked of a third party and nothing needs a script; colours are the page's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from django.utils import translation
from django.utils.safestring import mark_safe

from cms.core.languages import language_direction


class Cell(NamedTuple):
    """Of a table: ``url`` where it leads somewhere, ``language`` where it is not the reader's."""

    text: str
    url: str = ""
    language: str = ""
    plain: str | int | None = None
    """As a spreadsheet wants it, where that differs."""


@dataclass
class Picture:
    """``name``: part of the address of its files. The first cell of a row names the row."""

    name: str
    title: str
    svg: str
    headings: list[str]
    rows: list[list[Cell]]
    notes: list[str] = field(default_factory=list)
    svg_url: str = ""
    csv_url: str = ""
    ways: list[tuple[str, str, bool]] = field(default_factory=list)
    """Other forms of it: label, address, whether it is this one."""

    table: str = ""
    """The body of its table. Straight, without a template: it has hundreds of cells."""

    def __post_init__(self) -> None:
        own = translation.get_language()
        rows = self.table or "".join(_row(cells, own) for cells in self.rows)
        self.table = mark_safe(rows)  # noqa: S308


def _row(cells: list[Cell], own: str) -> str:
    first, *rest = cells
    foreign = first.language not in ("", own)
    language = {"lang": first.language, "dir": language_direction(first.language)}
    name = escape(first.text)
    name = tag("a", name, href=first.url) if first.url else name
    others = "".join(f"<td><bdi>{escape(cell.text)}</bdi></td>" for cell in rest)
    return f"<tr>{tag('th', name, scope='row', **(language if foreign else {}))}{others}</tr>"


def tag(name: str, content: str = "", /, **attributes) -> str:
    """An element of a picture. ``class_`` is ``class``, ``_`` in names stands for ``-``."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value not in (None, "")
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def text(words: str, **attributes) -> str:
    return tag("text", escape(words), **{"direction": "ltr"} | attributes)


NARROW, WIDE = 32, 72
"""Characters that fit on a line of a telephone and of a screen; the whole stands in the title."""


def heading(words: str, language: str, y: int) -> str:
    """A line of its own: from the side from which it is read, marked if it is foreign."""
    if len(words) <= NARROW:
        return _line(words, language, y, "bars__label")
    short = _line(_cut(words, NARROW), language, y, "bars__label bars__short")
    return short + _line(_cut(words, WIDE), language, y, "bars__label bars__long")


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _line(words: str, language: str, y: int, name: str) -> str:
    own = translation.get_language()
    direction = language_direction(language or own)
    foreign = language if language != own else ""
    x = "100%" if direction == "rtl" else 0
    return text(words, x=x, y=y, lang=foreign, direction=direction, class_=name)


def link(url: str, label: str, content: Iterable[str]) -> str:
    """``label``: what a screen reader says and a pointer that rests shows."""
    inside = tag("title", escape(label)) + "".join(content)
    return tag("a", inside, href=url, aria_label=label) if url else tag("g", inside)
