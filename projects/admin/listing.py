"""The list of projects in the admin: what runs, who pays, who keeps it, what it lacks.

As a spreadsheet it has all facts; several things in one cell stand apart by ``; ``.
"""

from collections.abc import Callable, Iterable

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.ui.tables import Column
from wagtail.models import Locale, Page

from cms.core import formatting
from cms.core.admin import PageListing, PageListings
from cms.core.admin.tables import EXPORT_HEADINGS, PublishedFilterSet, TagsColumn, page_columns
from cms.core.lists import alphabetical

from ..models import Organisation, OrganisationRole, ProjectPage, Status
from ..models.facts import DatePrecision
from ..public import registers
from ..public.catalogue import catalogue
from ..public.listing import Funding
from . import missing


def funders(request) -> QuerySet:
    """Organisations that fund something, one version of each."""
    keys = registers().organisations.keys
    found = {
        keys[pk]
        for facts in catalogue().facts.values()
        for pk, *_rest in facts.funding
        if pk in keys
    }
    named = Organisation.objects.filter(locale=Locale.get_default(), translation_key__in=found)
    return alphabetical(named)


def owners(request) -> QuerySet:
    project = ContentType.objects.get_for_model(ProjectPage)
    owned = Page.objects.filter(content_type=project, owner=OuterRef("pk"))
    return get_user_model().objects.filter(Exists(owned))


class ProjectFilterSet(PublishedFilterSet):
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=Status.choices, method="by_status", widget=CheckboxSelectMultiple
    )
    missing = django_filters.MultipleChoiceFilter(
        label=_("Missing parts"),
        choices=missing.MissingPart.choices,
        method=lambda projects, name, parts: missing.lacking(projects, parts),
        widget=CheckboxSelectMultiple,
    )
    funder = django_filters.ModelMultipleChoiceFilter(
        label=_("Funder"), queryset=funders, method="by_funder", widget=CheckboxSelectMultiple
    )
    owner = MultipleUserFilter(label=_("Owner"), queryset=owners, widget=CheckboxSelectMultiple)

    class Meta:
        model = ProjectPage
        fields = []

    def by_status(self, projects, name, statuses) -> QuerySet:
        today = timezone.localdate()
        return having(
            projects, lambda facts: Status.of(facts.start_date, facts.last_day, today) in statuses
        )

    def by_funder(self, projects, name, organisations) -> QuerySet:
        if not organisations:
            return projects
        wanted = {organisation.translation_key for organisation in organisations}
        keys = registers().organisations.keys
        return having(
            projects, lambda facts: any(keys.get(pk) in wanted for pk, *_rest in facts.funding)
        )


def having(projects: QuerySet, condition: Callable) -> QuerySet:
    """In whichever language, the projects whose facts are so."""
    keys = {key for key, facts in catalogue().facts.items() if condition(facts)}
    return projects.filter(missing.of_projects(keys))


def period(project) -> str:
    """First and last day, as exactly as they are known."""
    facts = project.facts
    return formatting.period(facts.start_date, facts.last_day, facts.date_precision or "day")


def owner_name(page) -> str:
    return (page.owner.get_full_name() or page.owner.get_username()) if page.owner else ""


COLUMNS = {
    "title": _("Title"),
    "acronym": _("Acronym"),
    "code": _("Project code"),
    "lead": _("Lead"),
    "programme_name": _("Programme"),
    "status_label": _("Status"),
    "start_date": _("Start"),
    "end_date": _("Planned end"),
    "extension_end_date": _("End of extension"),
    "precision": _("Precision of the dates"),
    "funder_amounts": _("Funders"),
    "amount_sum": _("Amounts in all, in euro"),
    "realised_public_funding": _("Realised public funding, in euro"),
    "organisation_roles": _("Organisations"),
    "towns": _("Municipalities"),
    "region_names": _("Regions"),
    "theme_names": _("Themes"),
    "target_group_names": _("Target groups"),
    "contact_lines": _("Contacts"),
    "website": _("Website"),
    "full_url": _("Address"),
    "owner_name": _("Owner"),
    "missing_parts": _("Missing parts"),
    **EXPORT_HEADINGS,
}
AS_THEY_ARE = (
    "acronym",
    "code",
    "start_date",
    "end_date",
    "extension_end_date",
    "realised_public_funding",
    "website",
)


def funder(line: Funding) -> str:
    name = f"{line.organisation.name} ({line.role.label})"
    return name if line.amount is None else f"{name}: {formatting.euro(line.amount, plain=True)}"


def contact(person) -> str:
    parts = (person.name, person.title, person.organisation, person.email, person.phone)
    return ", ".join(str(part) for part in parts if part)


def joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def add_cells(project) -> None:
    """The columns that are no fields of the page, and those that another language has."""
    facts = project.facts
    amounts = [line.amount for line in facts.funding if line.amount is not None]
    cells = {name: getattr(facts, name) for name in AS_THEY_ARE} | {
        "programme_name": facts.programme.name if facts.programme else "",
        "status_label": str(facts.status.label) if facts.status else "",
        "precision": str(DatePrecision(facts.date_precision).label),
        "funder_amounts": joined(map(funder, facts.funding)),
        "amount_sum": sum(amounts) if amounts else None,
        "organisation_roles": joined(
            f"{organisation.name} ({OrganisationRole(role).label})"
            for organisation, role in facts.organisations
        ),
        "towns": joined(f"{town.label} ({town.value})" for town in facts.municipalities),
        "region_names": joined(region.label for region in facts.regions),
        "theme_names": joined(theme.label for theme in facts.themes),
        "target_group_names": joined(group.label for group in facts.target_groups),
        "contact_lines": joined(map(contact, facts.contacts)),
        "owner_name": owner_name(project),
        "missing_parts": joined(project.lacks),
    }
    for name, cell in cells.items():
        setattr(project, name, cell)


class ProjectListing(PageListing):
    columns = page_columns(
        _("Project"),
        TagsColumn(
            "period_status",
            label=_("Status"),
            accessor=lambda page: [(page.facts.status.label, False)] if page.facts.status else [],
        ),
        Column("period", label=_("Period"), accessor=period, sort_key="start_date"),
        Column(
            "funders",
            label=_("Funders"),
            accessor=lambda page: ", ".join(
                dict.fromkeys(line.organisation.name for line in page.facts.funding)
            ),
            width="16%",
        ),
        Column("owner", label=_("Owner"), accessor=owner_name, sort_key="owner__last_name"),
        TagsColumn(
            "missing",
            label=_("Missing parts"),
            accessor=lambda page: [(label, True) for label in page.lacks],
            width="22%",
        ),
        get_facts=lambda page: " · ".join(filter(None, (page.facts.acronym, page.facts.code))),
    )
    list_export = list(COLUMNS)
    export_headings = COLUMNS
    export_filename = "projects"
    complete = staticmethod(missing.tell)

    def search_queryset(self, queryset) -> QuerySet:
        if not self.is_searching:
            return queryset
        words = self.search_query.casefold()
        named = having(
            queryset, lambda facts: words in facts.code.casefold() + "\n" + facts.acronym.casefold()
        )
        return super().search_queryset(queryset) | named

    def order_queryset(self, queryset) -> QuerySet:
        """By the start of the project, whichever of its languages has it."""
        if (self.ordering or "").lstrip("-") != "start_date":
            return super().order_queryset(queryset)
        carriers = ProjectPage.objects.filter(
            translation_key=OuterRef("translation_key"), carries_facts=True
        )
        start = Coalesce("start_date", Subquery(carriers.values("start_date")[:1]))
        first_day = self.ordering.replace("start_date", "first_day")
        return queryset.alias(first_day=start).order_by(first_day)

    def to_row_dict(self, item) -> dict:
        add_cells(item)
        return super().to_row_dict(item)


class ProjectListingViewSet(PageListings):
    name = "project_listing"
    url_prefix = "projects"
    model = ProjectPage
    index_view_class = ProjectListing
    icon = "tasks"
    menu_label = _("Projects")
    menu_order = 150
    filterset_class = ProjectFilterSet
