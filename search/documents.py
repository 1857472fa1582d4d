"""What an engine is given: a record's words and facts in one locale."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from projects.public import filters as projects

FACETS = ("type", *projects.FACETS, "language")
"""Every facet, in the order shown. The status follows from the dates on the day of the question."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A passage and the language it is written in; "" is the document's own language."""

    text: str
    language: str = ""


@dataclass(slots=True)
class SearchDocument:
    """One record for the readers of one locale.

    ``language`` is the language of the words, which differs from ``locale`` where the record is
    not translated: every record has a document in every locale. Each passage of ``body`` is
    analysed in its own language (a guide's files are in many). ``codes`` are matched exactly
    whatever their case and spacing. ``facets`` hold values that are the same in every locale.
    ``end`` includes an extension. The document is not found after ``public_until``.
    ``suggestions`` are texts to offer while somebody types, by kind: "organisation", "place",
    "person"; the title is offered anyway.
    """

    id: str
    key: str
    type: str
    locale: str
    language: str
    title: str
    lead: str = ""
    body: list[SourceText] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    url: str = ""
    suggestions: dict[str, list[str]] = field(default_factory=dict)
    facets: dict[str, list[str]] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None
    published: date | datetime | None = None
    public_until: date | None = None

    @property
    def fingerprint(self) -> str:
        """Changes with anything in the document: an index is compared with the database by it."""
        body = [(digest(passage.text), passage.language) for passage in self.body]
        others = [getattr(self, name) for name in self.__slots__ if name != "body"]
        return digest(repr((body, others)))


@lru_cache(maxsize=64)
def digest(text: str) -> str:
    """Of a passage that a record's documents in each locale have in common it is made once."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()
