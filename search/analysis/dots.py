"""Finnish typed on a keyboard without ä and ö: *aitiryhma* for *äitiryhmä*."""

import itertools
from collections.abc import Iterator

DOTTED = {"a": "ä", "o": "ö"}
PLAIN = str.maketrans("äöå", "aoa")
MOST_PLACES = 14
MOST_TURNS = 3
"""A part of a compound has either a, o, u or ä, ö, y: so often may one follow the other."""


def variants(word: str) -> Iterator[str]:
    """The word with ä for some a and ö for some o, first those with the fewest turns."""
    places = [index for index, letter in enumerate(word) if letter in DOTTED][:MOST_PLACES]
    for turns in range(min(MOST_TURNS, len(places) - 1) + 1):
        for ends in itertools.combinations(range(1, len(places)), turns):
            for first in (0, 1):
                bounds = (0, *ends, len(places))
                chosen = {
                    place
                    for number, (start, end) in enumerate(itertools.pairwise(bounds))
                    if number % 2 == first
                    for place in places[start:end]
                }
                if chosen:
                    letters = (DOTTED[x] if i in chosen else x for i, x in enumerate(word))
                    yield "".join(letters)


def lacks_dots(word: str, whole: str) -> bool:
    """Whether ``word`` is ``whole`` with a for some ä or å, or o for some ö, and nothing else."""
    return (
        len(word) == len(whole)
        and word != whole
        and all(
            typed in (meant, meant.translate(PLAIN))
            for typed, meant in zip(word, whole, strict=True)
        )
    )
