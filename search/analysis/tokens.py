"""Cutting a text into words, the same way for every language and every engine."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_WORD = 64
"""Characters of a word that count; longer runs are noise (and engines limit their terms)."""

# Marks that belong to a word without being letters: combining accents, Arabic vowel signs,
# soft hyphens and joiners. They are matched so that a word stays whole, then dropped or composed.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u00ad\u200b-\u200d\u2060\ufeff"
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_RUN = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
WORD = re.compile(rf"{_RUN}(?:[-‐‑'’ʼ:]{_RUN})*")
_UNLIKE = str.maketrans("‐‑’ʼ", "--''")
_STRAY = re.compile(r"[^\w\-':]|_")
_SPLIT = re.compile(r"[-':]+")


class Token(NamedTuple):
    """A word as it stands in the text, with its place (offsets in characters)."""

    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    for match in WORD.finditer(text):
        yield Token(match[0], match.start(), match.end())


def spelled(text: str) -> list[str]:
    """The words as they stand in the text, without their places."""
    return WORD.findall(text)


def normalise(word: str) -> str:
    """Lower case, one form a character, only letters, digits, ``-'`` and ``:``; cut if endless."""
    word = unicodedata.normalize("NFKC", word.translate(_INVISIBLE)).lower().translate(_UNLIKE)
    if not word.isalnum():
        word = _STRAY.sub("", word).strip("-':")
    return word[:LONGEST_WORD]


def pieces(word: str) -> list[str]:
    """The parts of a word written with hyphens, apostrophes or colons."""
    return [piece for piece in _SPLIT.split(word) if piece]
