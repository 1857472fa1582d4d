"""The result page as a template needs it: hits, facets with links, chips, pages."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.core.content_epoch import held
from cms.core.languages import language_name
from cms.core.lists import page_at
from projects.models import Status
from projects.public import listing as projects
from projects.public.facets import FacetNames, Facets
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


search_names = held(SearchNames)


class ShownHit:
    """A hit with the facts of its line."""

    def __init__(self, hit, names: SearchNames, mark) -> None:
        self.hit = hit
        self.marked_title = mark.title(hit)
        self.marked_excerpt = mark.excerpt(hit)
        self.is_foreign = hit.language != names.language
        self.type_label = str(KIND_TITLES.get(hit.type, hit.type))
        self.status = Status.of(hit.start, hit.end) if hit.type == "project" else None
        if hit.type == "publication":
            self.years = str(hit.published.year) if hit.published else ""
        else:
            self.years = Period(hit.start, hit.end, None).years
        place = "municipality" if hit.facets.get("municipality") else "region"
        self.places = [names(place, value) for value in hit.facets.get(place, ())]
        self.funders = [names("funder", value) for value in hit.facets.get("funder", ())]

    def __getattr__(self, name) -> Any:
        return getattr(self.hit, name)


class ResultPage:
    """What ``search/results.html`` shows for one question and its answer."""

    def __init__(self, parameters: SearchParameters, outcome, mark) -> None:
        self.parameters = parameters
        self.outcome = outcome
        self.total = outcome.result.total
        self.names = search_names(translation.get_language())
        self.hits = [ShownHit(hit, self.names, mark) for hit in outcome.result.hits]
        self.sorts = [(name, SORT_TITLES[name], name == parameters.sort) for name in SORTS]
        self.page_obj = page_at(range(self.total), parameters.page)
        self.pages = list(
            self.page_obj.paginator.get_elided_page_range(
                self.page_obj.number, on_each_side=2, on_ends=1
            )
        )
        self.query_without_page = parameters.on_page(1).query_string()
        self.without_facets_url = replace(parameters, facets={}, page=1).url

    @cached_property
    def facets(self) -> Facets:
        return Facets(
            FACET_TITLES,
            self.outcome.result.facets,
            self.parameters.facets,
            self.names,
            lambda facet, value: self.parameters.toggled(facet, value).url,
        )

    def address(self, name: str, language: str | None = None) -> str:
        """The address of this question in another form (``hits-csv``) or another language."""
        with translation.override(language or translation.get_language()):
            query = f"?{self.query_without_page}" if self.query_without_page else ""
            return reverse(f"search:{name}") + query
