"""Letters to staff who do not look at the front page: what needs doing, every Monday.

The lines are those of the front page, as the receiver would see them there. Who has had this
week's letter is noted before it is sent: a job that is killed half-way sends nobody two.
"""

import logging
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_mail
from wagtail.users.models import UserProfile

from cms.core.admin import Line
from cms.core.admin.to_do import lines_for
from cms.core.hygiene import one_line

from .models import LetterChoice

logger = logging.getLogger("katto.repair")

HOUR = 6
"""Of Monday, in the site's time zone: the letter is there when work begins."""


def monday_of(now: datetime) -> date:
    """The Monday of which the letter is due: this one's from its early morning, else the last."""
    local = timezone.localtime(now)
    monday = local.date() - timedelta(days=local.weekday())
    begins = timezone.make_aware(datetime.combine(monday, time(HOUR)))
    return monday if local >= begins else monday - timedelta(days=7)


def send_weekly() -> int:
    """To everybody who wants it and has not had this week's; the number of letters."""
    monday, sent = monday_of(timezone.now()), 0
    waiting = LetterChoice.objects.filter(weekly=True, user__is_active=True)
    waiting = waiting.filter(Q(week=None) | Q(week__lt=monday)).exclude(user__email="")
    for choice in waiting.select_related("user").order_by("pk"):
        mine = LetterChoice.objects.filter(pk=choice.pk, week=choice.week, weekly=True)
        # Whoever is first to note it sends it.
        if mine.update(week=monday):
            sent += _send_week(choice, monday)
    return sent


def _send_week(choice: LetterChoice, monday: date) -> bool:
    """A letter that could not be sent is tried again; of a quiet week nobody hears."""
    user = get_user_model().objects.get(pk=choice.user_id)
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    with translation.override(language_of(user)):
        try:
            lines = lines_for(user)
            if not lines:
                return False
            write(user, _("What needs doing this week"), [_as_text(line) for line in lines])
        except Exception:
            logger.exception("The weekly letter could not be sent.")
            LetterChoice.objects.filter(pk=choice.pk, week=monday).update(week=choice.week)
            return False
    return True


def _as_text(line: Line) -> str:
    parts = [f"  – {part.label}: {part.count}" for part in line.waiting_parts]
    return "\n".join([f"{line.label}: {line.count}", *parts, settings.BASE_URL + line.url])


def language_of(user) -> str:
    profile = UserProfile.objects.filter(user=user).first()
    return (profile.preferred_language if profile else "") or settings.LANGUAGE_CODE


def write(user, subject: str, paragraphs: list[str]) -> None:
    """A letter in the language that is active, with the way to have no more of them."""
    name = user.get_full_name() or user.get_username()
    off = _("You can switch these messages off in your account: %s")
    off %= settings.BASE_URL + reverse("wagtailadmin_account")
    body = "\n\n".join([_("Hello %s,") % name, *paragraphs, off]) + "\n"
    send_mail(one_line(f"[{settings.SITE_NAME}] {subject}"), body, [user.email])
