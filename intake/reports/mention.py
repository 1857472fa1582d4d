"""An organisation that a text names, and how its name is written in a register."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .vocabulary import cues

KINDS = cues("organisation_kinds")


@dataclass(frozen=True)
class Mention:
    """An organisation somewhere in the text: ``start`` and ``end`` count in what was searched."""

    name: str
    start: int
    end: int
    short_name: str = ""
    kind: str = ""
    municipality: str = ""

    def moved(self, by: int) -> "Mention":
        return replace(self, start=self.start + by, end=self.end + by)


def without_overlaps(found: list[Mention]) -> Iterator[Mention]:
    """Of two that overlap the one that is known by its short name, else the longer."""
    taken: list[Mention] = []
    for each in sorted(found, key=lambda x: (not x.short_name, x.start - x.end, x.start)):
        if all(each.end <= other.start or each.start >= other.end for other in taken):
            taken.append(each)
            yield each


def tidy_name(name: str) -> str:
    """As it would be written in a register."""
    name = re.sub(r"^[Tt]he\s", "", name)
    name = re.sub(r"\s*\n\s*|\s+", " ", name).strip(" ,;:–—-•*\"”“'’")
    name = re.sub(r"^(\w+)\s-\s?(ja)\s", r"\1- \2 ", name)
    return re.sub(r"\s+([.,])", r"\1", name)


def kind_of(name: str) -> str:
    """The kind of organisation that its name shows."""
    name = name.lower().strip()
    if re.search(r"\b(?:ry|rf|r\.y\.?|r\.f\.?)$", name):
        return "association"
    return next((kind for kind, sign in KINDS if sign.search(name)), "other")
