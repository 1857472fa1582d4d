"""Organisations, and the people who work for them, in the admin."""

from datetime import timedelta

import django_filters
from django.db.models import Prefetch, QuerySet
from django.forms import RadioSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, LocaleColumn, NumberColumn

from cms.core.admin.tables import LocaleFirstFilterSet, TagsColumn
from cms.users.members import own_keys

from ..models import Organisation, Person, ProjectContact
from . import (
    OrganisationChooser,
    PersonChooser,
    RegisterListing,
    RegisterViewSet,
)
from .members.hooks import MemberPanel
from .missing import people_ending, public_until_tags
from .people import PersonForm


class OrganisationViewSet(RegisterViewSet):
    model = Organisation
    counted = {"run": "organisations", "funded": "funding"}
    chooser_viewset_class = OrganisationChooser
    list_filter = ["kind", "is_member"]
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
        "other_ids",
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
                FieldPanel("other_ids"),
                FieldRowPanel(["kind", "is_member"]),
                FieldPanel("description"),
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
        MemberPanel(heading=_("The member's own people")),
        FieldPanel("logo", help_text=_("Best as SVG, or a PNG at least 400 pixels wide.")),
    ]


class PersonFilterSet(LocaleFirstFilterSet):
    shown = django_filters.ChoiceFilter(
        label=_("Details shown"),
        choices=[
            ("now", _("Shown now")),
            ("soon", _("Last day within 30 days")),
            ("ending", _("Last day come or near, and shown somewhere")),
            ("past", _("No longer shown")),
        ],
        method="by_shown",
        empty_label=_("All"),
        widget=RadioSelect,
    )

    class Meta:
        model = Person
        fields = ["show_on_contacts_page"]

    def by_shown(self, people, name, value) -> QuerySet:
        today = timezone.localdate()
        if value == "now":
            return people.public(today)
        if value == "ending":
            return people_ending(people)
        if value == "past":
            return people.filter(public_until__lt=today)
        return people.filter(public_until__gte=today, public_until__lte=today + timedelta(days=30))


class PersonListing(RegisterListing):
    def get_base_queryset(self) -> QuerySet:
        people = super().get_base_queryset().select_related("organisation")
        if self.is_export:
            contacts = ProjectContact.objects.select_related("page")
            if (own := own_keys(self.request.user)) is not None:
                contacts = contacts.filter(page__translation_key__in=own)
            people = people.prefetch_related(Prefetch("project_contacts", queryset=contacts))
        return people

    def to_row_dict(self, item) -> dict:
        titles = [contact.page.title for contact in item.project_contacts.all()]
        item.project_titles = "; ".join(dict.fromkeys(titles))
        return super().to_row_dict(item)


class PersonViewSet(RegisterViewSet):
    model = Person
    counted = {"projects": "contacts"}
    index_view_class = PersonListing
    chooser_viewset_class = PersonChooser
    filterset_class = PersonFilterSet
    base_form_class = PersonForm
    icon = "user"
    menu_order = 20
    list_display = [
        "name",
        "title",
        Column("organisation", label=_("Organisation"), sort_key="organisation__name"),
        TagsColumn(
            "public_until",
            label=_("Shown until"),
            accessor=public_until_tags,
            sort_key="public_until",
        ),
        NumberColumn("projects", label=_("Projects"), sort_key="projects"),
        LocaleColumn(label=_("Language")),
    ]
    list_export = [
        "name",
        "title",
        "organisation",
        "email",
        "phone",
        "public_until",
        "show_on_contacts_page",
        "project_titles",
        "locale.language_code",
    ]
    export_headings = {
        "organisation": _("Organisation"),
        "project_titles": _("Projects"),
        "locale.language_code": _("Language"),
    }
    export_filename = "people"
    search_fields = ["name", "title", "email", "organisation__name"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldRowPanel(["title", "organisation"])], heading=_("Person")
        ),
        MultiFieldPanel(
            [FieldRowPanel(["email", "phone"]), FieldPanel("photo")],
            heading=_("Contact details"),
            help_text=_("Work details alone. They are personal data and are shown to everyone."),
        ),
        MultiFieldPanel(
            [FieldPanel("public_until"), FieldPanel("show_on_contacts_page")],
            heading=_("How long they are shown"),
            help_text=_(
                "Give the last day as soon as it is known: the details leave the site, the search "
                "and the feeds by themselves the day after."
            ),
        ),
    ]
