"""The list of projects in the admin: what runs, who pays, who keeps it, what it lacks.

As a spreadsheet it has all facts; several things in one cell stand apart by ``; ``.
"""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from cms.core import formatting
from cms.core.admin import PageListing, PageListings
from cms.core.admin.tables import TagsColumn, page_columns

from ..models import ProjectPage
from . import missing
from .cells import COLUMNS, add_cells, owner_name
from .filters import ProjectFilterSet, having


def period(project) -> str:
    """First and last day, as exactly as they are known."""
    facts = project.facts
    return formatting.period(facts.start_date, facts.last_day, facts.date_precision or "day")


class MissingColumn(Column):
    """How much of a project is there, and what is not: each part leads to its field."""

    cell_template_name = "projects/admin/missing_cell.html"

    def get_cell_context_data(self, instance, parent_context) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        may_edit = instance.permissions_for_user(parent_context["request"].user).can_edit()
        parts = [
            (part.label, missing.place_of(part, instance) if may_edit else "")
            for part in instance.lacking
        ]
        number = len(missing.MissingPart)
        return {**context, "parts": parts, "number": number, "there": number - len(parts)}


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
        MissingColumn("missing", label=_("Missing parts"), accessor="lacking", width="22%"),
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
