"""One page of the project list: which projects, in which order, and what the form shows."""

import math
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Case, DateField, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.alphabet import Alphabetical
from cms.core.querysets import locale_rank

from .facets import Choice, Counts, count_facets
from .filters import FACETS, ProjectFilters, Sort
from .models import ProjectPage

PAGE_SIZE = 20
# Facets with many values show only those that would find something.
LONG = {"municipality", "funder", "year", "programme", "region"}
OPEN = {"status", "theme", "target_group"}


def ordered(projects, sort: str, locale, today: date):
    """``ProjectQuerySet`` in the chosen order, always total, so that pages never overlap."""
    if sort == Sort.TITLE:
        best = (
            ProjectPage.objects.filter(translation_key=OuterRef("translation_key"), live=True)
            .order_by(locale_rank(locale))
            .values("title")[:1]
        )
        return projects.order_by(Alphabetical(Subquery(best), locale), "translation_key")
    if sort == Sort.ENDING:
        ends = Coalesce("extension_end_date", "end_date")
        coming = Case(When(last_day__gte=today, then=ends), output_field=DateField())
        return projects.alias(last_day=ends, coming=coming).order_by(
            F("coming").asc(nulls_last=True),
            Case(When(last_day__isnull=True, then=Value(0)), default=Value(1)),
            F("last_day").desc(nulls_last=True),
            "translation_key",
        )
    return projects.order_by(F("start_date").desc(nulls_last=True), "translation_key")


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
    """Three queries: all counts at once, the order of one page, its cards.

    Filtered and ordered over one page a project (that of the default language), then shown in the
    reader's language: the same projects, totals and order whatever the language, titles apart.
    """

    def __init__(self, filters: ProjectFilters, language: str, today: date | None = None):
        self.today = today or timezone.localdate()
        self.language = language
        self.counts: Counts = count_facets(filters, language, self.today)
        self.filters = replace(
            filters.keeping(self.counts.known), page=min(filters.page, self.page_count)
        )

    @property
    def total(self) -> int:
        return self.counts.total

    @property
    def page_count(self) -> int:
        return max(1, math.ceil(self.total / PAGE_SIZE))

    @cached_property
    def keys(self) -> list:
        """The projects of this page, as translation keys in order.

        The second half of a long list is read from its end: the last page costs what the first
        does.
        """
        start = (self.filters.page - 1) * PAGE_SIZE
        end = min(start + PAGE_SIZE, self.total)
        if start >= end:
            return []
        projects = ProjectPage.objects.best_for(settings.LANGUAGE_CODE).with_period(self.today)
        for name in FACETS:
            projects = projects.filter(self.filters.condition(name, self.today))
        projects = ordered(projects, self.filters.sort, self.language, self.today)
        keys = projects.values_list("translation_key", flat=True)
        if start > self.total / 2:
            backwards = keys.reverse()[self.total - end : self.total - start]
            return list(backwards)[::-1]
        return list(keys[start:end])

    @cached_property
    def projects(self) -> list[ProjectPage]:
        order = {key: position for position, key in enumerate(self.keys)}
        if not order:
            return []
        cards = ProjectPage.objects.best_for(self.language).filter(translation_key__in=order)
        return sorted(
            cards.order_by().for_cards(self.language), key=lambda page: order[page.translation_key]
        )

    @cached_property
    def facets(self) -> list[Facet]:
        facets = []
        for name, label in facet_labels().items():
            chosen = set(getattr(self.filters, name))
            choices = [
                FacetChoice(choice, choice.value in chosen)
                for choice in self.counts.facets[name]
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
