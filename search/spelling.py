"""Repairing misspelt words with words of the index: *Tarkoititko …?*

The index is asked and not the dictionary: *vertaistukki* is a word (a peer log), just not one that
any text here has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from .analysis import Analyser, QueryForms, normalise
from .engines.base import Engine

SHORTEST = 4
MOST_WORDS = 3
"""Misspelt words that are looked into; a question with more is another language."""
CANDIDATES = 12
KEPT = 2


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A word that no document has, and how far a repair may go from it (edits)."""

    word: str
    reach: int


def doubtful(
    forms: Mapping[str, QueryForms], found: Mapping[str, int], accepted: Iterable[str]
) -> list[Doubtful]:
    """Words whose base forms are in no document, unless a synonym vouches for them.

    One that the dictionary has may still be a slip for another, but of one letter at most.
    """
    accepted, doubts = set(accepted), []
    for word, form in forms.items():
        normal = normalise(word)
        if form.stop or word in accepted or any(found.get(token) for token in form.own):
            continue
        if len(normal) < SHORTEST or not normal.replace("-", "").isalpha():
            continue
        reach = 1 if form.known or len(normal) <= SHORTEST else 2
        doubts.append(Doubtful(word, reach))
    return doubts[:MOST_WORDS]


def repairs(
    doubts: Sequence[Doubtful],
    locale: str,
    analyser: Analyser,
    engine: Engine,
    today: date | None = None,
) -> dict[str, list[str]]:
    """Word → the likeliest words of the index in its place, one or two; nothing if none is near."""
    if not doubts:
        return {}
    similar = engine.similar(locale, [normalise(doubt.word) for doubt in doubts], today)
    near = {
        doubt.word: _near(doubt, similar.get(normalise(doubt.word), []), analyser)
        for doubt in doubts
    }
    lemmas = {
        candidate: analyser.query_forms(candidate).lemmas
        for candidates in near.values()
        for _distance, candidate in candidates
    }
    wanted = [lemma for each in lemmas.values() for lemma in each]
    found = engine.frequencies(locale, wanted, today)
    result = {}
    for word, candidates in near.items():
        ranked = sorted(
            (distance, -max(found.get(lemma, 0) for lemma in lemmas[candidate]), candidate)
            for distance, candidate in candidates
            if any(found.get(lemma) for lemma in lemmas[candidate])
        )
        if ranked:
            nearest = ranked[0][0]
            kept = [candidate for distance, _rank, candidate in ranked if distance == nearest]
            result[word] = kept[:KEPT]
    return result


def _near(doubt: Doubtful, similar: Iterable[str], analyser: Analyser) -> list[tuple[float, str]]:
    """(distance, candidate), the nearest first: the language's own proposals and the index's."""
    word = normalise(doubt.word)
    distances: dict[str, float] = {}
    for candidate in similar:
        distance = OSA.distance(word, candidate, score_cutoff=doubt.reach)
        if 0 < distance <= doubt.reach:
            distances[candidate] = distance
    for candidate in analyser.repairs(word):
        plain = _plain(candidate) == _plain(word)
        distance = 0.5 if plain else OSA.distance(word, candidate)
        if distance <= doubt.reach + 1:
            distances[candidate] = min(distance, distances.get(candidate, distance))
    return sorted((distance, candidate) for candidate, distance in distances.items())[:CANDIDATES]


def _plain(word: str) -> str:
    return word.translate(str.maketrans("äöå", "aoa"))
