"""Repairing misspelt words with words of the index: *Tarkoititko …?*

The index is asked and not the dictionary: *vertaistukki* is a word (a peer log), just not one that
any text here has.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from rapidfuzz.distance import OSA

from .analysis import Analyser, QueryForms, normalise
from .analysis.finnish import lacks_dots
from .engines.base import Engine

SHORTEST = 4
MOST_WORDS = 3
"""Misspelt words that are looked into; a question with more is another language. Words that lack
only their dots do not count."""
CANDIDATES = 12
KEPT = 2


NO_DOTS, NO_DOTS_IN_PARTS = 0.5, 0.75
"""How far a word is from itself with its dots, whole in the index or only its parts."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A word that no document has, and how far a repair may go from it (edits).

    ``dotted``: words that it is if it was typed without å, ä and ö, which is no mistake.
    """

    word: str
    reach: int
    dotted: tuple[str, ...] = ()


def doubtful(
    forms: Mapping[str, QueryForms],
    found: Mapping[str, int],
    accepted: Iterable[str],
    dotted: Callable[[str], tuple[str, ...]],
) -> list[Doubtful]:
    """Words whose base forms are in no document, unless a synonym vouches for them.

    One that the dictionary has may still be a slip for another, but of one letter at most.
    """
    accepted, doubts, misspelt = set(accepted), [], 0
    for word, form in forms.items():
        normal = normalise(word)
        if form.stop or word in accepted or any(found.get(token) for token in form.own):
            continue
        if not normal.replace("-", "").isalpha():
            continue
        reach = 1 if form.known or len(normal) <= SHORTEST else 2
        if len(normal) < SHORTEST or misspelt >= MOST_WORDS:
            reach = 0
        doubt = Doubtful(word, reach, dotted(normal))
        if reach or doubt.dotted:
            doubts.append(doubt)
        misspelt += bool(reach)
    return doubts


def repairs(
    doubts: Sequence[Doubtful],
    locale: str,
    analyser: Analyser,
    engine: Engine,
    forms: Callable[[str], list[QueryForms]],
    today: date | None = None,
) -> dict[str, list[str]]:
    """Word → the likeliest words of the index in its place, one or two; nothing if none is near.

    ``forms`` reads a word as the plan will. A word that only lacked its dots may be in the index by
    the parts of a compound alone.
    """
    if not doubts:
        return {}
    asked = [normalise(doubt.word) for doubt in doubts if doubt.reach]
    similar = engine.similar(locale, asked, today)
    near = {
        doubt.word: _near(doubt, similar.get(normalise(doubt.word), []), analyser)
        for doubt in doubts
    }
    candidates = {candidate for distances in near.values() for candidate in distances}
    wholes = {each: {t for form in forms(each) for t in form.lemmas} for each in candidates}
    parts = {
        each: {t for form in forms(each) for t in (*form.bases, *chain(*form.parts))}
        for distances in near.values()
        for each, distance in distances.items()
        if distance == NO_DOTS
    }
    wanted = sorted(set().union(*wholes.values(), *parts.values()))
    found = engine.frequencies(locale, wanted, today)

    ranked = ((word, _ranked(distances, wholes, parts, found)) for word, distances in near.items())
    return {word: kept for word, kept in ranked if kept}


def _ranked(
    distances: Mapping[str, float],
    wholes: Mapping[str, set[str]],
    parts: Mapping[str, set[str]],
    found: Mapping[str, int],
) -> list[str]:
    """The nearest candidates that documents have, first the most common."""
    ranked = []
    for candidate, distance in distances.items():
        whole, part = (
            max((found.get(token, 0) for token in tokens), default=0)
            for tokens in (wholes[candidate], parts.get(candidate, ()))
        )
        if whole or part:
            ranked.append((distance if whole else NO_DOTS_IN_PARTS, -(whole or part), candidate))
    ranked.sort()
    return [candidate for distance, _n, candidate in ranked if distance == ranked[0][0]][:KEPT]


def _near(doubt: Doubtful, similar: Iterable[str], analyser: Analyser) -> dict[str, float]:
    """Candidate → distance: the language's own proposals and the index's, the nearest few."""
    word = normalise(doubt.word)
    distances: dict[str, float] = dict.fromkeys(doubt.dotted, NO_DOTS)
    for candidate in similar:
        distance = OSA.distance(word, candidate, score_cutoff=doubt.reach)
        if lacks_dots(word, candidate):
            distances[candidate] = NO_DOTS
        elif 0 < distance <= doubt.reach:
            distances.setdefault(candidate, distance)
    for candidate in analyser.repairs(word) if doubt.reach else ():
        distance = NO_DOTS if lacks_dots(word, candidate) else OSA.distance(word, candidate)
        if distance <= doubt.reach + 1:
            distances[candidate] = min(distance, distances.get(candidate, distance))
    nearest = sorted((distance, candidate) for candidate, distance in distances.items())
    return {candidate: distance for distance, candidate in nearest[:CANDIDATES]}
