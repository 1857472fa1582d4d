"""Facets as a visitor sees them: choices with their numbers, and chips of what is chosen.

The project list and the search result page show them alike, by this module; where the numbers
come from differs. ``components/filters.html`` is the form.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.content_epoch import held
from cms.core.lists import sort_key

from ..models import Status
from . import named, place_name, registers
from .catalogue import NOT_KNOWN, catalogue
from .filters import FACET_TYPES, HIDDEN

SHORT = {name for name, facet in FACET_TYPES.items() if facet.short}
OPEN = {"type", *SHORT}
MOST = 60
"""Checkboxes of a facet; of more choices those not yet made stand in a menu."""
COURSE = (Status.RUNNING, Status.UPCOMING, Status.ENDED)

Values = Mapping[str, Iterable[str]]


class Name(NamedTuple):
    """``language`` is that of ``label`` where it is not the reader's own; ``order`` sorts names.

    ``region`` is the code of the one that a municipality lies in.
    """

    label: str
    language: str
    order: tuple[bool, str, str]
    region: str = ""


class FacetNames:
    """Names for the readers of one language: ``names("theme", "work").label``."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._registers = registers()
        self._catalogue = catalogue()
        self._found: dict[tuple[str, str], Name] = {}

    def __call__(self, facet: str, value: str) -> Name:
        found = self._found.get((facet, value))
        if found is None and facet == "year" and value.isdecimal():
            # From the newest.
            return Name(value, "", (False, f"{9999 - int(value):04}", value))
        if found is None:
            with translation.override(self.language):
                label, language = self.name(facet, value)
            language = "" if language == self.language else language
            # By name, but status by course of time.
            course = COURSE.index(value) if value in COURSE else 9
            rank = str(course) if facet == "status" else sort_key(label, self.language)
            order = (value in NOT_KNOWN, rank, value)
            town = self._registers.places.get((facet, value)) if facet == "municipality" else None
            found = Name(label, language, order, town.region.code if town else "")
            # Made-up values of an address are called what they are, and not kept.
            if label != value:
                self._found[facet, value] = found
        return found

    def name(self, facet: str, value: str) -> tuple[str, str]:
        """The name and its language.

        The value itself where the public does not know it: a draft's funder has no name here.
        """
        if value in NOT_KNOWN:
            return _("Not stated"), ""
        if facet == "status":
            return (str(Status(value).label) if value in COURSE else value), ""
        if facet in ("region", "municipality"):
            place = self._registers.places.get((facet, value))
            return place_name(place, self.language) if place else (value, "")
        if value not in self._catalogue.masks.get(facet, ()) or facet == "year":
            return value, ""
        register = getattr(self._registers, FACET_TYPES[facet].register)
        key = register.keys_of_slugs.get(value) or UUID(value)
        return named(register.by_key(key, self.language))


@held
def facet_names(language: str) -> FacetNames:
    return FacetNames(language)


@dataclass(slots=True)
class Choice:
    """One value of a facet and how much it finds. ``towns`` are those of a region."""

    facet: str
    value: str
    name: Name
    count: int
    chosen: bool
    towns: list["Choice"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Menu:
    """Choices that are too many for checkboxes, in groups: a heading or "", and its choices."""

    facet: str
    title: str
    groups: list[tuple[str, list[Choice]]]


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    choices: list[Choice]
    open: bool
    menu: Menu | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value, with the address of the list without it."""

    label: str
    language: str
    url: str


class Facets:
    """``counts``: facet → value → number; ``chosen``: facet → values.

    ``titles`` has the facets in their order. ``without`` gives the address that lets go of a value.
    """

    def __init__(
        self,
        titles: Mapping[str, str],
        counts: Mapping[str, Mapping[str, int]],
        chosen: Values,
        names: FacetNames,
        without: Callable[[str, str], str],
    ) -> None:
        self.titles = titles
        self.counts = counts
        self.chosen = {name: set(values) for name, values in chosen.items()}
        self.names = names
        self.without = without

    @cached_property
    def shown(self) -> list[Facet]:
        apart = {"municipality", *HIDDEN}
        found = (self._facet(name) for name in self.titles if name not in apart)
        return [facet for facet in found if facet.choices or facet.menu]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What is chosen of facets without choices to show: it stays when others are chosen."""
        return [(name, value) for name in HIDDEN for value in sorted(self.chosen.get(name, ()))]

    @cached_property
    def chips(self) -> list[Chip]:
        found = []
        for facet, title in self.titles.items():
            names = {value: self.names(facet, value) for value in self.chosen.get(facet, ())}
            for value, name in sorted(names.items(), key=lambda item: item[1].order):
                label = f"{title}: {name.label}" if value in NOT_KNOWN else name.label
                found.append(Chip(label, name.language, self.without(facet, value)))
        return found

    def choices(self, facet: str) -> list[Choice]:
        counts, chosen = self.counts.get(facet, {}), self.chosen.get(facet, set())
        names = self.names
        found = [
            Choice(facet, value, names(facet, value), count, value in chosen)
            for value, count in counts.items()
            if count or facet in SHORT or value in chosen
        ]
        found += [
            Choice(facet, value, names(facet, value), 0, True) for value in chosen - {*counts}
        ]
        return sorted(found, key=lambda choice: choice.name.order)

    def _facet(self, name: str) -> Facet:
        choices, title = self.choices(name), str(self.titles[name])
        chosen, menu = bool(self.chosen.get(name)), None
        if name == "region":
            title = _("Region and municipality")
            chosen = chosen or bool(self.chosen.get("municipality"))
            menu = self._with_towns(choices)
        elif len(choices) > MOST:
            rest = [choice for choice in choices if not choice.chosen]
            choices = [choice for choice in choices if choice.chosen]
            menu = Menu(name, title, [("", rest)])
        return Facet(name, title, choices, chosen or name in OPEN, menu)

    def _with_towns(self, regions: list[Choice]) -> Menu | None:
        """Put the towns below their regions; where they are many, only those chosen."""
        by_code = {region.value: region for region in regions}
        towns = [town for town in self.choices("municipality") if town.value not in NOT_KNOWN]
        many = len(towns) > MOST
        groups: dict[str, list[Choice]] = {region.value: [] for region in regions}
        for town in towns:
            code = town.name.region
            if many and not town.chosen:
                groups.setdefault(code, []).append(town)
            elif code in by_code:
                by_code[code].towns.append(town)
            else:
                regions.append(town)
        if not many:
            return None
        named = [
            (self.names("region", code).label, towns) for code, towns in groups.items() if towns
        ]
        return Menu("municipality", str(self.titles["municipality"]), named)
