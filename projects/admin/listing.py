"""The list of projects in the admin: what runs, who pays, who keeps it, what it lacks."""

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import Prefetch
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Locale

from cms.core.admin import EditLinkColumn, PageListing, PublishedFilterSet, TagsColumn
from cms.core.alphabet import alphabetical

from ..models import Organisation, ProjectFunding, ProjectPage, Status
from . import missing
from .columns import day_text


def funders(request):
    """Organisations that fund something, one version of each."""
    keys = ProjectFunding.objects.values("organisation__translation_key")
    found = Organisation.objects.filter(locale=Locale.get_default(), translation_key__in=keys)
    return alphabetical(found)


def owners(request):
    return get_user_model().objects.filter(
        pk__in=ProjectPage.objects.order_by().values("owner").distinct()
    )


class ProjectFilterSet(PublishedFilterSet):
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"),
        choices=Status.choices,
        method="by_status",
        widget=CheckboxSelectMultiple,
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

    def by_status(self, projects, name, statuses):
        return projects.with_status(*statuses) if statuses else projects

    def by_missing(self, projects, name, parts):
        return missing.lacking(projects, parts) if parts else projects

    def by_funder(self, projects, name, organisations):
        if not organisations:
            return projects
        keys = [organisation.translation_key for organisation in organisations]
        funding = ProjectFunding.objects.filter(organisation__translation_key__in=keys)
        return projects.filter(pk__in=funding.values("page"))


def status_tag(project) -> list:
    return [(project.status.label, False)] if project.status else []


def period(project) -> str:
    """First and last day; an open end stays open."""
    if not (project.start_date or project.last_day):
        return ""
    return f"{day_text(project.start_date)}–{day_text(project.last_day)}"


def funder_names(project) -> str:
    names = (funding.organisation.name for funding in project.funding.all())
    return ", ".join(dict.fromkeys(names))


def owner_name(project) -> str:
    owner = project.owner
    return (owner.get_full_name() or owner.get_username()) if owner else ""


def missing_tags(project) -> list:
    return [(label, True) for label in missing.labels(project)]


def facts(project) -> str:
    return " · ".join(part for part in (project.acronym, project.code) if part)


class ProjectListing(PageListing):
    search_fields = ["title", "draft_title", "acronym", "code"]
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
        TagsColumn("missing", label=_("Missing parts"), accessor=missing_tags, width="22%"),
        DateColumn(
            "latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"
        ),
        PageStatusColumn("status", label=_("Published"), sort_key="live"),
    ]
    list_export = [
        "title",
        "acronym",
        "code",
        "programme_name",
        "status_label",
        "start_date",
        "end_date",
        "extension_end_date",
        "funder_names",
        "realised_public_funding",
        "owner_name",
        "missing_parts",
        "live",
        "locale.language_code",
        "latest_revision_created_at",
    ]
    export_headings = {
        "programme_name": _("Programme"),
        "status_label": _("Status"),
        "funder_names": _("Funders"),
        "owner_name": _("Owner"),
        "missing_parts": _("Missing parts"),
        "live": _("Published"),
        "locale.language_code": _("Language"),
        "latest_revision_created_at": _("Updated"),
    }
    export_filename = "projects"

    def annotate_queryset(self, pages):
        funding = ProjectFunding.objects.select_related("organisation")
        return missing.annotate(
            super()
            .annotate_queryset(pages)
            .select_related("programme", "owner", "locale", "content_type")
            .prefetch_related(Prefetch("funding", queryset=funding))
        )

    def to_row_dict(self, item):
        item.status_label = str(item.status.label) if item.status else ""
        item.funder_names = funder_names(item)
        item.missing_parts = ", ".join(missing.labels(item))
        item.owner_name = owner_name(item)
        item.programme_name = item.programme.name if item.programme else ""
        return super().to_row_dict(item)


class ProjectListingViewSet(PageListingViewSet):
    name = "project_listing"
    url_prefix = "projects"
    model = ProjectPage
    index_view_class = ProjectListing
    icon = "tasks"
    menu_label = _("Projects")
    menu_order = 150
    add_to_admin_menu = True
    filterset_class = ProjectFilterSet
    columns = ProjectListing.columns
    list_export = ProjectListing.list_export
    export_headings = ProjectListing.export_headings
    export_filename = ProjectListing.export_filename
