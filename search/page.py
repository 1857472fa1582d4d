"""The result page as a template needs it: hits, facets with links, chips, pages."""

from dataclasses import dataclass, field
from functools import cached_property

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.core.alphabet import sort_key
from projects.models import Status
from projects.period import Period
from projects.registers import region_of

from .documents import FACETS
from .engines.base import NOT_STATED, SORTS
from .labels import FACET_TITLES, KIND_TITLES, Labels, labels_of
from .parameters import PAGE_SIZE, SearchParameters

SORT_TITLES = {
    "relevance": _("Best match first"),
    "newest": _("Newest first"),
    "ending": _("Ending soonest first"),
    "title": _("By title"),
}
STATUS_ORDER = ("running", "upcoming", "ended", NOT_STATED)
ALWAYS_OPEN = ("type", "status")


@dataclass
class Choice:
    """One value of a facet; ``children`` are a region's municipalities."""

    name: str
    value: str
    label: str
    language: str
    count: int
    chosen: bool
    children: list["Choice"] = field(default_factory=list)


@dataclass
class Facet:
    name: str
    label: str
    choices: list[Choice]

    @property
    def open(self) -> bool:
        chosen = any(
            choice.chosen or any(child.chosen for child in choice.children)
            for choice in self.choices
        )
        return chosen or self.name in ALWAYS_OPEN


@dataclass
class Chip:
    label: str
    language: str
    url: str


class ShownHit:
    """A hit with the facts of its line, computed only if the template asks."""

    def __init__(self, hit, labels: Labels, mark) -> None:
        self.hit = hit
        self._labels = labels
        self._mark = mark

    def __getattr__(self, name):
        return getattr(self.hit, name)

    @cached_property
    def marked_title(self):
        return self._mark.title(self.hit)

    @cached_property
    def marked_excerpt(self):
        return self._mark.excerpt(self.hit)

    @property
    def type_label(self) -> str:
        return str(KIND_TITLES.get(self.hit.type, self.hit.type))

    @property
    def status(self):
        return Status.of(self.hit.start, self.hit.end) if self.hit.type == "project" else None

    @property
    def years(self) -> str:
        if self.hit.type == "publication":
            return str(self.hit.published.year) if self.hit.published else ""
        return Period(self.hit.start, self.hit.end, None).years

    def _facet(self, *names: str) -> list[tuple[str, str]]:
        values = [(name, value) for name in names for value in self.hit.facets.get(name, ())]
        return [
            (self._labels.name(name, value), self._labels.language(name, value))
            for name, value in values
        ]

    @property
    def places(self) -> list[tuple[str, str]]:
        return self._facet("municipality") or self._facet("region")

    @property
    def funders(self) -> list[tuple[str, str]]:
        return self._facet("funder")


class ResultPage:
    """What ``search/results.html`` shows for one question and its answer."""

    def __init__(self, parameters: SearchParameters, outcome, mark) -> None:
        self.parameters = parameters
        self.outcome = outcome
        self.total = outcome.result.total
        self._mark = mark
        self.paginator = Paginator(range(self.total), PAGE_SIZE)
        self.page_obj = self.paginator.get_page(parameters.page)

    @cached_property
    def labels(self) -> Labels:
        values = {name: dict(self.outcome.result.facets.get(name, {})) for name in FACETS}
        for hit in self.outcome.result.hits:
            for name in ("municipality", "region", "funder"):
                values[name].update(dict.fromkeys(hit.facets.get(name, ()), 0))
        for name, chosen in self.parameters.facets.items():
            values[name].update(dict.fromkeys(chosen, 0))
        return labels_of(values, translation.get_language())

    @cached_property
    def hits(self) -> list[ShownHit]:
        return [ShownHit(hit, self.labels, self._mark) for hit in self.outcome.result.hits]

    @cached_property
    def facets(self) -> list[Facet]:
        found = []
        for name in FACETS:
            if name == "municipality":
                continue
            choices = self._choices(name)
            if name == "region":
                self._nest(choices)
            if choices:
                found.append(Facet(name, str(FACET_TITLES[name]), choices))
        return found

    def _choices(self, name: str) -> list[Choice]:
        counts = dict(self.outcome.result.facets.get(name, {}))
        chosen = self.parameters.facets.get(name, ())
        for value in chosen:
            counts.setdefault(value, 0)
        choices = [
            Choice(
                name,
                value,
                self.labels.name(name, value),
                self.labels.language(name, value),
                count,
                value in chosen,
            )
            for value, count in counts.items()
            if count or value in chosen
        ]
        return sorted(choices, key=lambda choice: self._order(name, choice))

    @staticmethod
    def _order(name: str, choice: Choice):
        last = choice.value == NOT_STATED
        if name == "status":
            order = STATUS_ORDER.index(choice.value) if choice.value in STATUS_ORDER else 9
            return (order, "")
        if name == "year":
            return (last, -int(choice.value) if choice.value.isdecimal() else 0)
        return (last, sort_key(choice.label, translation.get_language()))

    def _nest(self, regions: list[Choice]) -> None:
        by_code = {choice.value: choice for choice in regions}
        for town in self._choices("municipality"):
            parent = by_code.get(region_of(town.value))
            if parent is not None:
                parent.children.append(town)
            elif town.value != NOT_STATED:
                regions.append(town)

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(
                f"{FACET_TITLES[name]}: {self.labels.name(name, value)}"
                if value == NOT_STATED
                else self.labels.name(name, value),
                self.labels.language(name, value),
                self.parameters.toggled(name, value).url,
            )
            for name, values in self.parameters.facets.items()
            for value in values
        ]

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        return [(name, SORT_TITLES[name], name == self.parameters.sort) for name in SORTS]

    @property
    def pages(self):
        return self.paginator.get_elided_page_range(self.page_obj.number, on_each_side=2, on_ends=1)

    @property
    def query_without_page(self) -> str:
        return self.parameters.on_page(1).query_string()

    @property
    def is_first(self) -> bool:
        return self.page_obj.number == 1

    @property
    def without_facets_url(self) -> str:
        return self.parameters.without_facets().url

    def address(self, name: str, language: str | None = None) -> str:
        """The address of this question in another form (``hits-csv``) or another language."""
        with translation.override(language or translation.get_language()):
            query = self.parameters.on_page(1).query_string()
            return reverse(f"search:{name}") + (f"?{query}" if query else "")
