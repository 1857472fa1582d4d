"""E-mail at each turn of a translation, in the receiver's language.

Whoever does something only notes it, in the transaction that does it; a task after the commit, and
a job of every minute, send what is noted. Nobody gets more than :data:`MOST` letters an hour: what
comes on top goes together into one.
"""

import logging
from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task
from wagtail.admin.mail import (
    send_mail,
)
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.core.concurrency import alone, once
from cms.core.formatting import day
from cms.core.hygiene import one_line
from cms.core.languages import language_label

from . import policy
from .models import Notice, Work

logger = logging.getLogger("katto.translation")

MOST = 5
WINDOW = timedelta(hours=1)
KEPT = timedelta(days=2)
"""How long what was sent, or could not be sent, is remembered."""
Event = Notice.Event
TO_TRANSLATE = (Event.REQUESTED, Event.REMINDED, Event.CHANGED)
"""What is the translators' turn."""


def tell(user, event: str, *works: Work, text: str = "") -> int:
    """Note that ``user`` did this with the works, for everybody whom it concerns but the user.

    Gives of how many works anybody is told.
    """
    notices, known = [], {}
    for work in works:
        for receiver in _receivers(event, work, known):
            if receiver != user:
                notices.append(
                    Notice(
                        receiver=receiver,
                        actor=user,
                        work=work,
                        event=event,
                        text=text or (work.comment if event == Event.RETURNED else ""),
                    )
                )
    if notices:
        Notice.objects.bulk_create(notices)
        transaction.on_commit(lambda: once(send_soon), robust=True)
    return len({notice.work_id for notice in notices})


def send_soon() -> None:
    send_task.enqueue()


def _receivers(event: str, work: Work, known: dict) -> list:
    locale = work.translation.target_locale_id
    if event in TO_TRANSLATE:
        if locale not in known:
            known[locale] = list(_wanting(Q(groups__language_rights__locale=locale)))
        return known[locale]
    if event == Event.HANDED_OVER:
        return _reviewers(work)
    people = {work.handed_over_by_id}
    if event == Event.APPROVED and work.request:
        people.add(work.request.created_by_id)
    return list(_wanting(Q(pk__in=people - {None})))


def _wanting(condition: Q) -> QuerySet:
    """Of these users, those who can get letters and have not declined them."""
    users = get_user_model().objects.filter(condition, is_active=True)
    return users.exclude(email="").exclude(translation_mail__wanted=False).distinct()


def _reviewers(work: Work) -> list:
    """Whom the workflow asks, and who may publish in this language; without any, administrators."""
    locale = work.translation.target_locale_id
    asked = Q(groups__language_rights__locale=locale, groups__language_rights__may_publish=True)
    state = work.workflow_state
    task = state and state.current_task_state and state.current_task_state.task.specific
    if groups := getattr(task, "groups", None):
        asked |= Q(groups__in=groups.all())
    elif not state:
        asked |= Q(groups__in=_publishing_groups(work))
    found = [user for user in _wanting(asked) if policy.may_review(user, work)]
    return found or list(_wanting(Q(is_superuser=True)))


def _publishing_groups(work: Work) -> QuerySet[Group]:
    """Where no workflow asks anybody: groups with rights on the page or register."""
    model = work.translation.source.specific_content_type.model_class()
    if issubclass(model, Page):
        return Group.objects.filter(page_permissions__permission__codename="publish_page")
    codename = f"change_{model._meta.model_name}"
    label = model._meta.app_label
    return Group.objects.filter(
        permissions__codename=codename, permissions__content_type__app_label=label
    )


@task()
def send_task() -> int:
    return send_waiting()


def send_waiting() -> int:
    """Send what is noted, as far as its hour allows; the number of letters."""
    sent = 0
    with alone("translation-mails") as mine:
        if not mine:
            return sent
        Notice.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
        waiting = defaultdict(list)
        related = ("receiver", "actor", "work__request", "work__translation__target_locale")
        notices = Notice.objects.filter(sent_at=None, receiver__is_active=True)
        for notice in notices.select_related(*related, "work__translation__source"):
            waiting[notice.receiver].append(notice)
        for receiver, found in waiting.items():
            for letter in _letters(receiver, found):
                sent += _send(receiver, letter)
    return sent


def _letters(receiver, waiting: list[Notice]) -> list[list[Notice]]:
    since = timezone.now() - WINDOW
    recent = Notice.objects.filter(receiver=receiver, sent_at__gt=since)
    before = recent.order_by().values("sent_at").distinct().count()
    if before + len(waiting) <= MOST:
        return [[notice] for notice in waiting]
    return [waiting] if before < MOST else []


def _send(receiver, notices: list[Notice]) -> bool:
    """A letter that fails stays noted, for the next time."""
    try:
        language = UserProfile.get_for_user(receiver).preferred_language or settings.LANGUAGE_CODE
        with translation.override(language):
            subject, body = _letter(receiver, notices)
        if receiver.email:
            send_mail(one_line(subject), body, [receiver.email])
    except Exception:
        logger.exception("A letter about translations could not be sent.")
        return False
    now = timezone.now()
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=now)
    return True


def _letter(receiver, notices: list[Notice]) -> tuple[str, str]:
    parts = [_("Hello %s,") % full_name(receiver)]
    if len(notices) == 1:
        subject = _subject(notices[0])
        parts += [_details(notices[0])]
    else:
        count = len(notices)
        subject = ngettext(
            "%(count)s message about translations", "%(count)s messages about translations", count
        ) % {"count": count}
        parts += [f"{_subject(notice)}\n{_details(notice)}" for notice in notices]
    off = _("You can switch these messages off in your account: %s")
    parts.append(off % (settings.BASE_URL + reverse("wagtailadmin_account")))
    return f"[{settings.SITE_NAME}] {subject}", "\n\n".join(parts) + "\n"


def _subject(notice: Notice) -> str:
    what = {
        Event.REQUESTED: _("To translate (%(language)s): %(title)s"),
        Event.HANDED_OVER: _("To review (%(language)s): %(title)s"),
        Event.RETURNED: _("Returned to be corrected (%(language)s): %(title)s"),
        Event.APPROVED: _("Approved (%(language)s): %(title)s"),
        Event.REMINDED: _("Waits to be translated (%(language)s): %(title)s"),
        Event.CHANGED: _("The source has changed (%(language)s): %(title)s"),
    }[Event(notice.event)]
    of = notice.work.translation
    language = language_label(of.target_locale.language_code)
    return what % {"language": language, "title": of.source.object_repr}


def _details(notice: Notice) -> str:
    work, lines = notice.work, []
    if notice.actor:
        lines.append(_("From: %s") % full_name(notice.actor))
    if notice.event in TO_TRANSLATE:
        lines.append(_("Words left: %s") % work.words_left)
        if work.to_check:
            lines.append(_("Strings to check: %s") % work.to_check)
        if work.due_on:
            lines.append(_("Due: %s") % day(work.due_on))
        if work.note:
            lines.append(_("Note: %s") % work.note)
    if notice.text:
        lines.append(_("Comment: %s") % notice.text)
    name = "translation:review" if notice.event == Event.HANDED_OVER else "translation:open"
    return "\n".join([*lines, settings.BASE_URL + reverse(name, args=[work.pk])])


def full_name(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else "–"
