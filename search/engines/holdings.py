"""What the documents of one locale are by, held in memory while the index stays as it is.

Documents are numbered in the order of their titles. A set of them is an integer with a bit for
each: ten thousand are narrowed and counted in microseconds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache, reduce
from operator import or_

from cms.core.lists import members, set_of

from .base import DATED_TYPES, NOT_STATED

HELD = ("id", "type", "starts", "ends", "published", "public_until", "facets", "codes", "filed")
"""Columns of the rows that holdings are made from."""


class Holdings:
    """``rows`` are in the order of titles. Texts of days are as they are in the index."""

    def __init__(self, state: str, rows: Sequence[tuple]) -> None:
        self.state = state
        self.ids = [row[0] for row in rows]
        self.places = {id: place for place, id in enumerate(self.ids)}
        self._days = [row[1:6] for row in rows]
        stated: dict[str, list[int]] = defaultdict(list)
        self.codes: dict[str, list[int]] = defaultdict(list)
        self.filed: dict[int, list[int]] = defaultdict(list)
        for place, (id, *_days, facets, codes, filed) in enumerate(rows):
            self.filed[filed].append(id)
            for pair in facets.split("\n"):
                stated[pair].append(place)
            for code in codes.split():
                self.codes[code].append(place)
        self._facets: dict[str, dict[str, int]] = defaultdict(dict)
        for pair, places in stated.items():
            name, _equals, value = pair.partition("=")
            self._facets[name][value] = set_of(places, len(rows))
        # These change with the day.
        self._statuses = lru_cache(maxsize=2)(self._statuses_on)
        self._visible = lru_cache(maxsize=2)(self._visible_on)
        self._ending = lru_cache(maxsize=2)(self._ending_after)

    def values(self, facet: str, today: date) -> Mapping[str, int]:
        """Value → the documents that have it."""
        if facet == "status":
            return self._statuses(today.isoformat())
        return self._facets.get(facet, {})

    def any_of(self, facet: str, values: Iterable[str], today: date) -> int:
        held = self.values(facet, today)
        return reduce(or_, (held.get(value, 0) for value in values), 0)

    def visible(self, today: date) -> int:
        return self._visible(today.isoformat())

    def _visible_on(self, day: str) -> int:
        gone = (place for place, row in enumerate(self._days) if row[4] and row[4] < day)
        return (1 << len(self.ids)) - 1 & ~set_of(gone, len(self.ids))

    def _statuses_on(self, day: str) -> dict[str, int]:
        """By the rule of ``projects.models.Status.of``; other kinds than projects have none."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, (kind, starts, ends, *_others) in enumerate(self._days):
            if kind in DATED_TYPES:
                if ends and ends < day:
                    status = "ended"
                elif starts and starts > day:
                    status = "upcoming"
                else:
                    status = "running" if starts or ends else NOT_STATED
                found[status].append(place)
        return {status: set_of(places, len(self.ids)) for status, places in found.items()}

    # In which order.

    def ranked(self, chosen: int, sort: str, scores: Mapping[int, float], today: date) -> list[int]:
        """The places of a set by one of ``SORTS``; alike ones by title."""
        if sort == "newest":
            return members(chosen, len(self.ids), self._newest)
        if sort == "ending":
            return members(chosen, len(self.ids), self._ending(today.isoformat()))
        found = members(chosen, len(self.ids), sorted(scores) if scores else range(len(self.ids)))
        if sort == "relevance" and scores:
            found.sort(key=lambda place: -round(scores[place], 6))
        return found

    @cached_property
    def _newest(self) -> list[int]:
        days = [row[3] for row in self._days]
        dated = [place for place, day in enumerate(days) if day]
        dated.sort(key=days.__getitem__, reverse=True)
        return [*dated, *(place for place, day in enumerate(days) if not day)]

    def _ending_after(self, day: str) -> list[int]:
        """Soonest first, then without an end, then the most recently ended."""
        ends = [row[2] for row in self._days]
        past = [place for place, end in enumerate(ends) if end and end < day]
        past.sort(key=ends.__getitem__, reverse=True)
        coming = [place for place, end in enumerate(ends) if end and end >= day]
        coming.sort(key=ends.__getitem__)
        return [*coming, *(place for place, end in enumerate(ends) if not end), *past]
