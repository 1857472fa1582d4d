"""Project files gone wrong by one node: deleted, doubled, renamed, or of another type or form."""

import copy
import random
from decimal import Decimal
from itertools import islice

from projects.importing.reading import Source

DELETE, TWICE, REVERSE, RENAME = (object() for _ in range(4))
NESTED = "<ul><li>a<ul><li>b</li></ul></li></ul>"
VALUES = [
    *(DELETE, TWICE, REVERSE, RENAME, "", " ", "x", "x\n", "silta", "٣", "x" * 70000),
    *(
        "2021-02-30",
        'https://example.org/"',
        "<p>a</p>",
        NESTED,
        '<p><a href="project:x">x</a></p>',
    ),
    *("a & b < c \u2028 &amp; \u00ad", 0, -1, 12, 10**17, Decimal("1.5"), True, False),
    *([], ["x"], {}, {"x": "y"}),
]


def nodes(value, path: tuple = ()):
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from nodes(inner, (*path, key))


def mutant(data: dict, path: tuple, value):
    """A copy with this node changed, or None where the change makes no sense."""
    data = copy.deepcopy(data)
    parent = data
    for part in path[:-1]:
        parent = parent[part]
    last = path[-1]
    if value is DELETE:
        del parent[last]
    elif value is TWICE and isinstance(parent, list):
        parent.insert(last, copy.deepcopy(parent[last]))
    elif value is REVERSE and isinstance(parent[last], list):
        parent[last].reverse()
    elif value is RENAME and isinstance(parent, dict):
        parent[f"{last}x"] = parent.pop(last)
    elif value in (TWICE, REVERSE, RENAME):
        return None
    else:
        parent[last] = copy.deepcopy(value)
    return data


def mutants(data: dict, count: int, seed: int):
    """``(path, value, mutant)``, the same ones each time."""
    chosen = [(path, value) for path in nodes(data) for value in VALUES]
    random.Random(seed).shuffle(chosen)
    made = ((path, value, mutant(data, path, value)) for path, value in chosen)
    return islice((one for one in made if one[2] is not None), count)


class Given(Source):
    """A file whose value is given, for speed: its lines are not known."""

    def __init__(self, path, value):
        super().__init__(path)
        self.given = value

    def read(self, report) -> bool:
        self.value = copy.deepcopy(self.given)
        return True
