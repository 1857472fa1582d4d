"""Funders and programmes that every association knows by their short names (``funds.toml``)."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from .vocabulary import joined

TOLD = tomllib.loads(Path(__file__).with_name("funds.toml").read_text("utf-8"))
# A short name is inflected after a colon, mostly.
ENDING = r"(?::?(?:n|lle|lta|ltä|ssa|sta|stä|in|ia|ta|tä|lla|llä|na|s)|'s)?(?![\w+])"


@dataclass(frozen=True)
class Funder:
    """A funder by its name, and how it is written."""

    name: str
    short_name: str
    kind: str
    sign: re.Pattern


@dataclass(frozen=True)
class Programme:
    """A programme of the European Union in Finland. ``signs`` are looked for in a report."""

    name: str
    short_name: str
    fund: str
    first: int
    last: int
    publicity: str
    signs: re.Pattern
    record_url_pattern: str = ""


def _sign(written: str) -> re.Pattern:
    return re.compile(rf"(?<![\w-])(?:{joined(written).replace('~', ENDING)})")


FUNDERS = [
    Funder(each["name"], each["short_name"], each["kind"], _sign(each["written"]))
    for each in TOLD["funders"]
]
PROGRAMMES = [
    Programme(**(each | {"signs": re.compile(joined(each["signs"]))}))
    for each in TOLD["programmes"]
]
