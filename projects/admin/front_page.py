"""What needs doing, on the front page of the admin."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Locale

from cms.core.admin import Line

from ..models import Person, ProjectContact
from . import missing

DAYS_AHEAD = 30
SHOWN = 10


class ExpiringContactsPanel(Component):
    """People and project roles whose details stopped being shown, or will within thirty days."""

    name = "expiring_contacts"
    template_name = "projects/admin/expiring_contacts.html"
    order = 110

    def get_context_data(self, parent_context) -> dict:
        user = parent_context["request"].user
        if not user.has_perm("projects.change_person"):
            return {"people": [], "contacts": []}
        viewset = Person.snippet_viewset
        today, locale = timezone.localdate(), Locale.get_default()
        until = today + timedelta(days=DAYS_AHEAD)
        people = Person.objects.filter(
            locale=locale, public_until__lte=until, project_contacts__isnull=False
        ).distinct()
        contacts = ProjectContact.objects.filter(
            page__locale=locale, public_until__lte=until
        ).exclude(person__public_until__lte=until)
        return {
            "people": people.select_related("organisation").order_by("public_until")[:SHOWN],
            "contacts": contacts.select_related("person", "page").order_by("public_until")[:SHOWN],
            "today": today,
            "edit_url_name": viewset.get_url_name("edit"),
            "all_url": reverse(Person.snippet_viewset.get_url_name("list"))
            + "?ordering=public_until",
        }


class IncompleteProjectsPanel(Component):
    """How many published projects lack which part, each a link to them."""

    name = "incomplete_projects"
    template_name = "core/admin/to_do.html"
    order = 120

    def get_context_data(self, parent_context) -> dict:
        total, counts = missing.counts()
        url = reverse("project_listing:index")
        return {
            "id": "incomplete-projects",
            "heading": _("Published projects that lack something"),
            "what": _("Missing parts"),
            "how_many": _("Projects"),
            "waiting": [
                Line(part.label, f"{url}?missing={part.value}&live=true", count, of=total)
                for part, count in counts.items()
                if count
            ],
        }
