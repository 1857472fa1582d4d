"""How an entry lies in the tables: as columns, and as texts kept once for all who have them.

A record's documents for readers of seven languages are mostly one text.
"""

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.conf import settings

from ..entries import Entry
from .base import NOT_STATED, Hit, hit

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


def shown_as(item: Entry) -> str:
    """What is kept to show a document; its facets have a column of their own."""
    kept = {name: value for name, value in item.stored.items() if name != "facets"}
    return json.dumps(kept, ensure_ascii=False)


def filed_as(lines: Iterable[Sequence[str]]) -> str:
    """What documents of one record are filed under. Those of other locales have nearly the same:
    side by side it takes hardly more place than once.
    """
    return "\n".join("\t".join(texts) for texts in zip(*lines, strict=True))


def unfiled(text: str) -> dict[str, list[str]]:
    """Id → texts."""
    ids, *texts = (line.split("\t") for line in text.split("\n"))
    return {id: list(own) for id, *own in zip(ids, *texts, strict=True)}


class Together:
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


def of_all(place: int) -> int:
    """Where the grams that documents filed together have in common are: an even number."""
    return 2 * place


def of_one(document: int) -> int:
    """Where the others of a document are."""
    return 2 * document + 1


def share(values: dict[int, bytes], text: str) -> int:
    """The number that a text is kept under, once however many have it."""
    number = number_of(text)
    if number not in values:
        values[number] = packed(text)
    return number


def packed(text: str) -> bytes:
    return zlib.compress(text.encode(), 1)


def unpacked(value: bytes) -> str:
    return zlib.decompress(value).decode()


def number_of(*texts: str) -> int:
    """A number for texts: the same ones have the same."""
    found = hashlib.blake2b("\0".join(texts).encode(), digest_size=8)
    return int.from_bytes(found.digest(), signed=True)


def kept(value: bytes) -> dict:
    """What :func:`shown_as` made of a document."""
    return json.loads(unpacked(value))


def shown(id: str, kind: str, locale: str, facets: str, value: bytes, score: float) -> Hit:
    values: dict[str, list[str]] = defaultdict(list)
    for pair in facets.split("\n"):
        name, _equals, stated = pair.partition("=")
        values[name].extend([] if stated == NOT_STATED else [stated])
    del values["type"]
    return hit(id, kind, locale, {**kept(value), "facets": dict(values)}, score)
