from collections.abc import Iterator

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, LocaleColumn, NumberColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.core.admin import Line, page_lines
from cms.core.admin.tables import any_case
from cms.core.lists import alphabetical
from cms.translation.policy import translates_only

from .admin import CountedListing, ProgrammeChooser, RegisterViewSet, TermChooser
from .admin.deleting import RecordDeleteBulk
from .admin.listing import ProjectListingViewSet
from .admin.missing import ExpiringContactsPanel, IncompleteProjectsPanel
from .admin.organisations import OrganisationViewSet, PersonViewSet
from .models import (
    Municipality,
    Programme,
    ProjectIndexPage,
    ProjectPage,
    Region,
    TargetGroup,
    Theme,
)

# The later one of a name counts.
hooks.register("register_bulk_action", RecordDeleteBulk, order=100)


def programme_period(programme) -> str:
    years = (programme.period_start, programme.period_end)
    return "–".join(str(year or "") for year in years) if any(years) else ""


class ProgrammeViewSet(RegisterViewSet):
    model = Programme
    counted = {"used": "programmes"}
    chooser_viewset_class = ProgrammeChooser
    list_filter = ["publicity", "fund"]
    icon = "clipboard-list"
    menu_order = 30
    list_display = [
        "name",
        "short_name",
        Column(
            "period",
            label=gettext_lazy("Period"),
            accessor=programme_period,
            sort_key="period_start",
        ),
        "publicity",
        NumberColumn("used", label=gettext_lazy("Projects"), sort_key="used"),
        LocaleColumn(label=gettext_lazy("Language")),
    ]
    search_fields = ["name", "short_name"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), "short_name", FieldRowPanel(["period_start", "period_end"])],
            heading=gettext_lazy("Programme"),
            help_text=gettext_lazy("One record for each programme and period."),
        ),
        MultiFieldPanel(
            ["publicity", "fund", "own_statement", "national_logo"],
            heading=gettext_lazy("What the funder requires on a page"),
            help_text=gettext_lazy(
                "Every project of the programme shows this; it can't be changed there."
            ),
        ),
        MultiFieldPanel(["website", "record_url_pattern"], heading=gettext_lazy("Links")),
    ]


class TermViewSet(RegisterViewSet):
    chooser_viewset_class = TermChooser
    list_display = [
        "name",
        "slug",
        NumberColumn("used", label=gettext_lazy("Projects"), sort_key="used"),
        LocaleColumn(label=gettext_lazy("Language")),
    ]
    search_fields = ["name", "slug"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("slug")],
            help_text=gettext_lazy(
                "Few and clear words serve the visitor best. The identifier is part of addresses: "
                "once published, leave it as it is."
            ),
        )
    ]


class ThemeViewSet(TermViewSet):
    model = Theme
    counted = {"used": "themes"}
    icon = "tag"
    menu_order = 40


class TargetGroupViewSet(TermViewSet):
    model = TargetGroup
    counted = {"used": "target_groups"}
    icon = "crosshairs"
    menu_order = 50


class MunicipalityFilterSet(WagtailFilterSet):
    region = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Region"),
        queryset=lambda request: alphabetical(Region.objects.all()),
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Municipality
        fields = ["in_force"]


class PlaceListing(CountedListing, IndexView):
    paginate_by = 50
    default_ordering = "name_fi"
    is_searchable = True
    search_fields = ["name_fi", "name_sv", "code"]

    def search_queryset(self, queryset) -> QuerySet:
        if not self.is_searching:
            return queryset
        return queryset.filter(any_case(self.search_fields, self.search_query))


class MunicipalityListing(PlaceListing):
    counted = {"projects": "municipalities"}
    columns = [
        Column("name_fi", label=gettext_lazy("Name in Finnish"), sort_key="name_fi"),
        Column("name_sv", label=gettext_lazy("Name in Swedish"), sort_key="name_sv"),
        Column("code", label=gettext_lazy("Code"), sort_key="code"),
        Column(
            "region",
            label=gettext_lazy("Region"),
            accessor="region.name",
            sort_key="region__name_fi",
        ),
        BooleanColumn("in_force", label=gettext_lazy("In force"), sort_key="in_force"),
        Column("successor", label=gettext_lazy("Merged into"), accessor="successor.name"),
        Column("year", label=gettext_lazy("List of the year"), sort_key="year"),
        NumberColumn("projects", label=gettext_lazy("Projects"), sort_key="projects"),
    ]

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("region", "successor")


class RegionListing(PlaceListing):
    counted = {"projects": "regions"}
    columns = [
        Column("name_fi", label=gettext_lazy("Name in Finnish"), sort_key="name_fi"),
        Column("name_sv", label=gettext_lazy("Name in Swedish"), sort_key="name_sv"),
        Column("name_en", label=gettext_lazy("Name in English"), sort_key="name_en"),
        Column("code", label=gettext_lazy("Code"), sort_key="code"),
        Column("year", label=gettext_lazy("List of the year"), sort_key="year"),
        NumberColumn("projects", label=gettext_lazy("Projects"), sort_key="projects"),
    ]


class PlaceViewSet(ViewSet):
    """A listing without any way to add, change or delete."""

    model = None
    listing_class = PlaceListing
    filterset_class = None
    icon = "globe"

    def get_urlpatterns(self) -> list[URLPattern]:
        kwargs = {
            "model": self.model,
            "header_icon": self.icon,
            "index_url_name": self.get_url_name("index"),
            "index_results_url_name": self.get_url_name("index_results"),
            "filterset_class": self.filterset_class,
            "page_title": self.menu_label,
        }
        view = self.construct_view(self.listing_class, **kwargs)
        results = self.construct_view(self.listing_class, **kwargs, results_only=True)
        return [path("", view, name="index"), path("results/", results, name="index_results")]


class MunicipalityViewSet(PlaceViewSet):
    name = "municipalities"
    model = Municipality
    listing_class = MunicipalityListing
    filterset_class = MunicipalityFilterSet
    menu_label = gettext_lazy("Municipalities")
    menu_order = 60


class RegionViewSet(PlaceViewSet):
    name = "regions"
    model = Region
    listing_class = RegionListing
    menu_label = gettext_lazy("Regions")
    menu_order = 70


class RegisterGroup(SnippetViewSetGroup):
    """One menu for everything that projects refer to."""

    items = (
        OrganisationViewSet,
        PersonViewSet,
        ProgrammeViewSet,
        ThemeViewSet,
        TargetGroupViewSet,
        MunicipalityViewSet,
        RegionViewSet,
    )
    menu_label = gettext_lazy("Registers")
    menu_icon = "table"
    menu_order = 170


@hooks.register("register_admin_viewset")
def register_listings() -> list[ViewSet]:
    return [ProjectListingViewSet(), RegisterGroup()]


@hooks.register("construct_homepage_panels")
def add_front_page_panels(request, panels: list) -> None:
    if not translates_only(request.user):
        panels += [ExpiringContactsPanel(), IncompleteProjectsPanel()]


@hooks.register("to_do_lines", order=10)
def project_lines(request) -> Iterator[Line]:
    labels = {
        "add": _("Add a project"),
        "changed": _("Projects with unpublished changes"),
        "drafts": _("Projects not yet published"),
    }
    return page_lines(request.user, ProjectPage, ProjectIndexPage, "project_listing", labels)
