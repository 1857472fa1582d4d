"""What a project page still lacks, and where in its form that is filled in.

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
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from cms.core import formatting
from cms.core.content_epoch import held

from ..models import OrganisationRole, ProjectPage, SectionKind
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
    RESULTS = "results", _("No results")


DAYS_AHEAD = 30
FIELDS = {
    MissingPart.LEAD_TEXT: "content-lead",
    MissingPart.BODY: "content-body",
    MissingPart.RESULTS: "content-body",
    MissingPart.START: "facts-period",
    MissingPart.END: "facts-period",
    MissingPart.CODE: "facts-identification",
    MissingPart.TWIN_CODE: "facts-identification",
    MissingPart.PROGRAMME: "facts-identification",
    MissingPart.PLACE: "facts-places",
    MissingPart.LEADER: "people_and_money-organisations",
    MissingPart.FUNDER: "people_and_money-funding",
    MissingPart.CONTACT: "people_and_money-contacts",
}
"""The panel of the form in which the part is filled in, as Wagtail names it."""


def place_of(part: MissingPart, page: ProjectPage) -> str:
    """Where the part of this page is filled in; languages have a form of their own."""
    if part in FIELDS:
        form = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return f"{form}#panel-child-{FIELDS[part]}-section"
    if part == MissingPart.SWEDISH:
        return reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    title = urlencode({"title": page.title, "kind": "projects.projectpage"})
    return f"{reverse('translation:overview')}?{title}"


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
    due = of_projects(projects_ending(timezone.localdate()))
    return {
        MissingPart.LEAD_TEXT: Q(lead=""),
        MissingPart.BODY: Q(body=[]),
        MissingPart.SWEDISH: Q(locale=Locale.get_default()) & ~Q(Exists(swedish)),
        MissingPart.OUTDATED: Q(Exists(sent)),
        MissingPart.RESULTS: due & ~Q(sections_told__contains=SectionKind.RESULTS.value),
    }


def _lacks_results(page: ProjectPage) -> bool:
    ends = page.translation_key in projects_ending(timezone.localdate())
    return ends and SectionKind.RESULTS.value not in page.sections_told.split()


@held
def projects_ending(today: date) -> set[UUID]:
    """Projects that have ended, or do so within a month: their results should be told."""
    until = today + timedelta(days=DAYS_AHEAD)
    facts = catalogue().facts
    return {key for key, each in facts.items() if each.last_day and each.last_day <= until}


OF_WORDS = (
    MissingPart.LEAD_TEXT,
    MissingPart.BODY,
    MissingPart.SWEDISH,
    MissingPart.OUTDATED,
    MissingPart.RESULTS,
)


def _lacks(facts: Facts, today: date) -> dict[MissingPart, bool]:
    part, people = MissingPart, registers().people
    contacts = [(people.get(pk, ""), until) for pk, until in facts.contacts]
    last_days = [(person.public_until, until) for person, until in contacts if person is not None]
    return {
        part.START: not facts.start_date,
        part.END: not facts.last_day,
        part.CODE: not facts.code,
        part.PROGRAMME: not facts.programme_id,
        part.LEADER: all(role != OrganisationRole.LEAD for _pk, role, *_ in facts.organisations),
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
    found = {part: set() for part in MissingPart if part not in OF_WORDS}
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
    """Give each page the parts that it lacks, as ``lacking``, and their labels, as ``lacks``."""
    facts = facts_missing(timezone.localdate())
    rows = ProjectPage.objects.filter(pk__in=[page.pk for page in pages]).order_by()
    conditions = words()
    del conditions[MissingPart.RESULTS]
    lacks = {
        part: set(rows.filter(condition).values_list("pk", flat=True))
        for part, condition in conditions.items()
    }
    lacks[MissingPart.RESULTS] = {page.pk for page in pages if _lacks_results(page)}
    for page in pages:
        page.lacking = [
            part
            for part in MissingPart
            if page.pk in lacks.get(part, ()) or page.translation_key in facts.get(part, ())
        ]
        page.lacks = [str(part.label) for part in page.lacking]


def published() -> QuerySet:
    """Live projects in the site's own language, of which the front page tells."""
    return ProjectPage.objects.live().filter(locale=Locale.get_default()).order_by()


@held
def _lacking_keys(today: date) -> tuple[set[UUID], dict[MissingPart, set[UUID]]]:
    """Of what no publishing tells (:data:`MissingPart.OUTDATED`), nothing."""
    keys, facts = _keys(published()), facts_missing(today)
    conditions = words()
    del conditions[MissingPart.OUTDATED]
    found = {part: keys & lacking for part, lacking in facts.items()}
    return keys, found | {part: _keys(published().filter(q)) for part, q in conditions.items()}


def _keys(projects: QuerySet) -> set[UUID]:
    return set(projects.values_list("translation_key", flat=True))


def lacking_keys() -> tuple[set[UUID], dict[MissingPart, set[UUID]]]:
    """All published projects, and those of them that lack which part, in order."""
    keys, found = _lacking_keys(timezone.localdate())
    outdated = _keys(published().filter(words()[MissingPart.OUTDATED]))
    known = {**found, MissingPart.OUTDATED: outdated}
    return keys, {part: known[part] for part in MissingPart}


@held
def contacts_ending(today: date) -> set[UUID]:
    """Projects that show somebody's details for a month more at most, or did until lately.

    Whoever leaves the whole site then is told of once, as a person.
    """
    until, people = today + timedelta(days=DAYS_AHEAD), registers().people
    leaving = set()
    for key, facts in catalogue().facts.items():
        for pk, last in facts.contacts:
            person = people.get(pk, "")
            own = person.public_until if person else None
            if last is not None and last <= until and (own is None or own > until):
                leaving.add(key)
    return leaving


def people_ending(people: QuerySet) -> QuerySet:
    """People whom visitors meet and whose last public day is past or at most a month away."""
    until = timezone.localdate() + timedelta(days=DAYS_AHEAD)
    met = Q(show_on_contacts_page=True) | Q(project_contacts__isnull=False)
    return people.filter(met, public_until__lte=until).distinct()
