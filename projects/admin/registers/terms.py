from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import LocaleColumn, NumberColumn

from cms.core.admin import TranslatableSnippetListing

from ...models import TargetGroup, Theme
from .. import choosers
from ..columns import CountedListing
from .base import TranslatableViewSet


class TermViewSet(TranslatableViewSet):
    chooser_viewset_class = choosers.TermChooser
    list_display = [
        "name",
        "slug",
        NumberColumn("used", label=_("Projects"), sort_key="used"),
        LocaleColumn(label=_("Language")),
    ]
    search_fields = ["name", "slug"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("slug")],
            help_text=_(
                "Few and clear words serve the visitor best. The identifier is part of addresses: "
                "once published, leave it as it is."
            ),
        )
    ]


class ThemeListing(CountedListing, TranslatableSnippetListing):
    counted = {"used": "themes"}


class ThemeViewSet(TermViewSet):
    model = Theme
    index_view_class = ThemeListing
    icon = "tag"
    menu_order = 40


class TargetGroupListing(CountedListing, TranslatableSnippetListing):
    counted = {"used": "target_groups"}


class TargetGroupViewSet(TermViewSet):
    model = TargetGroup
    index_view_class = TargetGroupListing
    icon = "crosshairs"
    menu_order = 50
