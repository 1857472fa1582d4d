"""How documents lie in the tables and in memory.

An entry is columns of a row, and texts kept once for all who have them: a record's documents for
readers of seven languages are mostly one text.
"""

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache, reduce
from operator import or_

from django.conf import settings

from cms.core.lists import members, set_of

from ..documents import DATED_TYPES, NOT_STATED, Hit, hit
from .ingest import Entry

COMMON = ""
"""Stands in place of an id for what documents of a record have in common."""
EVERYWHERE = ""
"""Stands in place of a locale for words that readers of every one may meet."""
FOREVER = "9999-12-31"
"""The last public day of words in a document without one."""


def columns(item: Entry) -> dict[str, str | None]:
    facets = (f"{name}={value}" for name, values in item.facets.items() for value in values)
    return {
        "doc_id": item.id,
        "locale": item.locale,
        "type": item.type,
        "starts": item.start,
        "ends": item.end,
        "published": item.published,
        "public_until": item.public_until,
        "title_sort": item.title_sort,
        "fingerprint": item.fingerprint,
        "facets": "\n".join(facets),
        "codes": " ".join(item.codes),
    }


def filed_as(lines: Iterable[Sequence[str]]) -> bytes:
    """What documents of one record are filed under. Those of other locales have nearly the same:
    side by side it takes hardly more place than once.
    """
    text = "\n".join("\t".join(texts) for texts in zip(*lines, strict=True))
    return zlib.compress(text.encode(), 1)


def unfiled(value: bytes) -> dict[str, list[str]]:
    """Id → texts."""
    text = zlib.decompress(value).decode()
    ids, *texts = (line.split("\t") for line in text.split("\n"))
    return {id: list(own) for id, *own in zip(ids, *texts, strict=True)}


class RecordGroup:
    """Documents of one record that are filed together: what they have in common is kept once.

    ``until``: the last public day, if there is one document for each language of the site.
    ``each``: (entry, the words that it has besides, the grams that it has besides).
    """

    def __init__(self, group: Sequence[Entry]) -> None:
        days, readers = {x.public_until for x in group}, {x.locale for x in group}
        everybody = readers >= {code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES}
        self.until = (max(days) or FOREVER) if everybody and len(days) == 1 else ""
        said, pieces = [set(x.words) for x in group], [set(x.grams) for x in group]
        self.words = set.intersection(*said) if self.until else set()
        grams = set.intersection(*pieces)
        self.grams = " ".join(sorted(grams))
        self.each = [
            (item, sorted(its_words - self.words), " ".join(sorted(its_grams - grams)))
            for item, its_words, its_grams in zip(group, said, pieces, strict=True)
        ]


def share(values: dict[int, bytes], item: Entry) -> int:
    """The number that what shows a document is kept under, once however many have the same.

    Its facets have a column of their own.
    """
    kept = {name: value for name, value in item.stored.items() if name != "facets"}
    text = json.dumps(kept, ensure_ascii=False)
    number = number_of(text)
    if number not in values:
        values[number] = zlib.compress(text.encode(), 1)
    return number


def number_of(*texts: str) -> int:
    """A number for texts: the same ones have the same."""
    found = hashlib.blake2b("\0".join(texts).encode(), digest_size=8)
    return int.from_bytes(found.digest(), signed=True)


def kept(value: bytes) -> dict:
    """What :func:`share` kept of a document."""
    return json.loads(zlib.decompress(value))


def shown(id: str, kind: str, locale: str, facets: str, value: bytes, score: float) -> Hit:
    values: dict[str, list[str]] = defaultdict(list)
    for pair in facets.split("\n"):
        name, _equals, stated = pair.partition("=")
        values[name].extend([] if stated == NOT_STATED else [stated])
    del values["type"]
    return hit(id, kind, locale, {**kept(value), "facets": dict(values)}, score)


HELD = ("id", "type", "starts", "ends", "published", "public_until", "facets", "codes", "filed")
"""Columns of the rows that a snapshot is made from."""


class Snapshot:
    """What the documents of one locale are by, held in memory while the index stays as it is.

    Documents are numbered in the order of their titles. A set of them is an integer with a bit for
    each: ten thousand are narrowed and counted in microseconds.

    ``rows`` are in the order of titles. Texts of days are as they are in the index.
    """

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
        self.visible = lru_cache(maxsize=2)(self._visible_on)
        self._ending = lru_cache(maxsize=2)(self._ending_after)

    def values(self, facet: str, today: date) -> Mapping[str, int]:
        """Value → the documents that have it."""
        if facet == "status":
            return self._statuses(today.isoformat())
        return self._facets.get(facet, {})

    def any_of(self, facet: str, values: Iterable[str], today: date) -> int:
        held = self.values(facet, today)
        return reduce(or_, (held.get(value, 0) for value in values), 0)

    def _visible_on(self, today: date) -> int:
        day = today.isoformat()
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
