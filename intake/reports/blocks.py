"""Blocks of a file, lines of plain text made to blocks, and all of it as one text with places."""

import re
import time
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from ..found import Unreadable
from .lines import LONGEST_PIECE, WRAPS, pieces, unwrapped
from .vocabulary import bare, label_kinds, section_kind

LONGEST_HEADING = 90
MOST_CELLS = 8
LABEL = re.compile(r"([A-ZÅÄÖ][^:.]{2,40}):\s")
CUT = re.compile(r"\w-$")
DRAWN = re.compile(r"\|.*\|")
TABBED = re.compile(r"^[^\n]*\t[^\n]*$")
PATIENCE = 3  # seconds of this thread; forty pages take two


@dataclass(frozen=True)
class Block:
    """What stands between two breaks; see :mod:`cms.assets.inspection.structure`."""

    kind: str
    text: str
    level: int = 0
    page: int = 0
    cells: tuple[str, ...] = ()
    marks: tuple[tuple[int, int, str], ...] = ()

    @classmethod
    def of(cls, told: dict) -> "Block":
        marks = tuple(tuple(mark) for mark in told.get("marks", ()))
        return cls(
            told["kind"],
            told["text"],
            told.get("level", 0),
            told.get("page", 0),
            tuple(told.get("cells", ())),
            marks,
        )

    @property
    def is_bold(self) -> bool:
        bold = sum(end - start for start, end, mark in self.marks if mark == "b")
        return bold >= len(self.text) * 0.9 > 0


@dataclass(frozen=True)
class Span:
    """Some of the text, by its place."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def part(self, start: int, end: int) -> "Span":
        """Of its own characters, without blanks around them."""
        piece = self.text[start:end]
        lead = len(piece) - len(piece.lstrip())
        return Span(piece.strip(), self.start + start + lead)


@dataclass(frozen=True)
class Line(Span):
    """A block that knows its place. A row's cells are spans too."""

    block: Block = field(default_factory=lambda: Block("paragraph", ""))
    cells: tuple[Span, ...] = ()

    @property
    def kind(self) -> str:
        return self.block.kind

    @property
    def looks_like_heading(self) -> bool:
        """By its style, or short, without the end of a sentence."""
        if self.kind in ("row", "item") or len(self.text) > LONGEST_HEADING:
            return False
        plain = not self.text.endswith((".", ",", ";", "!")) and not re.search(
            r"[@\d]{5}", self.text
        )
        return self.kind == "heading" or (plain and len(self.text.split()) <= 9)


class Lines(list):
    """Lines that are gone through until somebody would have waited too long."""

    def __init__(self) -> None:
        super().__init__()
        self.end = time.thread_time() + PATIENCE

    def __iter__(self) -> Iterator[Line]:
        for line in super().__iter__():
            if time.thread_time() > self.end:
                raise Unreadable(
                    _("The text is too complicated to be read. Bring in the part with the facts.")
                )
            yield line


class Text:
    """All blocks as one text, as a person sees it beside the form."""

    def __init__(self, blocks: list[Block]) -> None:
        self.lines = Lines()
        self.text = ""
        pieces: list[str] = []
        length = 0
        before = ""
        for block in blocks:
            if pieces:
                pieces.append(
                    "\n" if block.kind == before and before in ("item", "row") else "\n\n"
                )
                length += len(pieces[-1])
            self.lines.append(_placed(block, length))
            pieces.append(block.text)
            length += len(block.text)
            before = block.kind
        self.text = "".join(pieces)
        self._starts = [line.start for line in self.lines]

    def line_at(self, start: int) -> Line:
        return self.lines[max(0, bisect_right(self._starts, start) - 1)]

    def lines_back(self, start: int, most: int) -> list[Line]:
        """The lines before the one at ``start``, the nearest first."""
        at = max(0, bisect_right(self._starts, start) - 1)
        return self.lines[max(0, at - most) : at][::-1]


def _placed(block: Block, start: int) -> Line:
    cells, place = [], start
    for cell in block.cells:
        cells.append(Span(cell, place))
        place += len(cell) + 1
    return Line(block.text, start, block, tuple(cells))


def divided(blocks: list[Block], wrapped: bool) -> list[Block]:
    """Each on one line: ends of lines that a page's width made are taken out, others divide."""
    found = []
    for block in _whole(blocks):
        if row := _row(block):
            found.append(row)
        elif len(block.text) > LONGEST_PIECE:
            texts = pieces(block.text.replace("\n", " "))
            found += [Block("paragraph", text, page=block.page) for text in texts]
        elif block.kind == "row" or "\n" not in block.text:
            found.append(block)
        elif wrapped:
            marks = ((0, 10**6, "b"),) if block.is_bold else ()
            for group in _apart(block.text.split("\n")):
                whole = replace(block, text=unwrapped(group), marks=marks)
                found.append(_row(whole) or whole)
        else:
            found += _at_breaks(block)
    return _with_numbered_headings(found)


def _with_numbered_headings(blocks: list[Block]) -> list[Block]:
    """*3. Tulokset* before a paragraph is no item of a list."""
    return [
        replace(block, kind="heading", level=2)
        if block.kind == "item" and following.kind == "paragraph" and _announces(block.text)
        else block
        for block, following in pairwise([*blocks, Block("", "")])
    ]


def _apart(lines: list[str]) -> Iterator[list[str]]:
    """What a page's width has divided; a label or a row of a table begins anew."""
    group: list[str] = []
    for line in lines:
        label = LABEL.match(line)
        is_new = DRAWN.fullmatch(line.strip()) or (label and label_kinds(label[1]))
        is_new = is_new or (group and _announces(line) and not WRAPS.search(group[-1]))
        if group and (is_new or DRAWN.fullmatch(group[-1].strip()) or _announces(group[0])):
            yield group
            group = []
        group.append(line)
    yield group


def _announces(line: str) -> bool:
    """Whether a whole line is the label or the heading of what follows it."""
    if not bare(line)[:1].isupper() or len(bare(line).split()) > 4 or line[-1:] in ".,;!?)":
        return False
    words = line.removesuffix(":")
    return ":" not in words and bool(label_kinds(words) or section_kind(words))


def _whole(blocks: list[Block]) -> list[Block]:
    """Lines pasted as paragraphs are whole again, if words are cut at their ends."""
    cut = sum(
        bool(CUT.search(block.text)) and following.text[:1].islower()
        for block, following in pairwise(blocks)
    )
    if cut < 2:
        return blocks
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if last and _goes_on(last, block):
            found[-1] = replace(last, text=unwrapped([last.text, block.text]), marks=())
        else:
            found.append(block)
    return found


def _goes_on(last: Block, block: Block) -> bool:
    plain = last.kind in ("paragraph", "item") and block.kind == "paragraph"
    if not plain or "\t" in last.text + block.text or not block.text[:1].islower():
        return False
    return bool(CUT.search(last.text)) or (len(last.text) > 25 and last.text[-1] not in ".!?:;")


def _row(block: Block) -> Block | None:
    """A line whose parts somebody has set apart with the tabulator."""
    drawn = DRAWN.fullmatch(block.text.strip())
    if block.kind != "paragraph" or not (drawn or TABBED.search(block.text.strip())):
        return None
    cells = tuple(cell.strip() for cell in re.split(r"[|\t]", block.text) if cell.strip(" -:|"))
    if not 2 <= len(cells) <= MOST_CELLS or len(cells[0]) > LONGEST_HEADING:
        return None
    return replace(block, kind="row", text="\t".join(cells), cells=cells, marks=())


def _at_breaks(block: Block) -> list[Block]:
    found, start = [], 0
    for line in block.text.split("\n"):
        marks = tuple(
            (max(a - start, 0), min(b - start, len(line)), mark)
            for a, b, mark in block.marks
            if a < start + len(line) and b > start
        )
        if line.strip():
            found.append(replace(block, text=line, marks=marks))
        start += len(line) + 1
    return found
