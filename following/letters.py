"""Letters to followers: one that asks whether it was they, and the week's."""

import re

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.core.hygiene import one_line
from cms.core.languages import language_direction
from home.models import SiteSettings

from .models import Follow
from .questions import New, Question

LINK = re.compile(r"\S*(?:://|www\.|@)\S*")
LONGEST_TITLE = 80


def sender() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    own = SiteSettings.objects.filter(site=site).first()
    return (own.association_name if own else "") or settings.SITE_NAME


def address(name: str, follow: Follow) -> str:
    """With the prefix of the follower's language."""
    with translation.override(follow.language):
        return settings.BASE_URL + reverse(f"following:{name}", args=[follow.key])


def ask_to_confirm(follow: Follow, question: Question) -> None:
    with translation.override(follow.language):
        context = {"title": harmless(question.title), "url": address("confirm", follow)}
        letter_to(follow, _("Follow by e-mail"), "confirm", context).send()


def harmless(title: str) -> str:
    """Words of a search may be anybody's: no links and no long speech to a stranger."""
    return LINK.sub("…", title)[:LONGEST_TITLE]


def letter_of_the_week(
    follow: Follow,
    found: list[tuple[Follow, Question, list[New]]],
    connection: BaseEmailBackend,
) -> EmailMultiAlternatives:
    """Whoever has many questions has one letter of all that is new."""
    with translation.override(follow.language):
        sections = [
            {
                "title": question.title,
                "url": settings.BASE_URL + question.address,
                "new": [{"title": new.title, "url": _whole(new.url)} for new in news],
                "stop": address("stop", each),
            }
            for each, question, news in found
        ]
        context = {"sections": sections, "all": address("stop", follow)}
        letter = letter_to(follow, _("New this week"), "week", context)
    letter.connection = connection
    return letter


def _whole(url: str) -> str:
    return url if "://" in url else settings.BASE_URL + url


def letter_to(follow: Follow, subject: str, template: str, context: dict) -> EmailMultiAlternatives:
    """Plain and as a page; with RFC 8058's way to stop by one click."""
    context |= {
        "sender": sender(),
        "language": follow.language,
        "direction": language_direction(follow.language),
    }
    plain = render_to_string(f"following/letter_{template}.txt", context)
    letter = EmailMultiAlternatives(
        one_line(f"{subject} – {context['sender']}")[:200],
        plain,
        to=[follow.email],
        headers={
            "List-Unsubscribe": f"<{address('stop', follow)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Content-Language": follow.language,
        },
    )
    letter.attach_alternative(
        render_to_string(f"following/letter_{template}.html", context), "text/html"
    )
    return letter
