"""What a project page still lacks: the listing, its filter and the front page of the admin ask the
same question. Facts are in memory (the catalogue); words are asked of the database, a plain query
for each part.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from cms.core.content_epoch import held

from ..models import OrganisationRole, ProjectPage
from ..public.catalogue import catalogue
from ..public.facts import Facts
from ..public.registers import registers


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
