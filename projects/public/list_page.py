"""One page of the list of projects, with its filters."""

from dataclasses import replace
from datetime import date
from functools import cached_property

from django.utils import timezone

from cms.core.lists import PAGE_SIZE, page_at

from .catalogue import catalogue
from .facets import Facets, facet_names
from .figures import Sum, rows_of_projects, sums
from .filters import FACET_TITLES, FACETS, ProjectFilters, Sort
from .listing import Card, cards


class ProjectListing:
    """One page of the list: the same projects, totals and order whatever the language."""

    def __init__(self, filters: ProjectFilters, language: str, today: date | None = None) -> None:
        self.today = today or timezone.localdate()
        self.language = language
        self.catalogue = catalogue()
        filters = self.catalogue.known(filters, self.today)
        self.counts = self.catalogue.counts(filters, self.today)
        self.total = self.counts.total
        self.is_empty = not self.total
        self.page_obj = page_at(range(self.total), filters.page)
        self.filters = replace(filters, page=self.page_obj.number)

    @property
    def mask(self) -> int:
        """The set of all projects that are found."""
        return self.catalogue.found(self.filters, self.today)

    @cached_property
    def projects(self) -> list[Card]:
        start = (self.filters.page - 1) * PAGE_SIZE
        keys = self.catalogue.select(
            self.filters, self.language, self.today, start, start + PAGE_SIZE
        )
        return cards(keys, self.language)

    @cached_property
    def sums(self) -> list[Sum]:
        """What all projects that were found tell in numbers, on whichever page they stand."""
        found, places = self.catalogue.found(self.filters, self.today), self.catalogue.places
        telling = (key for key in rows_of_projects() if key in places)
        return sums((key for key in telling if found >> places[key] & 1), self.language)

    @cached_property
    def facets(self) -> Facets:
        return Facets(
            FACET_TITLES,
            self.counts.facets,
            self.filters.chosen,
            facet_names(self.language),
            lambda facet, value: self.filters.without(facet, value).query,
        )

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What of the address made a difference, defaults included: the rest was ignored."""
        # A menu of the form that is left alone sends "".
        menus = [(name, "") for name in FACETS]
        page = [("sort", self.filters.sort), ("page", str(self.filters.page))]
        page.append(("view", self.filters.view))
        return [*self.filters.pairs, *menus, *page]

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        return [(value, label, value == self.filters.sort) for value, label in Sort.choices]

    @property
    def pages(self) -> list:
        paginator = self.page_obj.paginator
        return list(paginator.get_elided_page_range(self.filters.page, on_each_side=1, on_ends=1))

    @property
    def query_without_page(self) -> str:
        return replace(self.filters, page=1).query.removeprefix("?")
