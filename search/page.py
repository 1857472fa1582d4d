"""The result page as a template needs it: hits, facets with links, chips, pages."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cms.core.content_epoch import held
from cms.core.languages import language_name
from cms.core.lists import page_at
from projects.models import Status
from projects.public import listing as projects
from projects.public.facets import FacetNames, Facets, Name
from projects.public.period import Period

from .documents import KINDS, NOT_STATED
from .engines.base import SORTS
from .parameters import SearchParameters

SORT_TITLES = {
    "relevance": _("Best match first"),
    "newest": _("Newest first"),
    "ending": _("Ending soonest first"),
    "title": _("By title"),
}
FACET_TITLES = {
    "type": _("Type"),
    **projects.FACET_TITLES,
    "year": _("Year"),
    "language": _("Language"),
}
TYPE_TITLES = {name: kind.plural for name, kind in KINDS.items()}
KIND_TITLES = {
    **{name: kind.title for name, kind in KINDS.items()},
    "organisation": _("Organisation"),
    "place": _("Place"),
    "word": _("Search word"),
}


class SearchNames(FacetNames):
    """Names of the values of every facet, of those that only the search has too."""

    def name(self, facet: str, value: str) -> tuple[str, str]:
        if value != NOT_STATED:
            if facet == "type":
                return str(TYPE_TITLES.get(value, value)), ""
            if facet == "language":
                return language_name(value), value
        return super().name(facet, value)


@held
def search_names(language: str) -> SearchNames:
    return SearchNames(language)


class ShownHit:
    """A hit with the facts of its line, computed only if the template asks."""

    def __init__(self, hit, names: SearchNames, mark) -> None:
        self.hit = hit
        self._names = names
        self._mark = mark

    def __getattr__(self, name) -> Any:
        return getattr(self.hit, name)

    @cached_property
    def marked_title(self) -> SafeString:
        return self._mark.title(self.hit)

    @cached_property
    def marked_excerpt(self) -> SafeString:
        return self._mark.excerpt(self.hit)

    @property
    def is_foreign(self) -> bool:
        return self.hit.language != self._names.language

    @property
    def type_label(self) -> str:
        return str(KIND_TITLES.get(self.hit.type, self.hit.type))

    @property
    def status(self) -> Status | None:
        return Status.of(self.hit.start, self.hit.end) if self.hit.type == "project" else None

    @property
    def years(self) -> str:
        if self.hit.type == "publication":
            return str(self.hit.published.year) if self.hit.published else ""
        return Period(self.hit.start, self.hit.end, None).years

    def _named(self, facet: str) -> list[Name]:
        return [self._names(facet, value) for value in self.hit.facets.get(facet, ())]

    @property
    def places(self) -> list[Name]:
        return self._named("municipality") or self._named("region")

    @property
    def funders(self) -> list[Name]:
        return self._named("funder")


class ResultPage:
    """What ``search/results.html`` shows for one question and its answer."""

    def __init__(self, parameters: SearchParameters, outcome, mark) -> None:
        self.parameters = parameters
        self.outcome = outcome
        self.total = outcome.result.total
        self.names = search_names(translation.get_language())
        self._mark = mark
        self.page_obj = page_at(range(self.total), parameters.page)

    @cached_property
    def hits(self) -> list[ShownHit]:
        return [ShownHit(hit, self.names, self._mark) for hit in self.outcome.result.hits]

    @cached_property
    def facets(self) -> Facets:
        return Facets(
            FACET_TITLES,
            self.outcome.result.facets,
            self.parameters.facets,
            self.names,
            lambda facet, value: self.parameters.toggled(facet, value).url,
        )

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        return [(name, SORT_TITLES[name], name == self.parameters.sort) for name in SORTS]

    @property
    def pages(self) -> Iterator[int | str]:
        return self.page_obj.paginator.get_elided_page_range(
            self.page_obj.number, on_each_side=2, on_ends=1
        )

    @property
    def query_without_page(self) -> str:
        return self.parameters.on_page(1).query_string()

    @property
    def without_facets_url(self) -> str:
        return self.parameters.without_facets().url

    def address(self, name: str, language: str | None = None) -> str:
        """The address of this question in another form (``hits-csv``) or another language."""
        with translation.override(language or translation.get_language()):
            query = self.parameters.on_page(1).query_string()
            return reverse(f"search:{name}") + (f"?{query}" if query else "")
