"""Projects as a visitor meets them: the facts of one in her language, and its card."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from ..models.details import LinkKind, country_of
from ..models.organisations import Organisation, Person, Programme
from ..models.relations import FundingRole, OrganisationRole
from ..models.sums import AmountKind, AmountSource
from . import Facts, named, place_name, registers
from .catalogue import Words, catalogue
from .period import Period
from .values import Funding, Part, RoleGroup, Sum, Term

SHOWN_DETAILS = (
    *("award_date", "cofinancing_rate", "programme_part", "priority_axis"),
    *("specific_objective", "intervention"),
)
FUNDING_ROLES = frozenset(FundingRole.values)


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
    def parts(self) -> list[Part]:
        """Who takes part, in the editor's order."""
        found = (Part(self._organisation(pk), *rest) for pk, *rest in self.values.organisations)
        return [part for part in found if part.organisation]

    @property
    def organisations(self) -> list[tuple[Organisation, str]]:
        return [(part.organisation, part.role) for part in self.parts]

    # For a card: towns; regions where no town is named.
    places = property(lambda self: self.municipalities or self.regions)
    places_kind = property(lambda self: "municipality" if self.municipalities else "region")
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
        for part in self.parts:
            group = groups.get(part.role)
            if group and part.organisation not in group.organisations:
                group.parts.append(part)
        return [group for group in groups.values() if group.organisations]

    @property
    def leads(self) -> list[Organisation]:
        groups = {group.role: group.organisations for group in self.roles}
        return groups.get(OrganisationRole.LEAD, [])

    @cached_property
    def funding(self) -> list[Funding]:
        lines = ((self._organisation(pk), *rest) for pk, *rest in self.values.funding)
        return [
            Funding(organisation, FundingRole(role), *rest)
            for organisation, role, *rest in lines
            if organisation and role in FUNDING_ROLES
        ]

    @cached_property
    def amounts(self) -> list[Sum]:
        return [
            Sum(AmountSource(source), AmountKind(kind), year, amount)
            for source, kind, year, amount in self.values.amounts
            if amount is not None and source in AmountSource and kind in AmountKind
        ]

    @property
    def cofinancing_share(self) -> Decimal | None:
        """Of one: 0.85."""
        rate = self.values.cofinancing_rate
        return None if rate is None else rate / 100

    has_details = property(
        lambda self: any(getattr(self.values, name) not in ("", None) for name in SHOWN_DETAILS)
    )

    @property
    def codes(self) -> list[tuple[str, str]]:
        """Further ones, each with the register that it is of."""
        return [(scheme, code) for code, scheme in self.values.codes]

    @property
    def areas(self) -> list[tuple[str, str]]:
        """Countries and NUTS areas: the code, and the country's name for the reader."""
        return [(code, country_of(code, self.language)) for (code,) in self.values.areas]

    @cached_property
    def links(self) -> list[tuple[LinkKind, Any]]:
        """Earlier and larger projects that are public."""
        known = catalogue()
        keys = ((known.linked.get(pk), kind) for pk, kind in self.values.links)
        return [
            (LinkKind(kind), card)
            for key, kind in keys
            if kind in LinkKind
            for card in cards([key], self.language)
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

    @property
    def has_contacts(self) -> bool:
        """Somebody to ask, or a lead organisation that says how to reach it."""
        names = ("postal_address", "email", "phone", "website")
        reached = (getattr(lead, name) for lead in self.leads for name in names)
        return bool(self.contacts) or any(reached)

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
