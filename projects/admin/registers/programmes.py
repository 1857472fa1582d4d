from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, LocaleColumn, NumberColumn

from cms.core.admin import LocaleFirstFilterSet, TranslatableSnippetListing

from ...models import Programme
from .. import choosers
from ..columns import CountedListing
from .base import TranslatableViewSet


class ProgrammeFilterSet(LocaleFirstFilterSet):
    class Meta:
        model = Programme
        fields = ["publicity", "fund"]


class ProgrammeListing(CountedListing, TranslatableSnippetListing):
    counted = {"used": "programmes"}


def programme_period(programme) -> str:
    years = (programme.period_start, programme.period_end)
    return "–".join(str(year or "") for year in years) if any(years) else ""


class ProgrammeViewSet(TranslatableViewSet):
    model = Programme
    index_view_class = ProgrammeListing
    chooser_viewset_class = choosers.ProgrammeChooser
    filterset_class = ProgrammeFilterSet
    icon = "clipboard-list"
    menu_order = 30
    list_display = [
        "name",
        "short_name",
        Column("period", label=_("Period"), accessor=programme_period, sort_key="period_start"),
        "publicity",
        NumberColumn("used", label=_("Projects"), sort_key="used"),
        LocaleColumn(label=_("Language")),
    ]
    search_fields = ["name", "short_name"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), "short_name", FieldRowPanel(["period_start", "period_end"])],
            heading=_("Programme"),
            help_text=_("One record for each programme and period."),
        ),
        MultiFieldPanel(
            ["publicity", "fund", "own_statement", "national_logo"],
            heading=_("What the funder requires on a page"),
            help_text=_("Every project of the programme shows this; it can't be changed there."),
        ),
        MultiFieldPanel(["website", "record_url_pattern"], heading=_("Links")),
    ]
