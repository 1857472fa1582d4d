"""Keeps :class:`..models.EasyPage` true, whichever way a page is saved: a form, a file, a review.

The scheduled job takes up pages that were there before this room was.
"""

import re

from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page

from cms.core.languages import language_codes
from cms.core.models import BasePage
from cms.users.models import Subject, register_personal_data

from ..models import EasyPage, EasySection
from .pairs import EASY, FINNISH, TO_LOOK_AT, State, easy_pages, finnish_of, match, pairs_of
from .readability import Reading, measure
from .sections import TITLE, sections_of

AT_ONCE = 100
BLANK = "…"
WORDS = {"title", "lead", "body"}


def connect() -> None:
    post_save.connect(follow, dispatch_uid="easy-finnish-follows")
    post_delete.connect(let_go, dispatch_uid="easy-finnish-follows")
    register_personal_data("easy_finnish", tell, forget)


def follow(sender, instance, raw: bool = False, update_fields=None, **kwargs) -> None:
    if raw or not isinstance(instance, BasePage):
        return
    code = language_codes().get(instance.locale_id)
    if code == FINNISH and instance.live and update_fields and WORDS.isdisjoint(update_fields):
        return
    if code in (EASY, FINNISH):
        same = easy_pages().filter(translation_key=instance.translation_key)
        for page in same.filter(pk=instance.pk) if code == EASY else same:
            refresh(page)


def let_go(sender, instance, **kwargs) -> None:
    """Without a Finnish page there is nothing to look at; the easy one may be going too."""
    if isinstance(instance, BasePage) and language_codes().get(instance.locale_id) == FINNISH:
        easy = easy_pages().filter(translation_key=instance.translation_key)
        EasyPage.objects.filter(page__in=easy).update(changed=0)


def refresh(page: Page) -> EasyPage:
    """Read the page's latest draft anew, and the Finnish beside it."""
    latest = page.get_latest_revision_as_object()
    record, _new = EasyPage.objects.get_or_create(page_id=page.pk)
    finnish = finnish_of(page)
    match(record, latest, finnish)
    states = [pair.state for pair in pairs_of(record, latest, finnish)]
    record.figure = reading_of(latest).figure
    record.changed = sum(state in TO_LOOK_AT for state in states)
    record.unwritten = states.count(State.UNWRITTEN)
    record.save()
    return record


def reading_of(page: Page) -> Reading:
    """Of all that is written but the title, which is often a name."""
    texts = [each.text for each in sections_of(page) if each.key != TITLE and each.has_text]
    return measure("\n\n".join(text.replace("\n", "\n\n") for text in texts))


def tell(subject: Subject) -> list[dict]:
    """Where a person is named in what the Finnish said earlier."""
    rows = EasySection.objects.filter(subject.mentions("seen")).select_related("page__page")
    return [
        {"of": row.page.page.title, "passages": list(subject.passages(row.seen, row.finnish))}
        for row in rows.order_by("pk")
    ]


def forget(subject: Subject) -> None:
    words = sorted(subject.words, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    for row in EasySection.objects.filter(subject.mentions("seen")) if words else ():
        row.seen = pattern.sub(BLANK, row.seen)
        row.save(update_fields=["seen"])


def take_up() -> None:
    for page in easy_pages().filter(Q(easy_finnish=None))[:AT_ONCE]:
        if isinstance(page.specific, BasePage):
            refresh(page)
