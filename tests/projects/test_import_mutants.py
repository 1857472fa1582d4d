"""Each sample file with one node gone, doubled or of another kind: read, or refused by name."""

import copy
import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from projects import importing
from projects.importing.checking import check_code, check_slugs, read_project
from projects.importing.reading import Source
from projects.importing.run import Run

pytestmark = pytest.mark.one_database

SAMPLE = Path(importing.__file__).parents[1] / "sample"
FILES = sorted(path for path in SAMPLE.glob("*.yaml") if path.stem != "site")
VALUES = [
    *("", "x", " ", "x\n", "2021-02-30", "x" * 70_000, "٣", "javascript:alert(1)", "../../x.png"),
    *("<p>a</p>", "<ul><li>a<ul><li>b</li></ul></li></ul>", '<a href="project:nowhere">x</a>'),
    *(12, -1, 10**17, Decimal("1.5"), Decimal("NaN"), float("inf"), True, None),
    *([], {}, ["x"], {"x": "y"}, [[[]]], [None]),
]  # fmt: skip
TRIALS = 100


def gone(parent, place) -> None:
    del parent[place]


def twice(parent, place) -> None:
    if isinstance(parent, list):
        parent.insert(place, copy.deepcopy(parent[place]))
    else:
        parent[f"{place}x"] = parent[place]


def replaced(value) -> Callable:
    def replace(parent, place) -> None:
        parent[place] = copy.deepcopy(value)

    return replace


CHANGES = [gone, twice, *map(replaced, VALUES)]


def nodes(value, path: tuple = ()) -> Iterator[tuple]:
    if path:
        yield path
    pairs = value.items() if isinstance(value, dict) else ()
    for place, child in enumerate(value) if isinstance(value, list) else pairs:
        yield from nodes(child, (*path, place))


class Given(Source):
    """A file whose content is at hand; lines are those of the file on the disk."""

    def __init__(self, path: Path, value) -> None:
        super().__init__(path)
        self.given = value

    def read(self, report) -> bool:
        self.value = self.given
        return True


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_mutant_is_read_or_refused_by_name(path):
    draw = random.Random(path.stem)
    source = Source(path)
    first = Run()
    assert source.read(first.report)
    paths, refused = list(nodes(source.value)), 0
    for _trial in range(TRIALS):
        value = copy.deepcopy(source.value)
        *parents, last = draw.choice(paths)
        parent = value
        for part in parents:
            parent = parent[part]
        draw.choice(CHANGES)(parent, last)
        run = Run()
        run.library.checked = first.library.checked
        given = Given(path, value)
        checked = read_project(given, run)
        if checked:
            check_slugs(checked, given, run)
            check_code(checked.project, given, run)
        run.check_references()
        assert checked or run.report.faults
        for fault in run.report.faults:
            assert path.name in str(fault)
            assert fault.message
            assert fault.field or fault.line
        refused += bool(run.report.faults)
    assert refused > TRIALS / 3
