"""Tables of a PDF: nothing in the file tells them, but where words stand.

What makes a row is that one cell begins at the right of the other and stands beside it, whether
they are written line by line or one after the other, as word processors and report generators do.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from .structure_pdf_lines import Line

WIDE = 0.58  # of a letter's size: a rather wide one
APART = 1.2  # letters between two cells, at least
NEAR = 2.0  # points: as good as the same place
TALL, TALL_IN_ROW = 1.7, 2.2  # sizes of letters from one line of a cell to the next
RIGHT = 2.0  # sizes of letters from the beginning of one cell to that of the next, at least
TALLEST = 40  # lines of a cell
WIDEST = 12  # cells of a row
CUT = re.compile(r"(?<=[a-zåäö])- (?!(?:ja|tai|sekä|och|eller|and|or)\b)(?=[a-zåäö])")


@dataclass(frozen=True)
class Piece:
    """Words of a line, in one column."""

    line: Line
    left: float
    text: str


@dataclass
class Cell:
    """Pieces that stand below each other; heights are those of the first and the last."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def line(self) -> Line:
        return self.pieces[0].line

    @property
    def top(self) -> float:
        return self.line.height

    @property
    def bottom(self) -> float:
        return self.pieces[-1].line.height

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def text(self) -> str:
        return CUT.sub("", " ".join(piece.text for piece in self.pieces))

    def takes(self, piece: Piece, tall: float) -> bool:
        last, line = self.pieces[-1].line, piece.line
        return (
            (line.page, line.size) == (last.page, last.size)
            and abs(piece.left - self.left) < NEAR
            and 0 < last.height - line.height < tall * line.size
        )

    def begins_right_of(self, before: "Cell") -> bool:
        same_page = self.line.page == before.line.page
        return same_page and self.left > before.left + RIGHT * before.line.size

    def is_beside(self, row: list["Cell"]) -> bool:
        """Whether it is the next cell of the row."""
        if len(row) >= WIDEST:
            return False
        top, bottom = max(cell.top for cell in row), min(cell.bottom for cell in row)
        return (
            self.begins_right_of(row[-1])
            and self.top >= bottom - NEAR
            and top >= self.bottom - NEAR
            and max(len(self.pieces), len(row[-1].pieces)) <= TALLEST
        )


def with_rows(lines: list[Line]) -> list[Line]:
    """The lines, those of a table made to rows: a cell of several lines is one again.

    One row alone is a table where its cells begin in columns that other lines have too.
    """
    columns = _columns_of(lines)
    found: list[Line] = []
    for is_row, rows in groupby(_rows(lines, columns), key=lambda row: len(row) > 1):
        table = list(rows)
        if is_row and (len(table) > 1 or all(_is_in(x.left, columns) for x in table[0][1:])):
            found += _made(table)
        else:
            found += _once([piece.line for row in table for cell in row for piece in cell.pieces])
    return found


def _once(lines: list[Line]) -> list[Line]:
    """Lines that stand there once for each of their pieces."""
    return [line for at, line in enumerate(lines) if not at or line is not lines[at - 1]]


def _columns_of(lines: list[Line]) -> list[float]:
    """Where second and further cells begin: once with room before them, and in several lines."""
    apart: set[int] = set()
    seen: Counter[int] = Counter()
    for line in lines:
        for (left, words), (following, _words) in pairwise(line.pieces):
            seen[round(following)] += 1
            if following > left + (len(words) * WIDE + APART) * line.size:
                apart.add(round(following))
    return [float(at) for at in apart if seen[at - 1] + seen[at] + seen[at + 1] > 1]


def _is_in(left: float, columns: list[float]) -> bool:
    return any(abs(left - column) < NEAR for column in columns)


def _divided(line: Line, columns: list[float]) -> list[tuple[float, str]]:
    """The words of a line with the place where they begin, divided where a column begins."""
    cells: list[tuple[float, str]] = []
    for left, words in line.pieces:
        if cells and not _is_in(left, columns):
            cells[-1] = cells[-1][0], f"{cells[-1][1]} {words}"
        else:
            cells.append((left, words))
    return cells


def _rows(lines: list[Line], columns: list[float]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for cell in _cells(lines, columns):
        if len(rows) > 1 and _is_between(cell, *rows[-2:]):
            rows[-2][0].pieces += rows.pop()[0].pieces
        if rows and cell.is_beside(rows[-1]):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


def _is_between(cell: Cell, upper: list[Cell], lower: list[Cell]) -> bool:
    """Whether a cell stands beside two lines, which are one cell then."""
    if len(upper) > 1 or len(lower) > 1 or not cell.begins_right_of(lower[0]):
        return False
    is_one = upper[0].takes(lower[0].pieces[0], TALL_IN_ROW)
    return is_one and lower[0].top + NEAR < cell.top <= upper[0].top + NEAR


def _cells(lines: list[Line], columns: list[float]) -> list[Cell]:
    cells: list[Cell] = []
    for line in lines:
        for left, text in _divided(line, columns):
            piece = Piece(line, left, text)
            is_further = len(cells) > 1 and cells[-1].begins_right_of(cells[-2])
            if cells and cells[-1].takes(piece, TALL_IN_ROW if is_further else TALL):
                cells[-1].pieces.append(piece)
            else:
                cells.append(Cell([piece]))
    return cells


def _made(table: list[list[Cell]]) -> list[Line]:
    columns = _columns(table)
    return [_row(row, columns) for row in table]


def _columns(table: list[list[Cell]]) -> list[float]:
    """Where columns begin; none where that can't be told, as of numbers set to the right."""
    columns: list[float] = []
    for left in sorted(cell.left for row in table for cell in row):
        if not columns or left > columns[-1] + NEAR:
            columns.append(left)
    return columns if len(columns) <= max(map(len, table)) + 1 else []


def _row(row: list[Cell], columns: list[float]) -> Line:
    first = row[0].line
    cells = [cell.text for cell in row]
    if columns:
        by_column = {min(columns, key=lambda at: abs(at - cell.left)): cell.text for cell in row}
        cells = [by_column.get(at, "") for at in columns]
    line = Line(" ".join(filter(None, cells)), first.size, row[-1].bottom, page=first.page)
    line.pieces = [(cell.left, cell.text) for cell in row]
    line.cells = cells
    return line
