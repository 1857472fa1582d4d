"""What is translated: how it is stored, checked, counted, followed and carried.

Here is stored what a translator wrote: one string after another, or a whole PO file. A save carries
the version that its writer saw, so that nobody's words go over another's unseen.
"""

import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import polib
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.core.concurrency import each_once
from cms.core.hygiene import clean

from ..models import CarriedTranslation, Work
from .checks import clean_translation, is_blank, is_unread
from .progress import refresh_thing

MOST_BYTES = 5 * 1024 * 1024
TRANSLATION_HEADER = "X-WagtailLocalize-TranslationID"
MADE_HEADER = "POT-Creation-Date"
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


@dataclass
class Outcome:
    """Of a PO file: numbers of strings, and entries by what they say."""

    saved: int = 0
    unchanged: int = 0
    empty: int = 0
    unknown: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)

    @property
    def taken(self) -> str:
        return ngettext(
            "%(count)s string was taken from the PO file.",
            "%(count)s strings were taken from the PO file.",
            self.saved,
        ) % {"count": self.saved}

    @property
    def left_out(self) -> list[str]:
        """A sentence for each."""
        gone = _("Not in the source any more, so not taken: “%(text)s”")
        unsure = _("Marked as unsure (fuzzy) in the file, so not taken: “%(text)s”")
        newer = _("Saved by somebody after this file was made, so left as it is: “%(text)s”")
        return [
            sentence % {"text": text[:80]}
            for sentence, texts in (
                (gone, self.unknown),
                (unsure, self.unsure),
                (newer, self.newer),
            )
            for text in texts
        ]


def read_po(file, translation: Translation) -> polib.POFile:
    """polib opens a file in whatever encoding its header names (*undefined*, *idna*, one that does
    not exist), and raises nearly anything on what is no PO file.
    """
    fault = ValidationError(
        _("Choose a PO file that was downloaded from this translation, and edit that.")
    )
    if file is None or file.size > MOST_BYTES:
        raise fault
    with tempfile.NamedTemporaryFile(suffix=".po") as copy:
        copy.write(file.read())
        copy.flush()
        try:
            po = polib.pofile(copy.name)
            made_for = po.metadata[TRANSLATION_HEADER]
        except Exception as error:
            raise fault from error
    if made_for != str(translation.uuid):
        raise ValidationError(_("This PO file was made for another translation."))
    return po


@transaction.atomic
def import_po(po: polib.POFile, translation: Translation, user) -> Outcome:
    """Keeps all of a file, or nothing of one with faults and says each of them.

    What others saved since the file was made stays; so does what the source has no more.
    """
    hold(translation)
    segments = translation.source.stringsegment_set.select_related("string", "context", "source")
    known = {(one.context.path, one.string.data): one for one in segments}
    made_at, outcome, faults = _made_at(po), Outcome(), []
    with each_once():
        for entry in po:
            source, text = clean(entry.msgid), clean(entry.msgstr)
            segment = known.get((clean(entry.msgctxt or ""), source))
            if entry.obsolete:
                continue
            if is_blank(text):
                outcome.empty += 1
            elif segment is None:
                outcome.unknown.append(source)
            elif entry.fuzzy:
                outcome.unsure.append(source)
            else:
                try:
                    _take(text, segment, translation, user, made_at, outcome)
                except ValidationError as error:
                    fault = {"text": source[:60], "fault": " ".join(error.messages)}
                    faults.append(_("“%(text)s”: %(fault)s") % fault)
        if faults:
            raise ValidationError(faults)
    return outcome


def _take(text: str, segment, translation, user, made_at: datetime | None, outcome) -> None:
    stored = stored_of(translation, segment)
    if stored and stored.data == text.strip():
        outcome.unchanged += 1
        return
    is_newer = stored and made_at and stored.updated_at > made_at
    if is_newer and stored.last_translated_by_id != user.pk:
        outcome.newer.append(segment.string.data)
        return
    store(user, translation, segment, text, tool="PO File")
    outcome.saved += 1


def _made_at(po: polib.POFile) -> datetime | None:
    try:
        made_at = datetime.fromisoformat(po.metadata.get(MADE_HEADER, ""))
    except ValueError:
        return None
    return made_at if made_at.tzinfo else None
