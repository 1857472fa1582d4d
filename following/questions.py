"""An address of the site as a question: what it is called, and what of the new answers it.

What is new are pages first published in a time, each once, whatever the language. A kind of
question says which of them are its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Min
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.core.routing import public_urls
from home.models import ContentPage
from news.models import NewsIndexPage, NewsPage
from news.public import items_about, items_of_project
from projects.models import ProjectIndexPage, ProjectPage
from projects.public.addresses import KINDS, addresses
from projects.public.catalogue import catalogue
from projects.public.facets import facet_names
from projects.public.filters import ProjectFilters
from publications.models import PublicationIndexPage, PublicationPage
from publications.public import publications_by_project
from search.page import search_names
from search.question import SearchParameters
from search.service import scan
from subjects.subject import subject_of

LISTED = (ProjectPage, PublicationPage, NewsPage, ContentPage)
UNREAD = ("body",)
Keys = set[UUID]


@dataclass(frozen=True)
class New:
    """Something first published in the time asked about."""

    key: UUID
    title: str
    url: str
    day: datetime


@dataclass(frozen=True)
class Question:
    """``address`` is the canonical one; ``keys`` gives those of some pages that are its own."""

    address: str
    title: str
    language: str
    keys: Callable[[Keys], Keys]
    atom: str = ""


def published_since(since: datetime) -> dict[UUID, tuple[type, datetime]]:
    """Key → its type and when its first language was published, of public pages."""
    found = {}
    for model in LISTED:
        rows = model.objects.visible().order_by().values("translation_key")
        rows = rows.annotate(first=Min("first_published_at")).filter(first__gt=since)
        found.update({row["translation_key"]: (model, row["first"]) for row in rows})
    return found


def pages_in(language: str, published: dict[UUID, tuple[type, datetime]]) -> dict[UUID, New]:
    """Each of them in the best language for a reader."""
    found = {}
    with translation.override(language):
        for model in LISTED:
            keys = [key for key, (kind, _day) in published.items() if kind is model]
            pages = model.objects.best_for(language).filter(translation_key__in=keys)
            for page in pages.select_related("locale").defer(*UNREAD):
                key = page.translation_key
                found[key] = New(key, page.title, page.get_url() or "", published[key][1])
    return found


def question_at(address: str) -> Question | None:
    """``None`` for an address that nothing can be new at; never anything of another site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    path = unquote(parts.path)
    language = path.split("/")[1] if path.startswith("/") else ""
    if parts.netloc or parts.scheme or language not in dict(settings.LANGUAGES):
        return None
    with translation.override(language):
        for kind in (_search, _list, _subject, _page):
            if found := kind(path, QueryDict(parts.query), language):
                return found
    return None


def _search(path: str, query: QueryDict, language: str) -> Question | None:
    if path != reverse("search:results"):
        return None
    asked = SearchParameters.from_query(query).on_page(1)
    names = search_names(language)
    words = [asked.query] if asked.query else []
    words += [names(name, value).label for name, values in asked.facets.items() for value in values]
    title = f"{_('Search')}: {', '.join(words)}" if words else _("Everything new")

    def keys(among: Keys) -> Keys:
        hits = (hit for hit in scan(asked, language) if hit.type != "person")
        return among & {UUID(hit.key) for hit in hits}

    rest = f"?{asked.query_string()}" if asked.query_string() else ""
    return Question(path + rest, title, language, keys, reverse("search:hits-atom") + rest)


def _listed(path: str, model: type) -> bool:
    return any(path in urls.values() for urls in public_urls(model).values())


def _list(path: str, query: QueryDict, language: str) -> Question | None:
    """The lists of projects, of publications and of news."""
    if _listed(path, ProjectIndexPage):
        filters = ProjectFilters.parse(query)
        filters = ProjectFilters(**filters.chosen)
        names = facet_names(language)
        words = [names(name, value).label for name, value in filters.pairs]
        title = f"{_('Projects')}: {', '.join(words)}" if words else _("Projects")

        def keys(among: Keys) -> Keys:
            return _in_mask(among, catalogue().found(filters, timezone.localdate()))

        return Question(path + filters.query, title, language, keys, reverse("projects-feed"))
    for index, model, title, feed in (
        (PublicationIndexPage, PublicationPage, _("Publications"), "publications-feed"),
        (NewsIndexPage, NewsPage, _("News and events"), "news-feed"),
    ):
        if _listed(path, index):
            return Question(path, title, language, _of_type(model), reverse(feed))
    return None


def _of_type(model: type) -> Callable[[Keys], Keys]:
    def keys(among: Keys) -> Keys:
        rows = model.objects.visible().filter(translation_key__in=among)
        return set(rows.values_list("translation_key", flat=True))

    return keys


def _in_mask(among: Keys, mask: int) -> Keys:
    places = catalogue().places
    return {key for key in among if key in places and mask >> places[key] & 1}


def _subject(path: str, query: QueryDict, language: str) -> Question | None:
    """The page of an organisation, a programme, a place, a theme or a target group."""
    segments = path.strip("/").split("/")
    kind = KINDS.get(segments[1]) if len(segments) == 3 else None
    value = addresses().values.get((kind, segments[2])) if kind else None
    subject = subject_of(kind, value, language) if value else None
    if subject is None:
        return None

    def keys(among: Keys) -> Keys:
        found = subject_of(kind, value, language)
        own = _in_mask(among, found.mask) if found else set()
        if kind == "organisation":
            own |= among & {card.item.key for card in items_about(UUID(value), language)}
        return own

    atom = f"{reverse('search:hits-atom')}?type=project&{kind}={value}"
    return Question(subject.url, subject.title, language, keys, atom)


def _page(path: str, query: QueryDict, language: str) -> Question | None:
    """A project: its publications and its news."""
    for key, urls in public_urls(ProjectPage).items():
        if path in urls.values():
            title = catalogue().page(key, language).title

            def keys(among: Keys, key=key) -> Keys:
                news = {card.item.key for card in items_of_project(key, language)}
                return among & (news | publications_by_project().get(key, set()))

            return Question(path, title, language, keys)
    return None
