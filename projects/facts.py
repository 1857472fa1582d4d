"""Everything that a project page shows of its children, in three queries.

One UNION reads all children with the names of their terms and places, one the organisations, one
the people. In a preview the children are in memory and not in the database: they are read there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import CharField, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone, translation

from cms.core.querysets import language_chain

from .cards import REGION_LANGUAGES, TOWN_LANGUAGES, best_of, place_language
from .models.organisations import Organisation
from .models.people import Person
from .models.programmes import Programme
from .models.relations import (
    FundingRole,
    OrganisationRole,
    ProjectContact,
    ProjectFunding,
    ProjectMunicipality,
    ProjectOrganisation,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
)
from .models.taxonomy import TargetGroup, Theme

COLUMNS = ("kind", "position", "target", "label", "language", "role", "amount", "until")
TERMS = [
    ("themes", ProjectTheme, "theme", Theme),
    ("target_groups", ProjectTargetGroup, "target_group", TargetGroup),
]
PLACES = [
    ("municipalities", ProjectMunicipality, "municipality", TOWN_LANGUAGES),
    ("regions", ProjectRegion, "region", REGION_LANGUAGES),
]


@dataclass(frozen=True)
class Row:
    """A child in plain words. ``target`` is a slug, a place's code or a record's primary key."""

    kind: str
    position: int
    target: str
    label: str = ""
    language: str = ""
    role: str = ""
    amount: str = ""
    until: str = ""


@dataclass(frozen=True)
class Term:
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
    def __init__(self, page):
        self.page = page
        self.language = translation.get_language() or page.locale.language_code

    @cached_property
    def rows(self) -> list[Row]:
        in_memory = not self.page.pk or getattr(self.page, "_cluster_related_objects", None)
        rows = (
            rows_in_memory(self.page) if in_memory else rows_in_database(self.page, self.language)
        )
        return sorted(rows, key=lambda row: row.position)

    def _of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]

    def _terms(self, kind: str) -> list[Term]:
        found = {row.target: Term(row.target, row.label, row.language) for row in self._of(kind)}
        return [term for term in found.values() if term.label]

    @cached_property
    def themes(self) -> list[Term]:
        return self._terms("themes")

    @cached_property
    def target_groups(self) -> list[Term]:
        return self._terms("target_groups")

    @cached_property
    def municipalities(self) -> list[Term]:
        return self._terms("municipalities")

    @cached_property
    def regions(self) -> list[Term]:
        return self._terms("regions")

    @cached_property
    def programme(self) -> Term | None:
        """The programme's name in the reader's language; the page's own record has the rules."""
        return next(iter(self._terms("programme")), None)

    @cached_property
    def _organisations(self) -> dict[str, Organisation]:
        wanted = {row.target for row in (*self._of("organisations"), *self._of("funding"))}
        return best_by_id(Organisation, wanted, self.language, "logo")

    @cached_property
    def roles(self) -> list[RoleGroup]:
        """Who runs the project: role by role in their order, each organisation once a role."""
        groups = {value: RoleGroup(OrganisationRole(value)) for value in OrganisationRole.values}
        for row in self._of("organisations"):
            organisation = self._organisations.get(row.target)
            group = groups.get(row.role)
            if organisation and group and organisation not in group.organisations:
                group.organisations.append(organisation)
        return [group for group in groups.values() if group.organisations]

    @property
    def leads(self) -> list[Organisation]:
        return [
            organisation
            for group in self.roles
            if group.role == OrganisationRole.LEAD
            for organisation in group.organisations
        ]

    @cached_property
    def funding(self) -> list[Funding]:
        return [
            Funding(
                self._organisations[row.target],
                FundingRole(row.role),
                Decimal(row.amount) if row.amount else None,
            )
            for row in self._of("funding")
            if row.target in self._organisations and row.role in FundingRole.values
        ]

    @cached_property
    def contacts(self) -> list[Person]:
        """People who may be shown today, by the contact's own last day and the person's."""
        today = timezone.localdate()
        wanted = [
            row.target
            for row in self._of("contacts")
            if not row.until or date.fromisoformat(row.until) >= today
        ]
        people = best_by_id(Person, set(wanted), self.language, "organisation", only_public=True)
        return list({people[key].pk: people[key] for key in wanted if key in people}.values())

    @property
    def amounts_known(self) -> bool:
        """Whether any funder's amount is: if none is, one sentence says so for all of them."""
        return any(line.amount is not None for line in self.funding)

    @property
    def images(self) -> list:
        """Every picture of the page, for one query of their renditions."""
        programme = self.page.programme
        logos = [organisation.logo for organisation in self._organisations.values()]
        own = [self.page.logo, self.page.image, programme.national_logo if programme else None]
        return [image for image in (*logos, *own) if image]


def best_by_id(
    model, ids: Iterable[str], language: str, *related: str, only_public: bool = False
) -> dict:
    """Primary key, as text → the record's best translation for the reader. One query.

    A person is left out if any of its translations is no longer public: the translation in use may
    be older than the source's new date.
    """
    ids = set(ids)
    if not ids:
        return {}
    keys = model.objects.filter(pk__in=ids).values("translation_key")
    records = model.objects.filter(translation_key__in=keys).select_related("locale", *related)
    chain = language_chain(language)
    by_key: dict = {}
    hidden = set()
    for record in records:
        code = record.locale.language_code
        rank = chain.index(code) if code in chain else len(chain) + record.locale_id
        by_key.setdefault(record.translation_key, []).append((rank, record))
        if only_public and not record.is_public:
            hidden.add(record.translation_key)
    best = {key: min(found, key=lambda entry: entry[0])[1] for key, found in by_key.items()}
    return {
        str(record.pk): best[key]
        for key, found in by_key.items()
        if key not in hidden
        for _rank, record in found
    }


def rows_in_database(page, language: str) -> list[Row]:
    queries = []
    for kind, model, name, term in TERMS:
        best = best_of(term, language, translation_key=OuterRef(f"{name}__translation_key"))
        queries.append(
            _rows(model.objects.filter(page=page), kind, target=f"{name}__slug", **_names(best))
        )
    for kind, model, name, known in PLACES:
        code = place_language(language, known)
        queries.append(
            _rows(
                model.objects.filter(page=page),
                kind,
                target=f"{name}__code",
                label=f"{name}__name_{code}",
                language=Value(code),
            )
        )
    children = ProjectOrganisation.objects.filter(page=page)
    queries.append(_rows(children, "organisations", target="organisation_id", role="role"))
    children = ProjectFunding.objects.filter(page=page)
    queries.append(
        _rows(children, "funding", target="organisation_id", role="role", amount="amount")
    )
    children = ProjectContact.objects.filter(page=page)
    queries.append(_rows(children, "contacts", target="person_id", until="public_until"))
    best = best_of(Programme, language, translation_key=OuterRef("translation_key"))
    programme = Programme.objects.filter(pk=page.programme_id)
    queries.append(_rows(programme, "programme", target="pk", position=Value(0), **_names(best)))
    first, *others = queries
    return [Row(*values) for values in first.union(*others, all=True)]


def _names(best) -> dict:
    return {
        "label": Subquery(best.values("name")[:1]),
        "language": Subquery(best.values("locale__language_code")[:1]),
    }


def _rows(children, kind: str, position="sort_order", **columns):
    """``COLUMNS`` of a union: PostgreSQL wants one type a column, so all but one are text."""
    texts = {
        f"row_{name}": Coalesce(Cast(columns.get(name, Value("")), CharField()), Value(""))
        for name in COLUMNS[2:]
    }
    return (
        children.order_by()
        .annotate(
            row_kind=Value(kind, output_field=CharField()),
            row_position=Coalesce(position, 0, output_field=IntegerField()),
            **texts,
        )
        .values_list(*(f"row_{name}" for name in COLUMNS))
    )


def rows_in_memory(page) -> list[Row]:
    """Of a page in preview. Unfinished children, without the record they are for, are left out."""
    rows = []
    for kind, _model, name, _term in TERMS:
        for position, child in enumerate(getattr(page, kind).all()):
            term = getattr(child, name, None)
            if term:
                term = term.localized
                code = term.locale.language_code
                rows.append(Row(kind, position, term.slug, term.name, code))
    for kind, _model, name, _known in PLACES:
        for position, child in enumerate(getattr(page, kind).all()):
            place = getattr(child, name, None)
            if place:
                rows.append(Row(kind, position, place.code, place.name, place.name_language))
    for position, child in enumerate(page.organisations.all()):
        if child.organisation_id:
            rows.append(Row("organisations", position, str(child.organisation_id), role=child.role))
    for position, child in enumerate(page.funding.all()):
        if child.organisation_id:
            amount = "" if child.amount is None else str(child.amount)
            target = str(child.organisation_id)
            rows.append(Row("funding", position, target, role=child.role, amount=amount))
    for position, child in enumerate(page.contacts.all()):
        if child.person_id:
            until = child.public_until.isoformat() if child.public_until else ""
            rows.append(Row("contacts", position, str(child.person_id), until=until))
    if page.programme:
        programme = page.programme.localized
        code = programme.locale.language_code
        rows.append(Row("programme", 0, str(programme.pk), programme.name, code))
    return rows
