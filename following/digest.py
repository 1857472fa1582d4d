"""The week's letters, each noted as sent before it is: a job that is killed sends nobody two.

The same question of many followers is answered once for each language.
"""

import logging
from datetime import datetime
from itertools import groupby, islice
from uuid import UUID

from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone, translation

from cms.core.concurrency import alone
from cms.repair.letters import HOUR, monday_of

from .letters import letter_of_the_week
from .models import Follow
from .questions import New, Question, pages_in, published_since, question_at

logger = logging.getLogger("katto.following")
MOST_NEW = 20
"""Lines of one question in a letter; its page has all."""


class Answers:
    """What is new for each question, asked once."""

    def __init__(self, since: datetime, until: datetime) -> None:
        self.until = until
        self.published = published_since(since)
        self._questions: dict[str, tuple[Question, list[UUID]] | None] = {}
        self._pages: dict[str, dict[UUID, New]] = {}

    def of(self, follow: Follow) -> tuple[Question, list[New]] | None:
        """``None`` where nothing is new, or the page followed is no more."""
        if follow.question not in self._questions:
            self._questions[follow.question] = self._ask(follow.question)
        asked = self._questions[follow.question]
        if asked is None:
            return None
        question, keys = asked
        pages = self.pages(question.language)
        news = (pages[key] for key in keys if key in pages)
        fresh = (new for new in news if follow.told_at < new.day <= self.until)
        found = list(islice(fresh, MOST_NEW))
        return (question, found) if found else None

    def _ask(self, address: str) -> tuple[Question, list[UUID]] | None:
        """With the keys of what was published, the newest first."""
        question = question_at(address) if self.published else None
        if question is None:
            return None
        with translation.override(question.language):
            own = question.keys(set(self.published))
        return question, sorted(own, key=lambda key: (self.published[key][1], key), reverse=True)

    def pages(self, language: str) -> dict[UUID, New]:
        if language not in self._pages:
            self._pages[language] = pages_in(language, self.published)
        return self._pages[language]


def send_digests(now: datetime | None = None) -> int:
    """To everybody who has not had this week's; the number of letters. Due on Monday mornings."""
    now = now or timezone.now()
    monday = timezone.make_aware(datetime.combine(monday_of(now), datetime.min.time()))
    due = monday.replace(hour=HOUR)
    with alone("following digest") as mine:
        return _send(due, now) if mine else 0


def _send(due: datetime, now: datetime) -> int:
    waiting = Follow.objects.filter(confirmed=True, told_at__lt=due).order_by("email", "pk")
    follows = list(waiting)
    if not follows:
        return 0
    answers, sent = Answers(min(each.told_at for each in follows), now), 0
    with get_connection() as connection:
        for _email, own in groupby(follows, key=lambda each: each.email):
            sent += _send_one(list(own), answers, now, connection)
    return sent


def _send_one(follows: list[Follow], answers: Answers, now: datetime, connection) -> bool:
    found = []
    for follow in follows:
        if answer := answers.of(follow):
            found.append((follow, *answer))
    keys = [each.pk for each in follows]
    with transaction.atomic():
        if Follow.objects.filter(pk__in=keys, told_at__lt=now).update(told_at=now) != len(keys):
            # She has changed something meanwhile: the next run reads her questions again.
            transaction.set_rollback(True)
            return False
    if not found:
        return False
    try:
        letter_of_the_week(found[0][0], found, connection).send()
    except Exception:
        logger.exception("A letter to a follower could not be sent.")
        for each in follows:
            Follow.objects.filter(pk=each.pk).update(told_at=each.told_at)
        return False
    return True
