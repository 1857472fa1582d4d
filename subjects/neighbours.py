"""Which municipalities and regions lie side by side."""

import csv
from functools import lru_cache

from django.conf import settings

from projects.public import registers

FILE = settings.BASE_DIR / "projects" / "data" / "neighbours.csv"


@lru_cache(maxsize=1)
def beside() -> dict[str, tuple[str, ...]]:
    """Code of a municipality → codes of those that it has a border with."""
    with FILE.open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["code"]: tuple(row["neighbours"].split()) for row in rows}


def neighbours(kind: str, code: str) -> list[str]:
    """Codes of the places of the same kind beside this one."""
    if kind == "municipality":
        return list(beside().get(code, ()))
    regions = {town.code: town.region.code for town in registers().municipalities.values()}
    pairs = (
        (regions.get(town), near) for town, near_ones in beside().items() for near in near_ones
    )
    return sorted({regions[near] for own, near in pairs if own == code} - {code})
