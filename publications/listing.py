"""The list of publications: what the address asks for, and how many there are of each kind."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import QueryDict

from cms.core.languages import language_direction, language_name

from .languages import LANGUAGE_CHOICES
from .models import PublicationFile, PublicationKind, PublicationPage

PER_PAGE = 20


@dataclass(frozen=True)
class PublicationFilters:
    """What a visitor chose. Nonsense in the address is ignored."""

    kind: str = ""
    language: str = ""

    @classmethod
    def from_query(cls, query) -> "PublicationFilters":
        kind, language = query.get("kind", ""), query.get("language", "")
        return cls(
            kind=kind if kind in PublicationKind.values else "",
            language=language if language in dict(LANGUAGE_CHOICES) else "",
        )

    def __bool__(self) -> bool:
        return bool(self.kind or self.language)

    def query_string(self) -> str:
        query = QueryDict(mutable=True)
        for name in ("kind", "language"):
            if value := getattr(self, name):
                query[name] = value
        return query.urlencode()

    def apply(self, pages) -> QuerySet:
        if self.kind:
            pages = pages.filter(kind=self.kind)
        if self.language:
            files = PublicationFile.objects.filter(page=OuterRef("pk"), language=self.language)
            pages = pages.filter(Exists(files))
        return pages


@dataclass(frozen=True)
class Choice:
    """One link of a filter: ``query`` chooses it, ``without`` takes the choice back."""

    label: str
    count: int
    query: str
    without: str
    chosen: bool
    lang: str = ""
    dir: str = ""


class PublicationList:
    """A fixed number of queries, however many publications there are."""

    def __init__(self, query) -> None:
        self.filters = PublicationFilters.from_query(query)
        self.number = query.get("page", "1")[:6]

    def _pages(self) -> QuerySet:
        return PublicationPage.objects.best_for()

    @cached_property
    def _page(self) -> Page:
        pages = self.filters.apply(self._pages()).for_cards().newest_first()
        return Paginator(pages, PER_PAGE).get_page(self.number)

    def kinds(self) -> list[Choice]:
        others = replace(self.filters, kind="")
        rows = others.apply(self._pages()).order_by().values("kind").annotate(n=Count("pk"))
        counts = {row["kind"]: row["n"] for row in rows}
        return [
            Choice(
                label=str(kind.label),
                count=counts[kind.value],
                query=replace(others, kind=kind.value).query_string(),
                without=others.query_string(),
                chosen=self.filters.kind == kind.value,
            )
            for kind in PublicationKind
            if counts.get(kind.value)
        ]

    def languages(self) -> list[Choice]:
        others = replace(self.filters, language="")
        pages = others.apply(self._pages()).order_by().values("pk")
        rows = PublicationFile.objects.filter(page__in=pages).order_by().values("language")
        counts = {
            row["language"]: row["n"] for row in rows.annotate(n=Count("page", distinct=True))
        }
        return [
            Choice(
                label=language_name(code),
                count=counts[code],
                query=replace(others, language=code).query_string(),
                without=others.query_string(),
                chosen=self.filters.language == code,
                lang=code,
                dir=language_direction(code),
            )
            for code, _ in LANGUAGE_CHOICES
            if counts.get(code)
        ]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The pairs of the address that mean something here (see :mod:`cms.core.page_cache`)."""
        pairs = [("kind", self.filters.kind), ("language", self.filters.language)]
        if str(self.number).isdecimal() and 1 <= int(self.number) <= self._page.paginator.num_pages:
            pairs.append(("page", self.number))
        return [pair for pair in pairs if pair[1]]

    def context(self) -> dict:
        page = self._page
        return {
            "publications": page,
            "filters": self.filters,
            "kinds": self.kinds(),
            "languages": self.languages(),
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1),
        }
