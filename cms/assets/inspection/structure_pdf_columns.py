"""Where the columns of a PDF's tables begin: nothing in the file tells it."""

from collections import Counter
from itertools import pairwise

from .structure_pdf_lines import Line

WIDE = 0.58  # of a letter's size: a rather wide one
APART = 1.2  # letters between two cells, at least
NEAR = 2.0  # points: as good as the same place


def columns_of(lines: list[Line]) -> list[float]:
    """Where second and further cells begin: once with room before them, and in several lines."""
    apart: set[int] = set()
    seen: Counter[int] = Counter()
    for line in lines:
        for (left, words), (following, _words) in pairwise(line.pieces):
            seen[round(following)] += 1
            if following > left + (len(words) * WIDE + APART) * line.size:
                apart.add(round(following))
    return [float(at) for at in apart if seen[at - 1] + seen[at] + seen[at + 1] > 1]


def is_in(left: float, columns: list[float]) -> bool:
    return any(abs(left - column) < NEAR for column in columns)


def divided(line: Line, columns: list[float]) -> list[tuple[float, str]]:
    """The words of a line with the place where they begin, divided where a column begins."""
    cells: list[tuple[float, str]] = []
    for left, words in line.pieces:
        if cells and not is_in(left, columns):
            cells[-1] = cells[-1][0], f"{cells[-1][1]} {words}"
        else:
            cells.append((left, words))
    return cells
