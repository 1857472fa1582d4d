"""One page of the project list: which projects, in which order, and what the form shows."""

import math
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.alphabet import sort_key

from .cards import cards
from .catalogue import catalogue, facet_name
from .filters import FACETS, NOT_STATED, ProjectFilters, Sort
from .models import ProjectPage, Status

PAGE_SIZE = 20
# Facets with many values show only those that would find something.
LONG = {"municipality", "funder", "year", "programme", "region"}
OPEN = {"status", "theme", "target_group"}


@dataclass(frozen=True)
class Choice:
    """One value of a facet. ``language`` is that of ``label`` where it is not the reader's."""

    value: str
    label: str
    count: int
    language: str = ""


def by_name(facet: str, choices: list[Choice], language: str) -> list[Choice]:
    """By name, but status by course of time and years from the newest; "not stated" last."""
    if facet == "year":
        return sorted(choices, key=lambda choice: choice.value, reverse=True)
    if facet == "status":
        order = [Status.RUNNING, Status.UPCOMING, Status.ENDED, NOT_STATED]
        return sorted(choices, key=lambda choice: order.index(choice.value))
    return sorted(
        choices, key=lambda c: (c.value == NOT_STATED, sort_key(c.label, language), c.value)
    )


@dataclass(frozen=True)
class FacetChoice:
    choice: Choice
    chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: list[FacetChoice]
    open: bool


@dataclass(frozen=True)
class Chip:
    """A chosen value, with the address of the list without it."""

    facet: str
    choice: Choice
    query: str


class ProjectListing:
    """The same projects, totals and order whatever the language, titles apart."""

    def __init__(self, filters: ProjectFilters, language: str, today: date | None = None):
        self.today = today or timezone.localdate()
        self.language = language
        self.catalogue = catalogue()
        filters = self.catalogue.known(filters, self.today)
        self.counts = self.catalogue.counts(filters, self.today)
        self.filters = replace(filters, page=min(filters.page, self.page_count))

    @property
    def total(self) -> int:
        return self.counts.total

    @property
    def page_count(self) -> int:
        return max(1, math.ceil(self.total / PAGE_SIZE))

    @cached_property
    def projects(self) -> list[ProjectPage]:
        start = (self.filters.page - 1) * PAGE_SIZE
        keys = self.catalogue.select(
            self.filters, self.language, self.today, start, start + PAGE_SIZE
        )
        return cards(keys, self.language)

    def _choices(self, name: str) -> list[Choice]:
        found = []
        for value, number in self.counts.facets[name].items():
            label, language = facet_name(name, value, self.language)
            found.append(
                Choice(value, label, number, language if language != self.language else "")
            )
        return by_name(name, found, self.language)

    @cached_property
    def facets(self) -> list[Facet]:
        facets = []
        for name, label in facet_labels().items():
            chosen = set(getattr(self.filters, name))
            choices = [
                FacetChoice(choice, choice.value in chosen)
                for choice in self._choices(name)
                if choice.count or name not in LONG or choice.value in chosen
            ]
            if choices:
                facets.append(Facet(name, label, choices, open=bool(chosen) or name in OPEN))
        return facets

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(
                facet.name, entry.choice, self.filters.without(facet.name, entry.choice.value).query
            )
            for facet in self.facets
            for entry in facet.choices
            if entry.chosen
        ]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What of the address made a difference, defaults included: the rest was ignored."""
        chosen = [(name, value) for name in FACETS for value in getattr(self.filters, name)]
        return [*chosen, ("sort", self.filters.sort), ("page", str(self.filters.page))]

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        return [(value, label, value == self.filters.sort) for value, label in Sort.choices]

    @cached_property
    def page_obj(self):
        return Paginator(range(self.total), PAGE_SIZE).page(self.filters.page)

    @property
    def pages(self) -> list:
        paginator = self.page_obj.paginator
        return list(paginator.get_elided_page_range(self.filters.page, on_each_side=1, on_ends=1))

    @property
    def query_without_page(self) -> str:
        return self.filters.on_page(1).query.removeprefix("?")


def facet_labels() -> dict[str, str]:
    return {
        "status": _("Status"),
        "theme": _("Theme"),
        "target_group": _("Target group"),
        "region": _("Region"),
        "municipality": _("Municipality"),
        "funder": _("Funder"),
        "programme": _("Programme"),
        "year": _("Running in the year"),
    }
