"""All projects with their facts, held in memory for one content epoch: the read model.

Facts are read a thousand times for each edit. One plain query a table fills the catalogue; lists,
counts, cards, related projects and the search then ask it. A set of projects is a Python integer
with a bit for each: counting ten thousand takes microseconds.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple
from uuid import UUID

from cms.core.alphabet import sort_key
from cms.core.bit_sets import members, places
from cms.core.content_epoch import held
from cms.core.page_urls import language_codes, url_parts
from cms.core.querysets import language_chain

from ..models import Organisation, Person, ProjectPage, Status
from .filters import FACETS, FIRST_YEAR, LAST_YEAR, NOT_STATED, ProjectFilters, Sort
from .registers import NAMES, registers

YEARS_AHEAD = 10
NOT_KNOWN = {NOT_STATED, "-"}
"""What the list and the search index call a fact that is not known."""
COLUMNS = tuple(ProjectPage._meta.get_field(name).attname for name in ProjectPage.fact_fields)
CHILDREN = {
    "organisations": ("organisation_id", "role"),
    "funding": ("organisation_id", "role", "amount"),
    "municipalities": ("municipality_id",),
    "regions": ("region_id",),
    "themes": ("theme_id",),
    "target_groups": ("target_group_id",),
    "contacts": ("person_id", "public_until"),
}


@dataclass(slots=True)
class Facts:
    """The facts of one project as plain values; records by primary key, in the editor's order."""

    key: UUID
    acronym: str = ""
    code: str = ""
    programme_id: int | None = None
    start_date: date | None = None
    end_date: date | None = None
    extension_end_date: date | None = None
    date_precision: str = "day"
    realised_public_funding: Decimal | None = None
    website: str = ""
    logo_id: int | None = None
    image_id: int | None = None
    social_image_id: int | None = None
    organisations: list[tuple[int, str]] = field(default_factory=list)
    funding: list[tuple[int, str, Decimal | None]] = field(default_factory=list)
    municipalities: list[tuple[int]] = field(default_factory=list)
    regions: list[tuple[int]] = field(default_factory=list)
    themes: list[tuple[int]] = field(default_factory=list)
    target_groups: list[tuple[int]] = field(default_factory=list)
    contacts: list[tuple[int, date | None]] = field(default_factory=list)

    @property
    def last_day(self) -> date | None:
        return self.extension_end_date or self.end_date

    @property
    def programmes(self) -> list[tuple[int | None]]:
        """As rows, like the other records that it names."""
        return [(self.programme_id,)]

    @property
    def status(self) -> Status | None:
        return Status.of(self.start_date, self.last_day)

    @classmethod
    def of_page(cls, page) -> "Facts":
        """Of the page in hand, saved or not; children without the record they are for are not."""
        facts = cls(page.translation_key, *(getattr(page, name) for name in COLUMNS))
        for name, columns in CHILDREN.items():
            rows = (
                tuple(getattr(child, column) for column in columns)
                for child in getattr(page, name).all()
            )
            setattr(facts, name, [row for row in rows if row[0]])
        return facts

    def values(self) -> Iterator[tuple[str, str]]:
        """Facet and value, for every value that the same project has in every language.

        ``named_region`` is no facet: regions that the editor named, not those of the towns.
        """
        shelf = registers()
        for facet, rows, register in (
            ("theme", self.themes, shelf.themes),
            ("target_group", self.target_groups, shelf.target_groups),
        ):
            for (pk,) in rows:
                if pk in register.keys:
                    yield facet, register.slug(pk)
        for (pk,) in self.municipalities:
            if town := shelf.municipalities.get(pk):
                yield "municipality", town.code
                yield "region", town.region.code
        for (pk,) in self.regions:
            if region := shelf.regions.get(pk):
                yield "region", region.code
                yield "named_region", region.code
        for pk, *_rest in self.funding:
            if key := shelf.organisations.keys.get(pk):
                yield "funder", str(key)
        if key := shelf.programmes.keys.get(self.programme_id):
            yield "programme", str(key)

    def facets(self) -> dict[str, list[str]]:
        """Facet → values, each once."""
        found: dict[str, dict[str, None]] = {}
        for facet, value in self.values():
            found.setdefault(facet, {})[value] = None
        return {facet: list(values) for facet, values in found.items()}


def read_facts(pages) -> dict[UUID, Facts]:
    """Facts by translation key, of these pages (a queryset of those that carry them)."""
    found, by_pk = {}, {}
    for pk, key, *values in pages.order_by().values_list("pk", "translation_key", *COLUMNS):
        found[key] = by_pk[pk] = Facts(key, *values)
    for name, columns in CHILDREN.items():
        rows = ProjectPage._meta.get_field(name).related_model.objects.order_by("sort_order", "pk")
        if len(by_pk) <= SOME:
            rows = rows.filter(page__in=by_pk)
        for page, *values in rows.values_list("page_id", *columns):
            if page in by_pk:
                getattr(by_pk[page], name).append(tuple(values))
    return found


SOME = 500
"""As many pages are named in a query; for more, the table is read whole."""


@dataclass(frozen=True)
class Counts:
    """How many projects each choice would show: facet → value → number."""

    total: int
    facets: dict[str, dict[str, int]]


class Words(NamedTuple):
    """A public page of a project in one language."""

    language: str
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
        self.keys = sorted(self.pages, key=lambda key: (newest_first(self.facts[key]), key))
        self.places = {key: place for place, key in enumerate(self.keys)}
        self.everything = (1 << len(self.keys)) - 1
        self._orders: dict[tuple, list[int]] = {}
        self._dated: dict[date, dict[str, dict[str, int]]] = {}

    def page(self, key: UUID, language: str) -> Words:
        """Of the project's best public page for a reader."""
        pages = self.pages[key]
        for code in language_chain(language):
            if code in pages:
                return pages[code]
        return next(iter(pages.values()))

    @cached_property
    def masks(self) -> dict[str, dict[str, int]]:
        """Facet → value → the set of public projects that have it, whatever the day."""
        found: dict[str, dict[str, int]] = {
            name: defaultdict(int) for name in (*FACETS, "named_region")
        }
        for place, key in enumerate(self.keys):
            for facet, value in self.facts[key].values():
                found[facet][value] |= 1 << place
        for facet in ("funder", "programme", "region"):
            known = 0
            for mask in found[facet].values():
                known |= mask
            if known != self.everything:
                found[facet][NOT_STATED] = self.everything & ~known
        return {facet: dict(values) for facet, values in found.items()}

    def masks_on(self, today: date) -> dict[str, dict[str, int]]:
        """With status and years, which depend on the day."""
        if today not in self._dated:
            self._dated = {today: {**self.masks, **self._by_day(today)}}
        return self._dated[today]

    def _by_day(self, today: date) -> dict[str, dict[str, int]]:
        status: dict[str, int] = defaultdict(int)
        years: dict[int, int] = defaultdict(int)
        for place, key in enumerate(self.keys):
            facts, bit = self.facts[key], 1 << place
            found = Status.of(facts.start_date, facts.last_day, today)
            status[found or NOT_STATED] |= bit
            for year in years_of(facts, today):
                years[year] |= bit
        return {
            "status": {str(value): mask for value, mask in status.items()},
            "year": {str(year): years[year] for year in sorted(years)},
        }

    def known(self, filters: ProjectFilters, today: date) -> ProjectFilters:
        """Without values that no public project has; a status or year that none has finds none."""
        masks = self.masks_on(today)
        return filters.keeping(
            {name: masks[name].keys() for name in FACETS if name not in ("status", "year")}
        )

    def chosen(self, filters: ProjectFilters, today: date) -> dict[str, int]:
        """For each facet that narrows, the projects that it lets pass."""
        masks = self.masks_on(today)
        passing = {}
        for name in FACETS:
            if values := getattr(filters, name):
                passing[name] = 0
                for value in values:
                    passing[name] |= masks[name].get(value, 0)
        return passing

    def counts(self, filters: ProjectFilters, today: date) -> Counts:
        """Of each choice, given the choices of all other facets."""
        passing = self.chosen(filters, today)
        numbers = {}
        masks = self.masks_on(today)
        for name in FACETS:
            others = self.everything
            for other, mask in passing.items():
                if other != name:
                    others &= mask
            values = masks[name]
            numbers[name] = {value: (mask & others).bit_count() for value, mask in values.items()}
            for value in getattr(filters, name):
                numbers[name].setdefault(value, 0)
        last = str(today.year + YEARS_AHEAD)
        numbers["year"] = {
            year: number
            for year, number in numbers["year"].items()
            if year <= last or year in filters.year
        }
        return Counts(self.found(filters, today).bit_count(), numbers)

    def found(self, filters: ProjectFilters, today: date) -> int:
        mask = self.everything
        for passing in self.chosen(filters, today).values():
            mask &= passing
        return mask

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

    @cached_property
    def named(self) -> dict[str, set[UUID]]:
        """Register → keys of its records that public projects name, in any role."""
        shelf = registers()
        found: dict[str, set[UUID]] = defaultdict(set)
        for key in self.keys:
            facts = self.facts[key]
            for name, register, rows in (
                ("organisations", shelf.organisations, (*facts.organisations, *facts.funding)),
                ("themes", shelf.themes, facts.themes),
                ("target_groups", shelf.target_groups, facts.target_groups),
                ("programmes", shelf.programmes, facts.programmes),
            ):
                found[name].update(register.keys[row[0]] for row in rows if row[0] in register.keys)
        return found


WEIGHTS = {"theme": 4, "municipality": 3, "target_group": 2, "named_region": 2, "funder": 1}


@held
def catalogue() -> Catalogue:
    return Catalogue()


def newest_first(facts: Facts) -> tuple:
    start = facts.start_date
    return (start is None, -start.toordinal() if start else 0)


def ending_first(facts: Facts, today: date) -> tuple:
    """What ends next, then what has no end, then what ended last."""
    last = facts.last_day
    if last is None:
        return (1, 0)
    return (0, last.toordinal()) if last >= today else (2, -last.toordinal())


def years_of(facts: Facts, today: date) -> Iterable[int]:
    """The years in which a project runs; one without an end goes on until ``today``."""
    first = facts.start_date or facts.last_day
    last = facts.last_day or (max(first, today) if first else None)
    if first is None or last < first:
        return ()
    return range(max(first.year, FIRST_YEAR), min(last.year, LAST_YEAR) + 1)


def shown_keys(model) -> set:
    """Translation keys of the records of one of these registers that visitors meet by name."""
    keys = catalogue().named[NAMES[model]]
    if model is Organisation:
        people = Person.objects.public().filter(show_on_contacts_page=True)
        employers = people.exclude(organisation=None).values_list("organisation", flat=True)
        keys = keys | {registers().organisations.keys[pk] for pk in employers}
    return keys
