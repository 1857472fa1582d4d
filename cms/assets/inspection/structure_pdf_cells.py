"""Tables of a PDF whose cells are written one after the other, each with its own lines.

Word processors and report generators do so: what makes a row is that one cell begins at the right
of the other and stands beside it.
"""

import re
from dataclasses import dataclass, field
from itertools import groupby

from .structure_pdf_lines import Line

NEAR = 2.0  # points: as good as the same place
TALL = 1.7  # sizes of letters from one line of a cell to the next
RIGHT = 2.0  # sizes of letters from the beginning of one cell to that of the next, at least
TALLEST = 40  # lines of a cell
CUT = re.compile(r"(?<=[a-zåäö])- (?!(?:ja|tai|sekä|och|eller|and|or)\b)(?=[a-zåäö])")


@dataclass
class Cell:
    """Lines that stand below each other; heights are those of the first and the last."""

    lines: list[Line] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.lines[0].height

    @property
    def bottom(self) -> float:
        return self.lines[-1].height

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def text(self) -> str:
        return CUT.sub("", " ".join(line.text for line in self.lines))

    def takes(self, line: Line) -> bool:
        last = self.lines[-1]
        below = last.height - line.height
        return (
            (line.page, line.size) == (last.page, last.size)
            and abs(line.left - self.left) < NEAR
            and 0 < below < TALL * line.size
        )

    def is_beside(self, before: "Cell") -> bool:
        """Whether it is the next cell of the row that ``before`` is in."""
        size = before.lines[0].size
        return (
            self.lines[0].page == before.lines[0].page
            and self.left > before.left + RIGHT * size
            and self.top >= before.bottom - NEAR
            and before.top >= self.bottom - NEAR
            and max(len(self.lines), len(before.lines)) <= TALLEST
        )


def with_cells(lines: list[Line]) -> list[Line]:
    """The lines, two or more rows that follow each other made to rows of cells."""
    found: list[Line] = []
    for is_row, rows in groupby(_rows(_cells(lines)), key=lambda row: len(row) > 1):
        table = list(rows)
        if is_row and len(table) > 1:
            found += _made(table)
        else:
            found += [line for row in table for cell in row for line in cell.lines]
    return found


def _cells(lines: list[Line]) -> list[Cell]:
    cells: list[Cell] = []
    for line in lines:
        if cells and len(line.pieces) == 1 and cells[-1].takes(line):
            cells[-1].lines.append(line)
        else:
            cells.append(Cell([line]))
    return cells


def _rows(cells: list[Cell]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for cell in cells:
        if rows and cell.is_beside(rows[-1][-1]):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


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
    first = row[0].lines[0]
    cells = [cell.text for cell in row]
    if columns:
        by_column = {min(columns, key=lambda at: abs(at - cell.left)): cell.text for cell in row}
        cells = [by_column.get(at, "") for at in columns]
    line = Line(" ".join(filter(None, cells)), first.size, row[-1].bottom, page=first.page)
    line.pieces = [(cell.left, cell.text) for cell in row]
    line.cells = cells
    return line
