"""All projects with their facts, held in memory for one content epoch: the read model.

Facts are read a thousand times for each edit. One plain query a table fills the catalogue; lists,
counts, cards, related projects and the search then ask it. A set of projects is a Python integer
with a bit for each: counting ten thousand takes microseconds.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce
from itertools import chain, islice
from operator import and_, or_
from typing import Any, NamedTuple
from uuid import UUID

from cms.core.content_epoch import held
from cms.core.languages import best_version, language_codes
from cms.core.lists import members, places, set_of, sort_key
from cms.core.routing import url_parts

from ..models import ProjectPage, Status
from . import Facts, read_facts, registers
from .filters import FACET_TYPES, FACETS, HIDDEN, NOT_STATED, OF_THE_DAY, ProjectFilters, Sort

YEARS_AHEAD = 10
NOT_KNOWN = {NOT_STATED, "-"}
"""What the list and the search index call a fact that is not known."""
WEIGHTS = {"theme": 4, "municipality": 3, "target_group": 2, "named_region": 2, "funder": 1}
"""What each thing that two projects share tells of how near they are."""


@dataclass(frozen=True)
class Counts:
    """How many projects each choice would show: facet → value → number."""

    total: int
    facets: dict[str, dict[str, int]]


class Words(NamedTuple):
    """A public page of a project in one language."""

    language_code: str
    pk: int
    title: str
    lead: str
    url_path: str

    @property
    def url(self) -> str:
        parts = url_parts(self.url_path)
        return parts[2] if parts else ""


class Catalogue:
    """``keys``: the public projects, the newest first; their place in it is their bit."""

    def __init__(self) -> None:
        self.facts = read_facts(ProjectPage.objects.filter(carries_facts=True))
        codes = language_codes()
        self.pages: dict[UUID, dict[str, Words]] = defaultdict(dict)
        rows = ProjectPage.objects.visible().order_by("locale_id")
        columns = ("translation_key", "locale_id", "pk", "title", "lead", "url_path")
        for key, locale, *words in rows.values_list(*columns):
            if key in self.facts:
                self.pages[key][codes[locale]] = Words(codes[locale], *words)
        starts = {key: self.facts[key].start_date or date.min for key in self.pages}
        self.keys = sorted(self.pages, key=lambda key: (-starts[key].toordinal(), key))
        self.places = {key: place for place, key in enumerate(self.keys)}
        self.everything = (1 << len(self.keys)) - 1
        self._orders: dict[tuple, list[int]] = {}
        self._dated: dict[date, dict[str, dict[str, int]]] = {}
        self.worked_out: OrderedDict[tuple, Any] = OrderedDict()
        """What others have counted of a set, the latest asked for last (:mod:`..pictures`)."""

    def page(self, key: UUID, language: str) -> Words:
        """Of the project's best public page for a reader."""
        return best_version(self.pages[key], language)

    @cached_property
    def linked(self) -> dict[int, UUID]:
        """Of projects that others name as earlier or larger: the key by the page named."""
        rows = ProjectPage.objects.filter(linked_from__isnull=False)
        return dict(rows.values_list("pk", "translation_key"))

    @cached_property
    def masks(self) -> dict[str, dict[str, int]]:
        """Facet → value → the set of public projects that have it, whatever the day."""
        found: dict[str, dict[str, int]] = {
            name: defaultdict(int) for name in (*FACETS, "named_region")
        }
        for place, key in enumerate(self.keys):
            for facet, value in self.facts[key].values():
                found[facet][value] |= 1 << place
        for facet, kind in FACET_TYPES.items():
            known = reduce(or_, found[facet].values(), 0)
            if kind.may_lack and known != self.everything:
                found[facet][NOT_STATED] = self.everything & ~known
        return {facet: dict(values) for facet, values in found.items()}

    def masks_on(self, today: date) -> dict[str, dict[str, int]]:
        """With status and years, which depend on the day."""
        if today not in self._dated:
            status: dict[str, int] = defaultdict(int)
            years: dict[int, int] = defaultdict(int)
            for place, key in enumerate(self.keys):
                facts, bit = self.facts[key], 1 << place
                found = Status.of(facts.start_date, facts.last_day, today)
                status[str(found or NOT_STATED)] |= bit
                for year in facts.running_years(today):
                    years[year] |= bit
            by_year = {str(year): years[year] for year in sorted(years)}
            self._dated = {today: {**self.masks, "status": dict(status), "year": by_year}}
        return self._dated[today]

    def known(self, filters: ProjectFilters, today: date) -> ProjectFilters:
        """Without values that no public project has; a status or year that none has finds none."""
        masks = self.masks_on(today)
        kept = {
            name: tuple(value for value in values if value in masks[name])
            for name, values in filters.chosen.items()
            if name not in OF_THE_DAY
        }
        return replace(filters, **kept)

    def chosen(self, filters: ProjectFilters, today: date) -> dict[str, int]:
        """For each facet that narrows, the projects that it lets pass."""
        masks = self.masks_on(today)
        passing = {}
        for name, values in filters.chosen.items():
            passing[name] = 0
            for value in values:
                passing[name] |= masks[name].get(value, 0)
        return passing

    def found(self, filters: ProjectFilters, today: date) -> int:
        """The projects that every facet lets pass."""
        return reduce(and_, self.chosen(filters, today).values(), self.everything)

    def counts(self, filters: ProjectFilters, today: date) -> Counts:
        """Of each choice, given the choices of all other facets."""
        passing, masks = self.chosen(filters, today), self.masks_on(today)
        numbers, last = {}, str(today.year + YEARS_AHEAD)
        for name in FACETS:
            chosen = getattr(filters, name)
            others = [mask for other, mask in passing.items() if other != name]
            others = reduce(and_, others, self.everything)
            numbers[name] = {
                value: (mask & others).bit_count()
                for value, mask in masks[name].items()
                if name not in HIDDEN or value in chosen
                if name != "year" or value <= last or value in chosen
            }
            for value in chosen:
                numbers[name].setdefault(value, 0)
        return Counts(self.found(filters, today).bit_count(), numbers)

    def order(self, sort: str, language: str, today: date) -> list[int]:
        """Every place, in the order of a list; the newest first is that of the places."""
        name = (sort, language if sort == Sort.TITLE else "", today if sort == Sort.ENDING else "")
        if name not in self._orders:
            ranks = {
                Sort.TITLE: lambda key: sort_key(self.page(key, language).title, language),
                Sort.ENDING: lambda key: ending_first(self.facts[key], today),
            }
            order = list(range(len(self.keys)))
            if rank := ranks.get(sort):
                order.sort(key=lambda place: (rank(self.keys[place]), self.keys[place]))
            self._orders[name] = order
        return self._orders[name]

    def select(
        self, filters: ProjectFilters, language: str, today: date, start: int, end: int
    ) -> list[UUID]:
        """The keys of one page of the list."""
        mask = self.found(filters, today)
        order = self.order(filters.sort, language, today)
        if mask == self.everything:
            return [self.keys[place] for place in order[start:end]]
        found = members(mask, len(order), order)[start:end]
        return [self.keys[place] for place in found]

    def related(self, facts: Facts, number: int) -> list[UUID]:
        """At most so many, the best first. Themes weigh most, then places, then money."""
        own, by_score = facts.facets(), {0: self.everything}
        if facts.key in self.places:
            by_score[0] ^= 1 << self.places[facts.key]
        for facet, weight in WEIGHTS.items():
            sharing = 0
            for value in own.get(facet, ()):
                sharing |= self.masks[facet].get(value, 0)
            # Those that share it rise by its weight; the others stay.
            risen = {score + weight: mask & sharing for score, mask in by_score.items()}
            by_score = {score: mask & ~sharing for score, mask in by_score.items()}
            for score, mask in risen.items():
                by_score[score] = by_score.get(score, 0) | mask
        del by_score[0]
        best = (places(by_score[score]) for score in sorted(by_score, reverse=True))
        return [self.keys[place] for place in islice(chain.from_iterable(best), number)]

    def mask(self, keys: Iterable[UUID]) -> int:
        """The set of these projects, as far as they are public."""
        return set_of((self.places[key] for key in keys if key in self.places), len(self.keys))

    @cached_property
    def by_role(self) -> dict[UUID, dict[str, int]]:
        """Organisation → its role, as one who takes part or one who pays → the set of projects."""
        known = registers().organisations.keys
        found: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for place, key in enumerate(self.keys):
            facts = self.facts[key]
            for pk, role, *_rest in (*facts.organisations, *facts.funding):
                if pk in known:
                    found[known[pk]][role] |= 1 << place
        return {key: dict(roles) for key, roles in found.items()}

    @cached_property
    def named(self) -> dict[str, set[UUID]]:
        """Register → keys of its records that public projects name, in any role."""
        known = registers()
        found: dict[str, set[UUID]] = defaultdict(set)
        for key in self.keys:
            facts = self.facts[key]
            for name, register, rows in (
                ("organisations", known.organisations, (*facts.organisations, *facts.funding)),
                ("themes", known.themes, facts.themes),
                ("target_groups", known.target_groups, facts.target_groups),
                ("programmes", known.programmes, facts.programmes),
            ):
                found[name].update(register.keys[row[0]] for row in rows if row[0] in register.keys)
        return found


@held
def catalogue() -> Catalogue:
    return Catalogue()


def ending_first(facts: Facts, today: date) -> tuple:
    """What ends next, then what has no end, then what ended last."""
    last = facts.last_day
    if last is None:
        return (1, 0)
    return (0, last.toordinal()) if last >= today else (2, -last.toordinal())
