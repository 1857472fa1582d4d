from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, LocaleColumn, NumberColumn

from cms.core.admin import LocaleFirstFilterSet, TranslatableSnippetListing

from ...models import Organisation
from .. import choosers
from ..columns import CountedListing
from .base import TranslatableViewSet


class OrganisationFilterSet(LocaleFirstFilterSet):
    class Meta:
        model = Organisation
        fields = ["kind", "is_member"]


class OrganisationListing(CountedListing, TranslatableSnippetListing):
    counted = {"run": "organisations", "funded": "funding"}


class OrganisationViewSet(TranslatableViewSet):
    model = Organisation
    index_view_class = OrganisationListing
    chooser_viewset_class = choosers.OrganisationChooser
    filterset_class = OrganisationFilterSet
    icon = "group"
    menu_order = 10
    list_display = [
        "name",
        "short_name",
        "kind",
        BooleanColumn("is_member", label=_("Member"), sort_key="is_member"),
        Column("city", label=_("Town"), sort_key="city"),
        NumberColumn("run", label=_("Projects"), sort_key="run"),
        NumberColumn("funded", label=_("Funded projects"), sort_key="funded"),
        LocaleColumn(label=_("Language")),
    ]
    list_export = [
        "name",
        "short_name",
        "get_kind_display",
        "is_member",
        "business_id",
        "website",
        "email",
        "phone",
        "street_address",
        "postal_code",
        "city",
        "run",
        "funded",
        "locale.language_code",
    ]
    export_headings = {
        "get_kind_display": _("Kind"),
        "run": _("Projects"),
        "funded": _("Funded projects"),
        "locale.language_code": _("Language"),
    }
    export_filename = "organisations"
    search_fields = ["name", "short_name", "business_id", "city"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldRowPanel(["short_name", "business_id"]),
                FieldRowPanel(["kind", "is_member"]),
            ],
            heading=_("Organisation"),
            help_text=_(
                "One record for each organisation. Whether it leads, pays or takes part is said "
                "on the project."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel("website"),
                FieldRowPanel(["email", "phone"]),
                FieldPanel("street_address"),
                FieldRowPanel(["postal_code", "city"]),
            ],
            heading=_("Contact details"),
            help_text=_("Of the organisation, not of a person: these have no last day."),
        ),
        FieldPanel("logo", help_text=_("Best as SVG, or a PNG at least 400 pixels wide.")),
    ]
