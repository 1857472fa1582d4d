"""What the owner of a project is reminded of before it happens."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.formatting import day
from cms.repair.reminders import Reminder

from ..models import ProjectPage
from ..public import registers
from ..public.catalogue import catalogue
from .missing import DAYS_AHEAD


def leaving_contacts(today: date) -> Iterator[Reminder]:
    """Of live projects, the contacts whose details leave the page within a month."""
    people, leaving = registers().people, {}
    for key, facts in catalogue().facts.items():
        for pk, until in facts.contacts:
            person = people.get(pk, "")
            last = min((x for x in (until, person and person.public_until) if x), default=None)
            if last and today <= last <= today + timedelta(days=DAYS_AHEAD):
                leaving.setdefault(key, []).append((pk, last))
    pages = ProjectPage.objects.live().filter(translation_key__in=leaving, carries_facts=True)
    for page in pages.defer_streamfields():
        for pk, last in leaving[page.translation_key]:
            text = partial(_text, pk, last)
            yield Reminder(page, f"{page.translation_key}:{people.keys.get(pk)}", last, text)


def _text(pk: int, last: date) -> str:
    person = registers().people.get(pk, get_language() or settings.LANGUAGE_CODE)
    said = {"name": person.name if person else "–", "day": day(last)}
    return _("The contact details of %(name)s are shown until %(day)s.") % said
