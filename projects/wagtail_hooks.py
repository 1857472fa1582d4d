from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, LocaleColumn, NumberColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .admin import (
    ProgrammeChooser,
    RegisterViewSet,
    TermChooser,
    copying,
    join,
    joined,
    likely,
)
from .admin.deleting import RecordDeleteBulk
from .admin.listing import ProjectListingViewSet
from .admin.organisations import OrganisationViewSet, PersonViewSet
from .admin.places import MunicipalityViewSet, RegionViewSet
from .admin.to_do import project_lines
from .models import Programme, TargetGroup, Theme
from .unloading import views as unloading
from .unloading.first_hour import HOOKS as FIRST_HOUR

# The later one of a name counts.
hooks.register("register_bulk_action", RecordDeleteBulk, order=100)
for name, function in (*copying.HOOKS, *join.HOOKS, *joined.HOOKS, *likely.HOOKS):
    hooks.register(name, function)
hooks.register("register_admin_urls", unloading.urlpatterns)
for name, function in FIRST_HOUR:
    hooks.register(name, function, order=50)


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
            [
                FieldPanel("name"),
                "short_name",
                FieldRowPanel(["period_start", "period_end"]),
                "description",
            ],
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
            [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")],
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


hooks.register("to_do_lines", project_lines, order=10)
