"""Pages of two columns that a scanner read across: the left one first, then the right one."""

import re
from collections import Counter
from itertools import groupby

GAP = re.compile(r"\s{3,}(?=\S)")
FEW = 4
"""Lines with both columns, of which two at least show that they are running text."""
UNEVEN = 3
"""Signs by which the right column may begin earlier or later."""


def in_one_column(lines: list[str]) -> list[str]:
    """The same lines, where a gap in the middle of running text divides them one by one."""
    begin = _begin(lines)
    if not begin:
        return lines
    found: list[str] = []
    halves = [(line, _halves(line, begin)) for line in lines]
    for whole, run in groupby(halves, key=lambda pair: pair[1] is None):
        group = list(run)
        if whole or not any(pair[1] for _line, pair in group):
            found += [line for line, _pair in group]
            continue
        for side in (0, 1):
            found += [*(pair[side] for _line, pair in group), ""]
    return found


def _begin(lines: list[str]) -> int:
    """Where the right column begins; 0 if there is none."""
    gaps = [[gap.end() for gap in GAP.finditer(line) if gap.start()] for line in lines]
    starts = Counter(each[-1] for each in gaps if each)
    begin, _often = max(starts.items(), key=lambda pair: pair[1], default=(0, 0))
    pairs = [pair for line in lines if (pair := _halves(line, begin)) and all(pair)]
    cut = sum(side.endswith("-") and side[-2:-1].isalpha() for pair in pairs for side in pair)
    small = sum(left[:1].islower() and right[:1].islower() for left, right in pairs)
    words = sum(len(left.split()) > 1 for left, _right in pairs)
    is_text = len(pairs) >= FEW and words >= len(pairs) * 0.6
    return begin if is_text and (cut >= 2 or small >= 2) else 0


def _halves(line: str, begin: int) -> tuple[str, str] | None:
    """Of a line in two columns its left and its right part; nothing of one across the page."""
    for gap in GAP.finditer(line):
        if abs(gap.end() - begin) <= UNEVEN:
            return line[: gap.start()].strip(), line[gap.end() :].strip()
    return (line.strip(), "") if len(line.rstrip()) < begin else None
