"""The letter about a question: to whoever looks after the project, else to the association."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.admin.to_do import changeable
from cms.core.hygiene import one_line
from cms.repair.letters import language_of
from home.models import SiteSettings
from projects.models import ProjectPage

from .models import Question

logger = logging.getLogger("katto.asking")


def receiver_of(key, site) -> tuple[str, str]:
    """An address and its language; the owner only while the project is still the owner's to change.

    Empty where nobody can be reached: the question then waits in the admin alone.
    """
    pages = ProjectPage.objects.filter(translation_key=key)
    page = pages.filter(carries_facts=True).select_related("owner").first()
    owner = page.owner if page else None
    mine = owner and owner.is_active and owner.email
    if mine and changeable(pages.filter(pk=page.pk), owner).exists():
        return owner.email, language_of(owner)
    return SiteSettings.for_site(site).email if site else "", settings.LANGUAGE_CODE


def tell_owner(question: Question, title: str, url: str, site) -> bool:
    """Whether the letter went. A fault is logged: the question is in the database all the same."""
    email, language = receiver_of(question.project, site)
    if not email:
        return False
    try:
        with translation.override(language):
            letter_of(question, title, url, email).send()
    except Exception:
        logger.exception("The letter about a question could not be sent.")
        return False
    return True


def letter_of(question: Question, title: str, url: str, email: str) -> EmailMessage:
    subject = one_line(_("A question about “%s”") % title)
    lines = [
        _("A reader of the site asks or corrects something:"),
        question.message,
        _("From: %s") % (f"{question.name} {question.email}".strip() or _("(no name given)")),
        _("The page: %s") % url,
        _("Questions: %s") % (settings.BASE_URL + reverse("questions")),
    ]
    reply = [question.email] if question.email else None
    return EmailMessage(
        f"[{settings.SITE_NAME}] {subject}", "\n\n".join(lines) + "\n", to=[email], reply_to=reply
    )
