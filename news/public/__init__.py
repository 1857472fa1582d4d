"""What the public sees of news and events: all items with their facts, held for a content epoch.

An item is one thing in all languages: facts are read once, from the page that carries them, and
words from every page that anybody may see. Lists, sections, feeds and calendars ask
:func:`items`; whether an event is past follows from the day alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation

from cms.core.content_epoch import held
from cms.core.languages import best_version, language_codes
from cms.core.routing import url_parts
from projects.public import registers
from projects.public.listing import Card as ProjectCard
from projects.public.listing import cards

from ..models import EVENT_FIELDS, NewsOrganisation, NewsPage, NewsProject
from . import when

COLUMNS = ("day", "start_time", "last_day", "end_time", "link", "is_cancelled", "image_id", "place")


class Words(NamedTuple):
    """A public page of an item in one language."""

    language_code: str
    pk: int
    title: str
    lead: str
    place: str
    image_alt: str
    url_path: str
    modified: datetime | None

    @property
    def url(self) -> str:
        parts = url_parts(self.url_path)
        return parts[2] if parts else ""


@dataclass(frozen=True, slots=True)
class Item:
    """The facts of one item. ``projects`` and ``organisations``: translation keys, in order."""

    key: UUID
    day: date
    start_time: time | None = None
    last_day: date | None = None
    end_time: time | None = None
    link: str = ""
    is_cancelled: bool = False
    image_id: int | None = None
    place: str = ""
    projects: tuple[UUID, ...] = ()
    organisations: tuple[UUID, ...] = ()

    @classmethod
    def of_page(cls, page: NewsPage) -> Self:
        """Of the page in hand, saved or not; rows without what they are for are not."""
        projects = (row.project.translation_key for row in page.projects.all() if row.project_id)
        rows = (row for row in page.organisations.all() if row.organisation_id)
        organisations = (row.organisation.translation_key for row in rows)
        columns = (getattr(page, name) for name in COLUMNS)
        return cls(page.translation_key, *columns, tuple(projects), tuple(organisations))

    @property
    def is_event(self) -> bool:
        return any(getattr(self, name) for name in EVENT_FIELDS)

    @property
    def end(self) -> date:
        return self.last_day or self.day

    def is_over(self, today: date) -> bool:
        """An event of today is not over before the day is."""
        return self.is_event and self.end < today


@dataclass
class Card:
    """An item in the best language for a reader of ``language``: that of its ``words``."""

    item: Item
    words: Words
    language: str
    image: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.words, name)

    @property
    def key(self) -> UUID:
        return self.item.key

    @property
    def place(self) -> str:
        return self.words.place or self.item.place

    @property
    def when(self) -> str:
        return when.told(self.item, self.language)

    @property
    def is_over(self) -> bool:
        return self.item.is_over(timezone.localdate())

    @property
    def projects(self) -> list[ProjectCard]:
        return cards(self.item.projects, self.language)

    @property
    def organisations(self) -> list:
        return organisations_of(self.item, self.language)


def organisations_of(item: Item, language: str) -> list:
    """The records for the reader; a draft of one says nothing."""
    known = registers().organisations
    found = (known.by_key(key, language) for key in item.organisations)
    return [record for record in found if record is not None]


class Items:
    """Every public item; ``news`` are the newest first, ``events`` the earliest first."""

    def __init__(self) -> None:
        codes = language_codes()
        self.pages: dict[UUID, dict[str, Words]] = defaultdict(dict)
        columns = ("title", "lead", "place", "image_alt", "url_path", "last_published_at")
        rows = NewsPage.objects.visible().order_by("locale_id")
        for key, locale, *words in rows.values_list("translation_key", "locale_id", "pk", *columns):
            self.pages[key][codes[locale]] = Words(codes[locale], *words)
        facts = _facts() if self.pages else {}
        self.facts = {key: item for key, item in facts.items() if key in self.pages}
        known = self.facts.values()
        self.news = sorted((i for i in known if not i.is_event), key=_order, reverse=True)
        self.events = sorted((i for i in known if i.is_event), key=_order)

    def coming(self, today: date) -> list[Item]:
        """Events that go on or are to come, the next first."""
        return [item for item in self.events if not item.is_over(today)]

    def past(self, today: date) -> list[Item]:
        """Events that are over, the latest first."""
        return [item for item in reversed(self.events) if item.is_over(today)]

    def in_order(self, today: date) -> list[Item]:
        """As lists have them: what is to come, the news, what is over."""
        return [*self.coming(today), *self.news, *self.past(today)]

    def card(self, item: Item, language: str) -> Card:
        return Card(item, best_version(self.pages[item.key], language), language)

    @cached_property
    def by_project(self) -> dict[UUID, set[UUID]]:
        return _turned((item.key, item.projects) for item in self.facts.values())

    @cached_property
    def by_organisation(self) -> dict[UUID, set[UUID]]:
        return _turned((item.key, item.organisations) for item in self.facts.values())


def _order(item: Item) -> tuple:
    return item.day, item.start_time or time.min, item.key


def _turned(pairs: Iterable[tuple[UUID, tuple[UUID, ...]]]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for key, named in pairs:
        for each in named:
            found[each].add(key)
    return found


def _facts() -> dict[UUID, Item]:
    carriers = NewsPage.objects.filter(carries_facts=True)
    rows = list(carriers.values_list("pk", "translation_key", *COLUMNS))
    projects = _rows(NewsProject, "project__translation_key")
    organisations = _rows(NewsOrganisation, "organisation__translation_key")
    return {
        key: Item(key, *columns, tuple(projects[pk]), tuple(organisations[pk]))
        for pk, key, *columns in rows
    }


def _rows(model, column: str) -> dict[int, dict[UUID, None]]:
    """By page, the keys of what it is about, each once."""
    found: dict[int, dict[UUID, None]] = defaultdict(dict)
    rows = model.objects.order_by("sort_order", "pk").values_list("page_id", column)
    for page, key in rows:
        found[page][key] = None
    return found


@held
def items() -> Items:
    return Items()


def items_about(organisation_key: UUID, language: str = "") -> list[Card]:
    """Cards of what names the organisation: coming events, then news, then what is over."""
    return _cards(items().by_organisation.get(organisation_key, set()), language)


def items_of_project(project_key: UUID, language: str = "") -> list[Card]:
    return _cards(items().by_project.get(project_key, set()), language)


def _cards(keys: set[UUID], language: str = "") -> list[Card]:
    language = language or translation.get_language() or settings.LANGUAGE_CODE
    return list(_chosen(keys, language)) if keys else []


def _chosen(keys: set[UUID], language: str) -> Iterator[Card]:
    known = items()
    for item in known.in_order(timezone.localdate()):
        if item.key in keys:
            yield known.card(item, language)
