"""Few and many projects: what a page, the list, a search and a row of CSV cost then.

Figures are ratios of CPU time, 50 projects being 1.
"""

from collections.abc import Iterator
from contextlib import ExitStack

from . import texts
from .sites import KATTO, site
from .visitor import Course, Visitor, in_turn, ratio, uncached

SIZES = (50, 500, 5_000, 10_000)
REQUESTS = 25


def pages(size: int) -> dict[str, list[str]]:
    last = size // 20
    return {
        "project": [f"/fi/hankkeet/{texts.project(n).slug}/" for n in range(size)],
        "list, first page": ["/fi/hankkeet/"],
        "list, middle page": [f"/fi/hankkeet/?page={max(1, last // 2)}"],
        "list, last page": [f"/fi/hankkeet/?page={last}"],
        "list, filtered": ["/fi/hankkeet/?theme=theme-1&status=ended"],
        "search, common word": [f"/fi/haku/?q={texts.COMMON}"],
        "search, rare word": [f"/fi/haku/?q={texts.RARE}"],
    }


def run(sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    with ExitStack() as stack:
        visitors = {
            size: stack.enter_context(stack.enter_context(site(KATTO, size)).serve())
            for size in sizes
        }
        yield f"{'':22} {''.join(f'{size:>12}' for size in sizes)} projects"
        for name in pages(sizes[0]):
            courses = [
                Course(visitor, uncached(pages(size)[name]), REQUESTS)
                for size, visitor in visitors.items()
            ]
            in_turn(courses)
            figures = (f"{ratio(each, courses[0]):.2f} × " for each in courses)
            yield f"{name:22} {''.join(f'{each:>12}' for each in figures)} ({courses[0]} ms)"
        for name, path in {"CSV of the search": "/fi/haku/hits.csv"}.items():
            costs = (f"{row(visitor, path):.2f} ms" for visitor in visitors.values())
            yield f"{name:22} {''.join(f'{each:>12}' for each in costs)} a row"


def row(visitor: Visitor, path: str) -> float:
    """CPU milliseconds of a row, the heading not counted; the least of three answers."""
    rows = visitor.get(path).count(b"\n") - 1
    repeats = max(1, 2000 // rows)
    return min(visitor.cost([path] * repeats) for _round in range(3)) / rows
