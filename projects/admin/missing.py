"""What a project page still lacks, and the panels of the admin's front page that say so.

The listing, its filter and the front page ask the same question. Facts are in memory (the
catalogue); words are asked of the database, a plain query for each part.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from cms.core import formatting
from cms.core.admin import Line
from cms.core.content_epoch import held

from ..models import OrganisationRole, Person, ProjectContact, ProjectPage
from ..public import Facts, registers
from ..public.catalogue import catalogue


def public_until_tags(person) -> list[tuple[str, bool]]:
    """The last public day, and a warning once it has passed."""
    if person.public_until is None:
        return []
    day = formatting.day(person.public_until)
    if person.public_until < timezone.localdate():
        return [(gettext("Hidden since %(date)s") % {"date": day}, True)]
    return [(day, False)]


class MissingPart(models.TextChoices):
    LEAD_TEXT = "lead", _("No lead text")
    BODY = "body", _("No sections")
    START = "start", _("No start date")
    END = "end", _("No end date")
    CODE = "code", _("No project code")
    TWIN_CODE = "twin_code", _("Code used twice")
    PROGRAMME = "programme", _("No programme")
    LEADER = "leader", _("No lead organisation")
    FUNDER = "funder", _("No funder")
    CONTACT = "contact", _("No contact")
    PLACE = "place", _("No place")
    SWEDISH = "swedish", _("No Swedish translation")
    OUTDATED = "outdated", _("Changed since it was translated")


def words() -> dict[MissingPart, Q]:
    """Parts that each language has for itself: the condition under which a page lacks one."""
    same = {"translation_key": OuterRef("translation_key")}
    swedish = Page.objects.filter(
        **same, locale__language_code="sv", live=True, alias_of__isnull=True
    )
    sent = TranslationSource.objects.filter(
        object_id=OuterRef("translation_key"),
        locale_id=OuterRef("locale_id"),
        last_updated_at__lt=OuterRef("last_published_at"),
        translations__enabled=True,
    )
    return {
        MissingPart.LEAD_TEXT: Q(lead=""),
        MissingPart.BODY: Q(body=[]),
        MissingPart.SWEDISH: Q(locale=Locale.get_default()) & ~Q(Exists(swedish)),
        MissingPart.OUTDATED: Q(Exists(sent)),
    }


def _lacks(facts: Facts, today: date) -> dict[MissingPart, bool]:
    part, people = MissingPart, registers().people
    contacts = [(people.get(pk, ""), until) for pk, until in facts.contacts]
    last_days = [(person.public_until, until) for person, until in contacts if person is not None]
    return {
        part.START: not facts.start_date,
        part.END: not facts.last_day,
        part.CODE: not facts.code,
        part.PROGRAMME: not facts.programme_id,
        part.LEADER: all(role != OrganisationRole.LEAD for _pk, role in facts.organisations),
        part.FUNDER: not facts.funding,
        part.CONTACT: not any(
            all(day is None or day >= today for day in days) for days in last_days
        ),
        part.PLACE: not (facts.municipalities or facts.regions),
    }


@held
def facts_missing(today: date) -> dict[MissingPart, set[UUID]]:
    """For each part that is a fact, the keys of the projects that lack it; drafts too."""
    projects = catalogue().facts
    codes = Counter(facts.code.casefold() for facts in projects.values() if facts.code)
    found = {part: set() for part in MissingPart if part not in words()}
    for key, facts in projects.items():
        if codes[facts.code.casefold()] > 1:
            found[MissingPart.TWIN_CODE].add(key)
        for part, lacks in _lacks(facts, today).items():
            if lacks:
                found[part].add(key)
    return found


def of_projects(keys: set[UUID]) -> Q:
    """Pages of these projects in any language; of most projects, by naming the others."""
    rest = catalogue().facts.keys() - keys
    if len(rest) < len(keys):
        return ~Q(translation_key__in=rest)
    return Q(translation_key__in=keys)


def lacking(projects: QuerySet, parts: Iterable[str]) -> QuerySet:
    """The projects that lack any of the parts."""
    chosen, conditions, facts = Q(pk__in=[]), words(), facts_missing(timezone.localdate())
    for part in map(MissingPart, parts):
        chosen |= conditions[part] if part in conditions else of_projects(facts[part])
    return projects.filter(chosen)


def tell(pages: list[ProjectPage]) -> None:
    """Give each page the labels of what it lacks, as ``lacks``."""
    facts = facts_missing(timezone.localdate())
    rows = ProjectPage.objects.filter(pk__in=[page.pk for page in pages]).order_by()
    lacks = {
        part: set(rows.filter(condition).values_list("pk", flat=True))
        for part, condition in words().items()
    }
    for page in pages:
        page.lacks = [
            str(part.label)
            for part in MissingPart
            if page.pk in lacks.get(part, ()) or page.translation_key in facts.get(part, ())
        ]


def published() -> QuerySet:
    """Live projects in the site's own language, of which the front page tells."""
    return ProjectPage.objects.live().filter(locale=Locale.get_default()).order_by()


@held
def _counts(today: date) -> tuple[int, dict[MissingPart, int]]:
    """How many there are, and how many lack which part; of what no publishing tells, nothing."""
    keys, facts = set(published().values_list("translation_key", flat=True)), facts_missing(today)
    conditions = words()
    del conditions[MissingPart.OUTDATED]
    counts = {part: len(keys & lacking) for part, lacking in facts.items()}
    counts |= {part: published().filter(lacks).count() for part, lacks in conditions.items()}
    return len(keys), counts


def counts() -> tuple[int, dict[MissingPart, int]]:
    """How many projects are published, and how many of them lack which part, in order."""
    total, found = _counts(timezone.localdate())
    outdated = published().filter(words()[MissingPart.OUTDATED]).count()
    known = {**found, MissingPart.OUTDATED: outdated}
    return total, {part: known[part] for part in MissingPart}


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
        total, found = counts()
        url = reverse("project_listing:index")
        return {
            "id": "incomplete-projects",
            "heading": gettext("Published projects that lack something"),
            "what": gettext("Missing parts"),
            "how_many": gettext("Projects"),
            "waiting": [
                Line(part.label, f"{url}?missing={part.value}&live=true", count, of=total)
                for part, count in found.items()
                if count
            ],
        }
