"""Organisations in their roles, as they are found one after the other."""

from dataclasses import dataclass, field

from .blocks import Span
from .mention import Mention
from .money import Amount


@dataclass
class Part:
    """An organisation in a role; ``place`` is where it stands in the whole text."""

    mention: Mention
    role: str
    place: Span
    amount: Amount | None = None
    amount_place: Span | None = None
    sure: bool = True
    is_guess: bool = False
    kind: str = ""
    year: int = 0


@dataclass
class Parts:
    """All of them, and which places of the text are told with them."""

    found: list[Part] = field(default_factory=list)
    seen: list[tuple[int, int]] = field(default_factory=list)

    def add(self, part: Part) -> None:
        self.found.append(part)
