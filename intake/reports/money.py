"""Sums of money in running text and in tables, in euro."""

import re
from dataclasses import dataclass
from decimal import Decimal

from cms.core.numbers import AmbiguousNumber, UnreadableNumber, read_number

from .vocabulary import pattern

DIGITS = r"\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
SUM = pattern("money", "SUM")
BARE = re.compile(rf"^\s*(?:n\.\s|noin\s|ca\s|c\.\s)?({DIGITS})\s*(?:,-)?\s*$")
MILLION, THOUSAND = re.compile(r"M|milj|mn|million"), re.compile(r"tuhatta|t€|k€?|tusen")


@dataclass(frozen=True)
class Amount:
    """Euro, and where they stand in what was searched."""

    value: Decimal
    start: int
    end: int

    @property
    def written(self) -> str:
        return f"{self.value:.2f}"


def amounts(text: str) -> list[Amount]:
    found = []
    for match in SUM.finditer(text):
        value = _value(match["n"] or match["m"], match["u"] or match["v"] or "")
        if value is not None and value < 10**10:
            found.append(Amount(value, match.start(), match.end()))
    return found


def amount_of_cell(text: str) -> Amount | None:
    """The sum that a cell holds, with its sign or without."""
    if found := amounts(text):
        return found[0]
    match = BARE.match(text.replace("\n", " "))
    value = _value(match[1], "") if match else None
    return Amount(value, match.start(1), match.end(1)) if value is not None else None


def _value(digits: str, unit: str) -> Decimal | None:
    try:
        value = read_number(" ".join(digits.split()))
    except AmbiguousNumber as error:
        value = error.whole
    except UnreadableNumber:
        return None
    if MILLION.match(unit):
        return value * 1_000_000 if value < 100_000 else None
    return value * 1_000 if THOUSAND.match(unit) and value < 10**7 else value
