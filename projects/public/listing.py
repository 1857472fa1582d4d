"""Projects as a visitor meets them: the facts of one in her language, its card, the list of all."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from cms.core.lists import PAGE_SIZE, page_at

from ..models.organisations import Organisation, Person, Programme
from ..models.relations import FundingRole, OrganisationRole
from . import Facts, named, place_name, registers
from .catalogue import Words, catalogue
from .facets import Facets, facet_names
from .filters import FACET_TITLES, FACETS, ProjectFilters, Sort
from .period import Period

FUNDING_ROLES = frozenset(FundingRole.values)


@dataclass(frozen=True)
class Term:
    """A value to filter by, with its name and the language that the name is in."""

    value: str
    label: str
    language: str


@dataclass(frozen=True)
class RoleGroup:
    role: OrganisationRole
    organisations: list[Organisation] = field(default_factory=list)


@dataclass(frozen=True)
class Funding:
    organisation: Organisation
    role: FundingRole
    amount: Decimal | None


class ProjectFacts:
    """Plain values (``code``, ``start_date``, ``status`` …) are those of :class:`Facts`."""

    def __init__(self, values: Facts, language: str = "") -> None:
        self.values = values
        self.language = language or translation.get_language() or settings.LANGUAGE_CODE
        self.registers = registers()

    def __getattr__(self, name: str) -> Any:
        if name == "values":
            raise AttributeError(name)
        return getattr(self.values, name)

    def _terms(self, name: str) -> list[Term]:
        register = getattr(self.registers, name)
        rows = getattr(self.values, name)
        records = filter(None, (register.get(pk, self.language) for (pk,) in rows))
        return list({each.slug: Term(each.slug, *named(each)) for each in records}.values())

    themes = cached_property(lambda self: self._terms("themes"))
    target_groups = cached_property(lambda self: self._terms("target_groups"))

    def _places(self, known: dict, rows: Iterable[tuple[int]]) -> list[Term]:
        places = filter(None, (known.get(pk) for (pk,) in rows))
        terms = (Term(place.code, *place_name(place, self.language)) for place in places)
        return list({term.value: term for term in terms}.values())

    municipalities = cached_property(
        lambda self: self._places(self.registers.municipalities, self.values.municipalities)
    )
    regions = cached_property(
        lambda self: self._places(self.registers.regions, self.values.regions)
    )

    @property
    def all_regions(self) -> list[Term]:
        """Those that the editor named, then those of the towns."""
        towns = (self.registers.municipalities.get(pk) for (pk,) in self.values.municipalities)
        rows = [*self.values.regions, *((town.region_id,) for town in towns if town)]
        return self._places(self.registers.regions, rows)

    @cached_property
    def organisations(self) -> list[tuple[Organisation, str]]:
        """Each with its role, in the editor's order."""
        found = ((self._organisation(pk), role) for pk, role in self.values.organisations)
        return [(organisation, role) for organisation, role in found if organisation]

    # For a card: towns; regions where no town is named.
    places = property(lambda self: self.municipalities or self.regions)
    years = property(lambda self: Period.of(self.values).years)

    @property
    def funders(self) -> list[Term]:
        records = (self._organisation(pk) for pk, *_rest in self.values.funding)
        return [Term(str(each.translation_key), *named(each)) for each in records if each]

    programme: Programme | None = cached_property(
        lambda self: self.registers.programmes.get(self.values.programme_id, self.language)
    )

    record_url = property(
        lambda self: self.programme.record_url(self.values.code) if self.programme else ""
    )

    def _organisation(self, pk: int) -> Organisation | None:
        return self.registers.organisations.get(pk, self.language)

    @cached_property
    def roles(self) -> list[RoleGroup]:
        """Who runs the project: role by role in their order, each organisation once a role."""
        groups = {value: RoleGroup(OrganisationRole(value)) for value in OrganisationRole.values}
        for organisation, role in self.organisations:
            group = groups.get(role)
            if group and organisation not in group.organisations:
                group.organisations.append(organisation)
        return [group for group in groups.values() if group.organisations]

    @property
    def leads(self) -> list[Organisation]:
        groups = {group.role: group.organisations for group in self.roles}
        return groups.get(OrganisationRole.LEAD, [])

    @cached_property
    def funding(self) -> list[Funding]:
        lines = ((self._organisation(pk), role, amount) for pk, role, amount in self.values.funding)
        return [
            Funding(organisation, FundingRole(role), amount)
            for organisation, role, amount in lines
            if organisation and role in FUNDING_ROLES
        ]

    @cached_property
    def contacts(self) -> list[Person]:
        """People who may be shown today, by the contact's own last day and the person's."""
        today, found = timezone.localdate(), {}
        for pk, until in self.values.contacts:
            person = self.registers.people.get(pk, self.language)
            if person and person.is_public and (until is None or until >= today):
                found[person.pk] = person
        return list(found.values())

    # Whether any funder's amount is: if none is, one sentence says so for all of them.
    amounts_known = property(lambda self: any(line.amount is not None for line in self.funding))

    @cached_property
    def _pictures(self) -> dict[int, AbstractImage]:
        values = self.values
        wanted = {values.logo_id, values.image_id, values.social_image_id} - {None}
        images = get_image_model().objects.prefetch_related("renditions")
        return images.in_bulk(wanted) if wanted else {}

    logo = property(lambda self: self._pictures.get(self.values.logo_id))
    image = property(lambda self: self._pictures.get(self.values.image_id))
    social_image = property(lambda self: self._pictures.get(self.values.social_image_id))


def facts_of(page) -> Facts:
    """The facts of the page's project. Of a page in preview: what is in the form."""
    if page.carries_facts and (not page.pk or getattr(page, "_cluster_related_objects", None)):
        return Facts.of_page(page)
    return catalogue().facts.get(page.translation_key) or Facts.of_page(page.carrier)


@dataclass
class Card:
    """A project in the best language for a reader of ``language``; it is that of its ``words``."""

    key: UUID
    words: Words
    language: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.words, name)

    facts = cached_property(lambda self: ProjectFacts(catalogue().facts[self.key], self.language))


def cards(keys: Iterable[UUID], language: str | None = None) -> list[Card]:
    """In the order given, without a query."""
    language, known = language or translation.get_language(), catalogue()
    return [Card(key, known.page(key, language), language) for key in keys if key in known.pages]


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

    @cached_property
    def projects(self) -> list[Card]:
        start = (self.filters.page - 1) * PAGE_SIZE
        keys = self.catalogue.select(
            self.filters, self.language, self.today, start, start + PAGE_SIZE
        )
        return cards(keys, self.language)

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
