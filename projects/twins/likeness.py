"""How near two names are that are not the same: a slip, another order, a word left out.

What tells things apart is looked at before letters are counted: two branches of one association
differ in a few letters, and are two.
"""

from collections import Counter

from rapidfuzz.distance import OSA

from .names import DIRECTIONS, Name, numbers, plain
from .places import place_of

REORDERED, MARKS, SLIP, DOUBTFUL_SLIP, UNIT, LEFT_OUT = 0.96, 0.95, 0.92, 0.84, 0.8, 0.78
Words = tuple[str, ...]
LONG = 9
"""Letters of a word in which one wrong letter makes no other word."""


def of_organisations(one: Name, other: Name) -> float:
    """From 0 (not the same) to 1."""
    if one.unit != other.unit and one.head == other.head:
        return UNIT
    score = of_words((*one.words, *one.unit), (*other.words, *other.unit))
    if one.form and other.form and one.form != other.form:
        return min(score, DOUBTFUL_SLIP)
    return score


def of_titles(one: Name, other: Name) -> float:
    return of_words(one.words, other.words)


def of_terms(one: Name, other: Name) -> float:
    """*Young people* and *young adults* are two: only a slip makes one of them."""
    return of_words(one.words, other.words, may_lack=False)


def of_people(one: Name, other: Name) -> float:
    """A letter is enough to be somebody else; an initial may stand for a first name."""
    if sorted(one.words) == sorted(other.words):
        return REORDERED
    score = of_words(one.words, other.words, may_lack=False)
    if score:
        return MARKS if score == MARKS else DOUBTFUL_SLIP
    shorter, longer = sorted((one.words, other.words), key=lambda words: len("".join(words)))
    if min(len(shorter), len(longer)) < 2 or shorter[-1] != longer[-1]:
        return 0
    initials = all(long.startswith(short) for short, long in zip(shorter, longer, strict=False))
    return LEFT_OUT if initials and (len(shorter[0]) == 1 or len(shorter) < len(longer)) else 0


def of_words(one: Words, other: Words, may_lack: bool = True) -> float:
    """``may_lack``: whether a word left out makes a likely twin."""
    if not one or not other or numbers(one) != numbers(other):
        return 0
    left = list((Counter(one) - Counter(other)).elements())
    right = list((Counter(other) - Counter(one)).elements())
    if not left and not right:
        return REORDERED
    score = _written_apart(left, right, one[0])
    if not score and left and right:
        score = _slips(left, right, one[0])
    if not score and may_lack and not (left and right):
        score = _left_out(left or right, len(one) + len(other))
    return score


def _written_apart(left: list[str], right: list[str], first: str) -> float:
    """*e-oppimiskeskus* and *eOppimiskekus*: what differs, written in one."""
    if len(left) == len(right) and len(left) > 1:
        return 0
    return _slip("".join(left), "".join(right), first) if left and right else 0


def _slips(left: list[str], right: list[str], first: str) -> float:
    """Each word that differs has its like on the other side."""
    if len(left) != len(right) or len(left) > 2:
        return 0
    others, scores = list(right), []
    for word in left:
        nearest = min(others, key=lambda other, word=word: OSA.distance(word, other))
        others.remove(nearest)
        scores.append(_slip(word, nearest, first))
    return min(scores)


def _slip(word: str, other: str, first: str) -> float:
    if any(map(str.isdigit, word + other)):
        return 0
    if plain(word) == plain(other):
        return MARKS
    length = min(len(word), len(other))
    far = OSA.distance(plain(word), plain(other))
    if far > (2 if length >= LONG else 1) or length < 4:
        return 0
    if {word, other} & DIRECTIONS:
        return 0
    places = place_of(word), place_of(other)
    if all(places):
        return 0
    if far == 1 and length >= LONG and not any(places) and word != first:
        return SLIP
    return DOUBTFUL_SLIP


def _left_out(extra: list[str], words: int) -> float:
    """One word in two or more; a place or a point of the compass is never left out."""
    shared = (words - len(extra)) // 2
    if len(extra) > 1 + shared // 3 or shared < 2:
        return 0
    return 0 if any(word in DIRECTIONS or place_of(word) for word in extra) else LEFT_OUT
