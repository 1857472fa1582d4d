"""Words of a report brought to their base forms, and which are names of places or of people."""

import re
from functools import lru_cache

from cms.analysis import get_analyser, voikko
from cms.analysis.base import Token, tokens

__all__ = [
    "Token",
    "analyses",
    "base_of",
    "classes",
    "is_known",
    "is_plural",
    "language_of",
    "lemmas",
    "tokens",
]

STOPS = {
    "fi": frozenset(
        [
            "ja",
            "on",
            "oli",
            "sekä",
            "että",
            "hankkeen",
            "hanke",
            "hankkeessa",
            "ovat",
            "mukaan",
            "myös",
            "joka",
            "kanssa",
        ]
    ),
    "sv": frozenset("och är var för att som projektet av med på till den det ett en har i".split()),  # noqa: SIM905
    "en": frozenset("the and of was is to for in with project by were that a on from are".split()),  # noqa: SIM905
}


@lru_cache(20_000)
def analyses(word: str) -> tuple[tuple[str, str, str], ...]:
    """Of each reading: base form, word class and number; nothing without the dictionary."""
    try:
        found = voikko.handle().analyze(word)
    except voikko.VoikkoMissing:
        return ()
    return tuple((x.get("BASEFORM", ""), x.get("CLASS", ""), x.get("NUMBER", "")) for x in found)


def lemmas(word: str) -> frozenset[str]:
    """Base forms, in small letters."""
    found = frozenset(base.lower() for base, _class, _number in analyses(word) if base)
    return found or frozenset(get_analyser("fi").forms(word).lemmas)


def classes(word: str) -> frozenset[str]:
    return frozenset(word_class for _base, word_class, _number in analyses(word))


def is_known(word: str) -> bool:
    return bool(analyses(word))


def is_plural(word: str) -> bool:
    numbers = {number for _base, _class, number in analyses(word)}
    return numbers == {"plural"}


def base_of(word: str, wanted: re.Pattern) -> str:
    """The base form that is wanted, with the capital letters of the word; nothing if none is."""
    for lemma in sorted(lemmas(word), key=len):
        if wanted.search(lemma):
            return _as_written(lemma, word)
    return ""


def _as_written(lemma: str, word: str) -> str:
    same = 0
    while same < min(len(lemma), len(word)) and lemma[same] == word[same].lower():
        same += 1
    rest = lemma[same:]
    return word[:same] + (rest.upper() if word.isupper() and len(word) > 3 else rest)


def language_of(text: str) -> str:
    """``fi``, ``sv`` or ``en``, by the small words of the beginning."""
    words = [token.text.lower() for token in tokens(text[:8_000])]
    counts = {code: sum(word in stops for word in words) for code, stops in STOPS.items()}
    best = max(counts, key=counts.get)
    return best if counts[best] > counts["fi"] * 1.3 else "fi"
