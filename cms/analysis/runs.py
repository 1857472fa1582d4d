"""Which words stand in a text, and which stand together: a token for each, the same length for all.

An index that only knows whether a document has a token then knows exact phrases, and what to leave
out, without keeping the places of words. Up to ``LONGEST_RUN`` words are one token; a longer phrase
is its overlapping runs. The words are as written but for case and what the language's ``fold``
leaves out; a lemma has a token of its own, so that a word can be left out in every inflection.
"""

from base64 import b32encode
from collections.abc import Iterator
from zlib import crc32

from .base import Analyser, Forms, normalise, tokens

LONGEST_RUN = 3
REVISION = 1
"""Raised whenever the tokens change: indexes are then stale."""


def _token(text: str) -> str:
    """Thirty bits of the text, with a sign that begins no other token."""
    return "_" + b32encode(crc32(text.encode("utf-8", "replace")).to_bytes(4))[:6].decode().lower()


def lemma_token(lemma: str) -> str:
    return _token(f"={lemma}")


def words_of(analyser: Analyser, text: str) -> list[str]:
    normal = (normalise(token.text) for token in tokens(text))
    return [analyser.fold(word) for word in normal if word]


def _runs(words: list[str], lengths: range) -> Iterator[str]:
    for length in lengths:
        for start in range(len(words) - length + 1):
            yield _token(" ".join(words[start : start + length]))


def run_tokens(analyser: Analyser, text: str) -> list[str]:
    """What a text is filed under: each of its runs, and each lemma."""
    words = words_of(analyser, text)
    forms: Iterator[Forms] = map(analyser.forms, dict.fromkeys(words))
    lemmas = dict.fromkeys(lemma for each in forms for lemma in each.lemmas)
    return list(
        dict.fromkeys([*_runs(words, range(1, LONGEST_RUN + 1)), *map(lemma_token, lemmas)])
    )


def phrase_tokens(analyser: Analyser, phrase: str) -> tuple[str, ...]:
    """Those that a text must have to have the phrase."""
    words = words_of(analyser, phrase)
    length = min(len(words), LONGEST_RUN)
    return tuple(dict.fromkeys(_runs(words, range(length, length + 1)))) if words else ()
