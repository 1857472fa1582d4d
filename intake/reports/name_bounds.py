"""Where the name of an organisation begins, read backwards from its last word."""

import re

from .vocabulary import VOCABULARY
from .words import Token, classes

OPENING = frozenset(VOCABULARY["words"]["opening"].split())
JOINING = frozenset(("ja", "&", "och", "and", "of", "the", "for", "i", "för", "-ja", "e", "v"))
ENDS = re.compile(r"(?:ry|rf|oy|ab|sr)(?::\w+)?|[\w-]*-keskus|kaupunki|kunta|kommun|stad")
ADJECTIVES = {"laatusana", "nimisana_laatusana"}
LONGEST = 9


def adjacent(text: str, before: Token, after: Token) -> bool:
    """Whether only blanks (or a hyphen of a divided compound) stand between two words."""
    between = text[before.end : after.start]
    return (
        bool(re.fullmatch(r"\s{1,2}|\s?-\s?|\s[–&+]\s|[’']s?\s", between)) and "\n" not in between
    )


def is_name(word: str) -> bool:
    return word[:1].isupper() or (word[:1].isdigit() and not word.isdigit())


def begin(text: str, words: list[Token], place: int, small: int) -> int:
    """The first word of the name that ends before ``place``; ``small`` letters may come last."""
    first, at = place, place - 1
    while at >= 0 and place - at <= LONGEST and adjacent(text, words[at], words[at + 1]):
        word = words[at].text
        sentence_start = at == 0 or not adjacent(text, words[at - 1], words[at])
        if (
            word.lower() in OPENING
            and (sentence_start or not is_name(word))
            and word.lower() not in JOINING
        ):
            break
        if ENDS.fullmatch(word):
            break
        if is_name(word):
            first = at
        elif first == place and small > 0 and _may_be_in_name(word, small):
            small -= 1
        elif not (word.lower() in JOINING and at and _joins(text, words, at, first)):
            break
        at -= 1
    return first


def _may_be_in_name(word: str, small: int) -> bool:
    """Any noun before *ry*; before another head an adjective alone."""
    known = classes(word)
    if small == 1:
        return bool(known & ADJECTIVES)
    return not known or bool(known & ({"nimisana", "paikannimi", "sidesana"} | ADJECTIVES))


def _joins(text: str, words: list[Token], at: int, first: int) -> bool:
    """``Sosiaali- ja terveysala``, ``Kaverit & Co``, ``Marthas of Finland``; not ``A ja B``."""
    before = text[words[at - 1].start : words[at].start]
    if re.search(r"-\s$", before):
        return True
    return words[at].text in ("&", "of", "for", "the", "i", "för") and is_name(words[at - 1].text)
