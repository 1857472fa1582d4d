"""What is searched: a record's words and facts in one locale, and as an engine keeps it.

Another facet is a name in the list of projects, and what a source states for it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.core.hygiene import clean
from cms.core.numbers import telephone_numbers
from home.models import ContentPage
from news.models import NewsPage
from projects.models import ProjectPage
from projects.public import filters as projects
from publications.models import PublicationPage

FACETS = ("type", *projects.FACETS, "language")
"""Every facet, in the order shown. The status follows from the dates on the day of the question."""
LASTING_FACETS = tuple(
    name
    for name in dict.fromkeys(("theme", "target_group", "municipality", *projects.FACETS))
    if name not in projects.OF_THE_DAY
)
"""Those of projects that do not change with the days: exported, and passed on to publications."""

Filters = Mapping[str, Sequence[str]]
"""Facet → values: any of a facet's values, all of the facets. ``NOT_STATED`` is a value."""


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
    ``numbers``: of telephones, found as codes are and not shown.
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
    numbers: list[str] = field(default_factory=list)
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


NOT_STATED = "-"
"""The facet value of a record that could state the facet and does not."""
DATED_TYPES = ("project",)
"""Types of documents that have a status."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found, as it was when indexed. ``text`` is its beginning, as text."""

    id: str
    key: str
    type: str
    locale: str
    language: str
    title: str
    lead: str
    text: str
    url: str
    codes: list[str]
    facets: dict[str, list[str]]
    start: date | None
    end: date | None
    published: date | None
    score: float = 0.0


def stored(document: SearchDocument, text: str) -> dict[str, Any]:
    """What is kept of a document for showing it."""
    published = document.published
    return {
        "key": document.key,
        "language": document.language,
        "title": clean(document.title),
        "lead": clean(document.lead),
        "text": clean(text),
        "url": clean(document.url),
        "codes": list(map(clean, document.codes)),
        "facets": {name: list(values) for name, values in document.facets.items()},
        "start": document.start.isoformat() if document.start else None,
        "end": document.end.isoformat() if document.end else None,
        "published": published.isoformat()[:10] if published else None,
    }


def hit(id: str, type: str, locale: str, kept: Mapping[str, Any], score: float = 0.0) -> Hit:
    """A hit from what :func:`stored` kept."""
    days = {
        name: date.fromisoformat(kept[name]) if kept.get(name) else None
        for name in ("start", "end", "published")
    }
    texts = {name: kept[name] for name in ("key", "language", "title", "lead", "text", "url")}
    lists = {name: kept[name] for name in ("codes", "facets")}
    return Hit(id=id, type=type, locale=locale, score=score, **texts, **lists, **days)


def telephone_codes(text: str) -> list[str]:
    """The telephone numbers in a text, however written, by what they are found under."""
    return [number.partition(";")[0].lstrip("+") for number in telephone_numbers(text)]


def document_id(kind: str, key: UUID | str, locale: str) -> str:
    return f"{kind}:{key}:{locale}"


@dataclass(frozen=True)
class Kind:
    """What is searched: one of it and all of it by name, and its page if it has one."""

    title: str
    plural: str
    page: type[Page] | None = None


# In the order in which an index is built. Each has its source in ``sources``.
KINDS = {
    "project": Kind(_("Project"), _("Projects"), ProjectPage),
    "publication": Kind(_("Publication"), _("Publications"), PublicationPage),
    "news": Kind(_("News or event"), _("News and events"), NewsPage),
    "person": Kind(_("Person"), _("People")),
    "page": Kind(_("Page"), _("Other pages"), ContentPage),
    "organisation": Kind(_("Organisation"), _("Organisations")),
    "programme": Kind(_("Programme"), _("Programmes")),
    "theme": Kind(_("Theme"), _("Themes")),
    "target_group": Kind(_("Target group"), _("Target groups")),
    "place": Kind(_("Place"), _("Places")),
}
SUGGESTED = (*KINDS, "word")
"""Kinds of what is offered while somebody types, in the order offered."""
PAGE_KINDS = {kind.page: name for name, kind in KINDS.items() if kind.page}


def clean_filters(filters: Filters | None, known: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Facets that exist, each with its distinct values; what is empty does not filter.

    No document has a value with control characters, and not every engine takes them.
    """
    chosen = {}
    for name, values in (filters or {}).items():
        kept = tuple(dict.fromkeys(value if value.isprintable() else "?" for value in values))
        if name in known and kept:
            chosen[name] = kept
    return chosen


def batches(items: Iterable, size: int) -> Iterator[list]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
