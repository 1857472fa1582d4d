"""What needs doing, on the front page of the admin."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Locale

from ..models import Person, ProjectContact, ProjectPage
from . import missing

DAYS_AHEAD = 30
SHOWN = 10


class ExpiringContactsPanel(Component):
    """People and project roles whose details stopped being shown, or will within thirty days."""

    name = "expiring_contacts"
    template_name = "projects/admin/expiring_contacts.html"
    order = 110

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        user = self.request.user
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
    """How many published projects lack which part, each a link to them. One query."""

    name = "incomplete_projects"
    template_name = "projects/admin/incomplete_projects.html"
    order = 120

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        projects = ProjectPage.objects.live().filter(locale=Locale.get_default())
        counts = missing.annotate(projects).aggregate(
            **{
                part.value: Count("pk", filter=Q(**{f"lacks_{part.value}": True}))
                for part in missing.MissingPart
            },
            total=Count("pk"),
        )
        url = reverse("project_listing:index")
        return {
            "total": counts["total"],
            "parts": [
                {
                    "label": part.label,
                    "count": counts[part.value],
                    "url": f"{url}?missing={part.value}&live=true",
                }
                for part in missing.MissingPart
                if counts[part.value]
            ],
        }
