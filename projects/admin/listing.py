"""The list of projects in the admin: what runs, who pays, who keeps it, what it lacks."""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn
from wagtail.models import Locale, Page

from cms.core.admin import EditLinkColumn, PageListing, PageListings, PublishedFilterSet, TagsColumn
from cms.core.alphabet import alphabetical

from ..catalogue import catalogue
from ..models import Organisation, ProjectPage, Status
from ..registers import registers
from . import exporting, missing
from .columns import day_text, owner_name


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
        method="by_missing",
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
        if not statuses:
            return projects
        today = timezone.localdate()
        return having(
            projects, lambda facts: Status.of(facts.start_date, facts.last_day, today) in statuses
        )

    def by_missing(self, projects, name, parts) -> QuerySet:
        return missing.lacking(projects, parts) if parts else projects

    def by_funder(self, projects, name, organisations) -> QuerySet:
        if not organisations:
            return projects
        wanted = {organisation.translation_key for organisation in organisations}
        keys = registers().organisations.keys
        return having(
            projects, lambda facts: any(keys.get(pk) in wanted for pk, *_rest in facts.funding)
        )


def having(projects, condition) -> QuerySet:
    """In whichever language, the projects whose facts are so."""
    keys = {key for key, facts in catalogue().facts.items() if condition(facts)}
    return projects.filter(missing.of_projects(keys))


def status_tag(project) -> list:
    return [(project.facts.status.label, False)] if project.facts.status else []


def period(project) -> str:
    """First and last day; an open end stays open."""
    start, last = project.facts.start_date, project.facts.last_day
    return f"{day_text(start)}–{day_text(last)}" if start or last else ""


def funder_names(project) -> str:
    return ", ".join(dict.fromkeys(line.organisation.name for line in project.facts.funding))


def facts(project) -> str:
    return " · ".join(part for part in (project.facts.acronym, project.facts.code) if part)


class ProjectListing(PageListing):
    columns = [
        BulkActionsColumn("bulk_actions"),
        EditLinkColumn(
            "title",
            label=_("Project"),
            accessor="get_admin_display_title",
            sort_key="title",
            get_facts=facts,
            width="28%",
        ),
        TagsColumn("period_status", label=_("Status"), accessor=status_tag),
        Column("period", label=_("Period"), accessor=period, sort_key="start_date"),
        Column("funders", label=_("Funders"), accessor=funder_names, width="16%"),
        Column("owner", label=_("Owner"), accessor=owner_name, sort_key="owner__last_name"),
        TagsColumn(
            "missing",
            label=_("Missing parts"),
            accessor=lambda page: [(label, True) for label in page.lacks],
            width="22%",
        ),
        DateColumn(
            "latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"
        ),
        PageStatusColumn("status", label=_("Published"), sort_key="live"),
    ]
    list_export = list(exporting.COLUMNS)
    export_headings = exporting.COLUMNS
    export_filename = "projects"

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

    def complete(self, pages) -> None:
        missing.tell(pages)

    def to_row_dict(self, item) -> dict[str, Any]:
        exporting.add_cells(item)
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
