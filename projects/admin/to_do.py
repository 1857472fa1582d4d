"""What the front page of the admin tells of projects: what they lack, and whose time runs out."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.core.admin import Line, page_lines
from cms.core.admin.to_do import changeable
from cms.translation.policy import may_change, translates_only

from ..models import Person, ProjectIndexPage, ProjectPage
from .missing import (
    DAYS_AHEAD,
    MissingPart,
    contacts_ending,
    lacking_keys,
    people_ending,
    published,
)


def project_lines(request) -> Iterator[Line]:
    labels = {
        "add": _("Add a project"),
        "changed": _("Projects with unpublished changes"),
        "drafts": _("Projects not yet published"),
    }
    yield from page_lines(request.user, ProjectPage, ProjectIndexPage, "project_listing", labels)
    if not translates_only(request.user):
        yield from missing_lines(request.user)
        yield from contact_lines(request.user)


def missing_lines(user) -> Iterator[Line]:
    """Of the published projects that the user may change, how many lack which part."""
    keys, found = lacking_keys()
    if not user.is_superuser:
        keys = set(changeable(published(), user).values_list("translation_key", flat=True))
    url = reverse("project_listing:index")
    parts = [
        Line(part.label, f"{url}?missing={part.value}&live=true", len(keys & lacking), of=len(keys))
        for part, lacking in found.items()
    ]
    incomplete = keys & set().union(*found.values())
    yield Line(
        _("Published projects with missing parts"),
        f"{url}?whole=no&live=true",
        len(incomplete),
        of=len(keys),
        parts=tuple(parts),
    )
    without_results = len(keys & found[MissingPart.RESULTS])
    results = f"{url}?missing={MissingPart.RESULTS.value}&live=true"
    yield Line(_("Ending or ended projects without results"), results, without_results)
    ending = len(keys & contacts_ending(timezone.localdate()))
    label = _("Projects from which a contact's details leave within %(days)s days")
    yield Line(label % {"days": DAYS_AHEAD}, f"{url}?contacts=ending&live=true", ending)


def contact_lines(user) -> Iterator[Line]:
    """Details of people are personal data: for those who may edit people."""
    if may_change(user, Person):
        label = _("Contact persons whose last public day has come or is near")
        people = Person.objects.filter(locale=Locale.get_default())
        url = reverse(Person.snippet_viewset.get_url_name("list"))
        yield Line(label, f"{url}?shown=ending", people_ending(people).count())
