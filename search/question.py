"""A visitor's question: one object that ignores nonsense, and what may have been meant by it.

The whole state is in the address. Misspelt words are repaired with words of the index (*Tarkoititko
…?*) and not of the dictionary: *vertaistukki* is a word (a peer log), just not one that any text
here has.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from urllib.parse import urlencode

from django.http import QueryDict
from rapidfuzz.distance import OSA

from cms.analysis import Analyser, QueryForms, normalise
from cms.analysis.finnish import lacks_dots
from cms.core.hygiene import clean
from cms.core.lists import page_number

from .documents import FACETS
from .engines.base import SORTS, Engine

MAX_QUERY = 300
"""Characters of a query that are read; nobody's question is longer."""
MAX_VALUES = 40
"""Values of one facet that are read."""
VALUE = re.compile(r"[\w-]{1,64}")
MARKS = re.compile(r"[\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean_query(text: str) -> str:
    """The question without what nobody sees: control characters, direction marks, lone halves."""
    return " ".join(clean(MARKS.sub(" ", text[: 4 * MAX_QUERY])).split())[:MAX_QUERY].strip()


@dataclass(frozen=True)
class SearchParameters:
    """What is asked: words, chosen facet values (any of a facet, all facets), order, page."""

    query: str = ""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1

    @classmethod
    def from_query(cls, data: QueryDict) -> "SearchParameters":
        facets = {}
        for name in FACETS:
            values = (value for value in data.getlist(name)[: 4 * MAX_VALUES])
            kept = dict.fromkeys(value for value in values if VALUE.fullmatch(value))
            if kept:
                facets[name] = tuple(list(kept)[:MAX_VALUES])
        sort = data.get("sort", "")
        return cls(
            query=clean_query(data.get("q", "")),
            facets=facets,
            sort=sort if sort in SORTS else "relevance",
            page=page_number(data.get("page", "")),
        )

    @property
    def order(self) -> str:
        """How to sort: without words nothing is more relevant than the newest."""
        return "newest" if self.sort == "relevance" and not self.query else self.sort

    def query_string(self) -> str:
        """The address of this state, in one fixed order; "" for the empty one."""
        pairs = [("q", self.query)] if self.query else []
        pairs += [(name, value) for name in FACETS for value in self.facets.get(name, ())]
        if self.sort != "relevance":
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", self.page))
        return urlencode(pairs)

    @property
    def url(self) -> str:
        """Relative to the search page, so that one state has one address in each language."""
        return f"?{self.query_string()}"

    def on_page(self, page: int) -> "SearchParameters":
        return replace(self, page=page)

    def toggled(self, name: str, value: str) -> "SearchParameters":
        """The state after choosing the value, or after letting go of it."""
        values = self.facets.get(name, ())
        chosen = tuple(item for item in values if item != value)
        if len(chosen) == len(values):
            chosen = (*values, value)
        facets = {**self.facets, name: chosen}
        kept = {key: values for key, values in facets.items() if values}
        return replace(self, facets=kept, page=1)


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
) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Word → the likeliest words of the index in its place, one or two; nothing if none is near.

    And what the index has of all that were thought of: token → documents. ``forms`` reads a word as
    the plan will. A word that only lacked its dots may be in the index by the parts of a compound
    alone.
    """
    if not doubts:
        return {}, {}
    asked = [normalise(doubt.word) for doubt in doubts if doubt.reach]
    similar = engine.similar(locale, asked, today)
    near = {
        doubt.word: _near(doubt, similar.get(normalise(doubt.word), []), analyser)
        for doubt in doubts
    }
    read = {candidate: forms(candidate) for distances in near.values() for candidate in distances}
    wholes = {each: {t for form in read[each] for t in form.lemmas} for each in read}
    parts = {
        each: {t for form in read[each] for t in (*form.bases, *chain(*form.parts))}
        for distances in near.values()
        for each, distance in distances.items()
        if distance == NO_DOTS
    }
    tokens = {token for each in chain(*read.values()) for token in each.tokens}
    found = engine.frequencies(locale, sorted(tokens.union(*parts.values())), today)

    ranked = ((word, _ranked(distances, wholes, parts, found)) for word, distances in near.items())
    return {word: kept for word, kept in ranked if kept}, found


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
