"""The signs of a question: quotation marks round an exact phrase, a minus before what is unwanted.

Any marks of any language pair up with each other; one without another is none. A minus counts
before a word or a phrase and after a blank: a hyphen inside a word is a part of it.
"""

import re
from dataclasses import dataclass

MOST = 8
"""Phrases, and words left out, that count."""
_MARKS = '"″＂«»“”„‟‹›「」『』〝〞'
_MINUS = r"\-‐‑‒–—―−﹣－"
_SIGN = re.compile(
    rf"(?P<minus>(?<![^\s])[{_MINUS}])?[{_MARKS}](?P<phrase>[^{_MARKS}]*)[{_MARKS}]"
    rf"|(?<![^\s])[{_MINUS}](?P<word>[^\s{_MINUS}{_MARKS}][^\s{_MARKS}]*)"
)


@dataclass(frozen=True, slots=True)
class Signed:
    """``words``: what is looked for, the phrases' words too."""

    words: str
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Single words in any inflection."""
    without_phrases: tuple[str, ...] = ()


def read_signs(text: str) -> Signed:
    phrases, without, unwanted = [], [], []

    def take(found: re.Match) -> str:
        if found["word"]:
            without.append(found["word"])
        elif found["minus"]:
            unwanted.append(found["phrase"])
        else:
            phrases.append(found["phrase"])
            return f" {found['phrase']} "
        return " "

    words = _SIGN.sub(take, text)
    return Signed(words, *(tuple(each[:MOST]) for each in (phrases, without, unwanted)))
