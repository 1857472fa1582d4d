"""Whether a word of a name is a place, in whatever case it stands: *Kemin* is Kemi."""

import csv
from functools import lru_cache
from pathlib import Path

from cms.analysis import get_analyser
from cms.analysis.base import words as words_of

DATA = Path(__file__).parents[1] / "data"
LANDS = words_of(
    "savo karjala häme pohjanmaa suomi lappi kymi kymenlaakso kainuu satakunta pirkanmaa uusimaa "
    "ahvenanmaa savolax karelen tavastland österbotten nyland finland lappland kajanaland åland "
    "åboland eurooppa pääkaupunkiseutu huvudstadsregionen finnish karelia lapland"
)
"""Lands and parts of the country that are no region by themselves."""


@lru_cache
def towns() -> dict[str, str]:
    """Code of a municipality by its names in small letters, those that merged too."""
    with (DATA / "municipalities.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    names = ("name_sv", "name_fi")
    return {row[name].casefold(): row["code"] for name in names for row in rows if row[name]}


@lru_cache
def known() -> frozenset[str]:
    """Every word that is a place by itself."""
    with (DATA / "regions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    names = (row[name].casefold() for row in rows for name in ("name_fi", "name_sv", "name_en"))
    single = {name for name in (*names, *towns()) if name.isalpha()}
    return LANDS | single


@lru_cache(20_000)
def forms(word: str) -> frozenset[str]:
    """What the word may be the genitive of, in Finnish and Swedish."""
    found = {word, *get_analyser("fi").forms(word).lemmas}
    return frozenset(found | ({word[:-1]} if word.endswith("s") else set()))


def place_of(word: str) -> str:
    """The place that the word names, in its basic form, or an empty string."""
    return min(forms(word) & known(), default="")


def town_of(words: tuple[str, ...]) -> str:
    """Code of the municipality: *Oulu*, *Oulun kaupunki*, *Uleåborgs stad*, *City of Oulu*."""
    *before, last = words
    if before and last in ("kaupunki", "kunta", "stad", "kommun"):
        words = tuple(before)
    elif words[:2] in (("city", "of"), ("town", "of")):
        words = words[2:]
    return _code(words)


def _code(words: tuple[str, ...]) -> str:
    """A name of several words stands with spaces or hyphens in the list."""
    if not words:
        return ""
    *before, last = words
    found = [mark.join((*before, form)) for form in forms(last) for mark in (" ", "-")]
    return next((towns()[name] for name in found if name in towns()), "")
