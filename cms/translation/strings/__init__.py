"""What is translated: how it is stored, checked, counted, followed and carried.

Here is stored what a translator wrote, one string after another. A save carries the version that
its writer saw, so that nobody's words go over another's unseen.
"""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from ..models import CarriedTranslation, Work
from .checks import clean_translation, is_unread
from .progress import refresh_thing

BY_HAND = {
    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
    "has_error": False,
    "field_error": "",
}


class Stale(Exception):
    """Somebody has saved the string since its writer saw it; ``stored`` is what is there now."""

    def __init__(self, stored: StringTranslation | None) -> None:
        self.stored = stored
        super().__init__(stored)


def version_of(stored: StringTranslation | None) -> str:
    return sha256(stored.data.encode()).hexdigest()[:16] if stored else "none"


def stored_of(translation: Translation, segment: StringSegment) -> StringTranslation | None:
    return StringTranslation.objects.filter(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=translation.target_locale_id,
    ).first()


def hold(translation: Translation) -> None:
    """Until the transaction ends nobody else saves in it, nor hands it over."""
    Translation.objects.select_for_update().get(pk=translation.pk)
    work = Work.objects.select_for_update().filter(translation=translation).first()
    if work and work.in_review_since:
        raise ValidationError(in_review())


def in_review() -> str:
    return _("This is in review. It opens again when it is returned, or taken back.")


def why_closed(user, translation: Translation, instance: Model) -> str:
    """A sentence where nobody may write now; empty where whoever may translate may."""
    work = getattr(translation, "work", None)
    if work and work.in_review_since:
        return in_review()
    if isinstance(instance, Page) and instance.locked and BasicLock(instance).for_user(user):
        return _("Somebody has locked this page: it can't be changed now.")
    return ""


def _held(
    translation: Translation, segment: StringSegment, seen: str | None, wanted: str | None
) -> StringTranslation | None:
    """The row as it is now, while nobody else may save; ``seen`` is ``None`` for programs that
    know no versions. Whoever wants what is there already meets no conflict.
    """
    hold(translation)
    stored = stored_of(translation, segment)
    if seen is not None and seen != version_of(stored) and wanted != (stored and stored.data):
        raise Stale(stored)
    return stored


@transaction.atomic
def store(
    user, translation, segment, text: str, seen: str | None = None, tool: str = ""
) -> StringTranslation:
    """Raises :class:`Stale`, or ``ValidationError`` with a sentence."""
    text = clean_translation(segment, text)
    row = _held(translation, segment, seen, text) or StringTranslation(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=translation.target_locale_id,
    )
    # First: progress is counted as soon as the string is saved.
    CarriedTranslation.objects.filter(translation=row.pk).delete()
    values = {**BY_HAND, "data": text, "tool_name": tool, "last_translated_by": user}
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def remove(translation, segment, seen: str | None = None) -> None:
    stored = _held(translation, segment, seen, None)
    if stored:
        stored.delete()


@transaction.atomic
def confirm(translation, segment, seen: str | None = None, user=None) -> None:
    """Somebody has read it: the translation stands for the changed source too, or is right though
    a machine wrote it.
    """
    stored = _held(translation, segment, seen, None)
    if stored and CarriedTranslation.objects.filter(translation=stored).delete()[0]:
        refresh_thing(translation.source.object_id)
    if stored and is_unread(stored):
        stored.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
        stored.last_translated_by = user or stored.last_translated_by
        stored.save()
