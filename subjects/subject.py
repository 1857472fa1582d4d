"""One thing that projects have in common, as a visitor meets it in her language."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from cms.core.lists import places, sort_key
from projects.models import FundingRole, OrganisationRole, Status
from projects.public import named, place_name, registers
from projects.public.addresses import PLACES, REGISTERS, is_public, key_of, url_of
from projects.public.catalogue import catalogue
from projects.public.facets import facet_names
from projects.public.listing import Card, cards

from .neighbours import neighbours

TITLES = {
    "organisation": (_("Organisation"), _("Organisations")),
    "programme": (_("Programme"), _("Programmes")),
    "municipality": (_("Municipality"), _("Municipalities")),
    "region": (_("Region"), _("Regions")),
    "theme": (_("Theme"), _("Themes")),
    "target_group": (_("Target group"), _("Target groups")),
}
"""Of each kind: one of it, all of it."""
ROLES = (*OrganisationRole, *FundingRole)
OTHERS = ("organisation", "programme", "region", "municipality", "theme", "target_group")
"""What else the projects have in common, in the order shown."""
IN_A_GROUP = 8
"""Projects that are shown of each role; the list has the rest."""
MOST_OTHERS = 8


@dataclass(frozen=True)
class Link:
    """Another subject and how many projects it shares with the one at hand."""

    label: str
    language: str
    url: str
    count: int


@dataclass(frozen=True)
class Group:
    """Projects in which an organisation has a role; ``title`` is "" where there are no roles."""

    title: str
    total: int
    projects: list[Card]

    more = property(lambda self: self.total - len(self.projects))


class Subject:
    """``value`` as facets have it. ``record``: of a register, in its best language, or a place."""

    def __init__(self, kind: str, value: str, language: str) -> None:
        self.kind, self.value, self.language = kind, value, language
        self.catalogue = catalogue()
        self.today = timezone.localdate()
        if kind in PLACES:
            self.record = registers().places[kind, value]
            self.title, self.title_language = place_name(self.record, language)
        else:
            self.key = key_of(kind, value)
            self.record = getattr(registers(), REGISTERS[kind]).by_key(self.key, language)
            self.title, self.title_language = named(self.record)

    label = property(lambda self: TITLES[self.kind][0])
    description = property(lambda self: getattr(self.record, "description", ""))
    url = property(lambda self: url_of(self.kind, self.value, self.language))
    query = property(lambda self: f"?{self.kind}={self.value}")

    @cached_property
    def mask(self) -> int:
        """The set of its public projects."""
        return self.catalogue.masks[self.kind].get(self.value, 0)

    total = property(lambda self: self.mask.bit_count())
    keys = property(lambda self: [self.catalogue.keys[place] for place in places(self.mask)])

    @cached_property
    def states(self) -> list[tuple[Any, int]]:
        """Running, upcoming, ended: how many, where there are any."""
        masks = self.catalogue.masks_on(self.today)["status"]
        counts = ((status, (masks.get(status, 0) & self.mask).bit_count()) for status in Status)
        return [(status.label, count) for status, count in counts if count]

    @cached_property
    def groups(self) -> list[Group]:
        """Its projects: by role of an organisation, else in one group; the running ones first."""
        if self.kind != "organisation":
            return [self._group("", self.mask)] if self.mask else []
        roles = self.catalogue.by_role.get(self.key, {})
        return [self._group(str(role.label), roles[role]) for role in ROLES if role in roles]

    def _group(self, title: str, mask: int) -> Group:
        running = self.catalogue.masks_on(self.today)["status"].get(Status.RUNNING, 0)
        ordered = [*places(mask & running), *places(mask & ~running)]
        keys = (self.catalogue.keys[place] for place in islice(ordered, IN_A_GROUP))
        return Group(title, mask.bit_count(), cards(keys, self.language))

    @cached_property
    def others(self) -> list[tuple[str, list[Link], int]]:
        """Kind by kind what these projects have in common too: title, the first, how many more."""
        found = []
        for kind in OTHERS:
            links, more = self._sharing(kind)
            if links:
                found.append((str(TITLES[kind][1]), links, more))
        return found

    def _sharing(self, kind: str) -> tuple[list[Link], int]:
        names, counts = facet_names(self.language), {}
        for value, mask in self.catalogue.masks[kind].items():
            count = (mask & self.mask).bit_count()
            if count and (kind, value) != (self.kind, self.value) and value != "none":
                counts[value] = count
        # Of the many that share a project or two only as many are put in order as are shown.
        least = sorted(counts.values(), reverse=True)[:MOST_OTHERS]
        counted = [
            (-count, names(kind, value).order, value)
            for value, count in counts.items()
            if count >= least[-1]
        ]
        first = sorted(counted)[:MOST_OTHERS]
        links = [self._link(kind, value, -count) for count, _order, value in first]
        return links, len(counts) - len(links)

    def _link(self, kind: str, value: str, count: int) -> Link:
        name = facet_names(self.language)(kind, value)
        return Link(name.label, name.language, url_of(kind, value, self.language), count)

    @cached_property
    def near(self) -> list[Link]:
        """Of a place: those beside it, with the number of their projects."""
        if self.kind not in PLACES:
            return []
        codes = neighbours(self.kind, self.value)
        return self._places(self.kind, codes)

    @cached_property
    def towns(self) -> list[Link]:
        """Of a region: its municipalities in force, and former ones that projects name."""
        if self.kind != "region":
            return []
        counted = self.catalogue.masks["municipality"]
        return self._places(
            "municipality",
            (
                town.code
                for town in registers().municipalities.values()
                if town.region.code == self.value and (town.in_force or town.code in counted)
            ),
        )

    @property
    def has_towns(self) -> bool:
        """Whether any of its projects names a town."""
        return any(town.count for town in self.towns)

    @cached_property
    def region(self) -> Link | None:
        """Of a municipality."""
        if self.kind != "municipality":
            return None
        return self._places("region", [self.record.region.code])[0]

    def _places(self, kind: str, codes: Iterable[str]) -> list[Link]:
        masks = self.catalogue.masks[kind]
        found = [self._link(kind, code, masks.get(code, 0).bit_count()) for code in codes]
        return sorted(found, key=lambda link: sort_key(link.label, self.language))

    money_by = property(lambda self: "start" if self.kind == "programme" else "funder")

    @property
    def is_member(self) -> bool:
        return getattr(self.record, "is_member", False)

    @cached_property
    def people(self) -> list:
        """Of an organisation: staff who may be shown today, by name."""
        if self.kind != "organisation":
            return []
        register, found = registers().people, []
        for key in register.languages:
            person = register.by_key(key, self.language)
            employer = registers().organisations.keys.get(person.organisation_id)
            if employer == self.key and person.is_public and person.show_on_contacts_page:
                found.append(person)
        return sorted(found, key=lambda person: sort_key(person.name, self.language))


def subject_of(kind: str, value: str, language: str = "") -> Subject | None:
    """``None`` where visitors have no page of it."""
    if not is_public(kind, value):
        return None
    return Subject(kind, value, language or translation.get_language())


def all_of(kind: str, language: str, keys: frozenset[UUID] | None = None) -> list[Link]:
    """Every public subject of a kind by name, with the number of its projects."""
    known, names = catalogue().masks[kind], facet_names(language)
    if kind in PLACES:
        values = [value for value in known if value != "none"]
    else:
        register = getattr(registers(), REGISTERS[kind])
        values = [
            str(key) if kind in ("organisation", "programme") else slug
            for key in keys or ()
            for slug in [getattr(register.by_key(key, language), "slug", "")]
        ]
    found = []
    for value in values:
        subject = Subject(kind, value, language)
        found.append(
            Link(
                subject.title, subject.title_language, subject.url, known.get(value, 0).bit_count()
            )
        )
    return sorted(found, key=lambda link: (sort_key(link.label, names.language), link.url))
