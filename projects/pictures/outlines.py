"""Outlines of regions and municipalities, as ``manage.py draw_outlines`` makes them.

From the National Land Survey of Finland's open data of 2024 (CC BY 4.0): whoever shows them names
it. Paths have whole coordinates, the first of a ring absolute and all others relative.
"""

import json
import re
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings

FILE = settings.BASE_DIR / "projects" / "data" / "outlines.json"
NUMBER = re.compile(r"-?\d+")


class Box(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int

    width = property(lambda self: self.right - self.left)
    height = property(lambda self: self.bottom - self.top)
    middle = property(lambda self: ((self.left + self.right) // 2, (self.top + self.bottom) // 2))


class Outline(NamedTuple):
    """``boxes``: of the whole, then of the largest of its parts."""

    path: str
    whole: Box
    largest: Box


@lru_cache(maxsize=1)
def outlines() -> dict[str, dict[str, Outline]]:
    """ "region" and "municipality" → code → outline."""
    drawn = json.loads(FILE.read_text(encoding="utf-8"))
    names = {"region": "regions", "municipality": "municipalities"}
    return {
        kind: {code: _outline(path) for code, path in drawn[name].items()}
        for kind, name in names.items()
    }


def _outline(path: str) -> Outline:
    boxes = [_box(ring) for ring in path.split("z") if ring]
    return Outline(path, around(boxes), max(boxes, key=lambda box: box.width * box.height))


def _box(ring: str) -> Box:
    numbers = list(map(int, NUMBER.findall(ring)))
    xs, ys = [numbers[0]], [numbers[1]]
    for step_x, step_y in zip(numbers[2::2], numbers[3::2], strict=True):
        xs.append(xs[-1] + step_x)
        ys.append(ys[-1] + step_y)
    return Box(min(xs), min(ys), max(xs), max(ys))


def around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
