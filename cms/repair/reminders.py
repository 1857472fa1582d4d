"""Reminders to owners, each once: a review whose day has come, and what other rooms know of.

A room registers what it looks for when Django starts::

    reminders.register("contact", leaving_contacts)

``leaving_contacts(today)`` yields a :class:`Reminder` for whatever is due now or soon. It is asked
every hour: what was told of once, for the same day, is told of no more.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.admin.to_do import changeable
from cms.core.concurrency import alone
from cms.core.formatting import day

from .letters import language_of, write
from .models import LetterChoice, Told
from .waiting import due_reviews

logger = logging.getLogger("katto.repair")


@dataclass(frozen=True)
class Reminder:
    """``key`` and ``day`` say what it is of; ``text`` is made in the receiver's language."""

    page: Page
    key: str
    day: date
    text: Callable[[], str]


Look = Callable[[date], Iterator[Reminder]]
_looks: dict[str, Look] = {}


def register(kind: str, look: Look) -> None:
    _looks[kind] = look


def reviews(today: date) -> Iterator[Reminder]:
    for page in due_reviews(today).specific():
        on = page.review_on
        yield Reminder(page, str(page.pk), on, lambda on=on: _("To be reviewed: %s") % day(on))


def send() -> int:
    """One letter to each owner of what is new; the number of letters."""
    with alone("repair-reminders") as mine:
        if not mine:
            return 0
        waiting = defaultdict(list)
        for kind, look in _looks.items():
            for reminder in look(timezone.localdate()):
                waiting[reminder.page.owner_id].append((kind, reminder))
        waiting.pop(None, None)
        return sum(_send_to(owner, found) for owner, found in waiting.items())


def _send_to(owner: int, found: list[tuple[str, Reminder]]) -> bool:
    """Noted first, then sent: a job that is killed between the two sends nobody a second one."""
    user = get_user_model().objects.filter(pk=owner, is_active=True).exclude(email="").first()
    declined = LetterChoice.objects.filter(user=owner, reminders=False).exists()
    if user is None or declined:
        return False
    noted = _note(found)
    news = [reminder for told, reminder in noted if _may_mend(user, reminder.page)]
    if not news:
        return False
    try:
        with translation.override(language_of(user)):
            write(user, _("Something of yours is due"), [_as_text(each) for each in news])
    except Exception:
        logger.exception("A reminder could not be sent.")
        Told.objects.filter(pk__in=[told.pk for told, _reminder in noted]).delete()
        return False
    return True


def _note(found: list[tuple[str, Reminder]]) -> list[tuple[Told, Reminder]]:
    new = []
    with transaction.atomic():
        for kind, reminder in found:
            told, made = Told.objects.get_or_create(kind=kind, key=reminder.key, day=reminder.day)
            if made:
                new.append((told, reminder))
    return new


def _may_mend(user, page: Page) -> bool:
    return changeable(Page.objects.filter(pk=page.pk), user).exists()


def _as_text(reminder: Reminder) -> str:
    address = settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[reminder.page.pk])
    return f"{reminder.page.title}\n{reminder.text()}\n{address}"
