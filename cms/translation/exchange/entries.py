"""What files of translations have in common, whatever their kind: entries, and faults.

A kind is a module with ``read(content) -> Contents`` and ``write(sheets) -> bytes``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

from ..strings import version_of
from ..strings.checks import is_unread
from ..strings.stored import Place, place_of

MOST_BYTES = 5 * 1024 * 1024
MOST_ENTRIES = 10_000


def digest_of(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()[:16]


@dataclass
class Entry:
    """A string of a file.

    ``where``: its line or row, in words. ``translation``: the UUID of the translation it is of, and
    ``context`` the path in it, as far as the file says them. ``digest`` of the source, where the
    file has one; else ``source`` says it. ``version``: of what was stored when the file was made
    (:func:`..strings.version_of`). ``why_not``: why it can't be taken, if its reader knows that;
    ``fault``: why nothing of the file can.
    """

    where: str
    source: str
    target: str
    context: str = ""
    translation: str = ""
    digest: str = ""
    version: str = ""
    why_not: str = ""
    fault: str = ""


@dataclass
class Contents:
    """``made_at`` is known of files that say it. In ``is_plain`` ones texts stand as they are read,
    unless they are running text; in others as wagtail-localize stores them.
    """

    entries: list[Entry] = field(default_factory=list)
    made_at: datetime | None = None
    source_language: str = ""
    target_language: str = ""
    is_plain: bool = False


def fault(sentence: str, **parameters) -> ValidationError:
    return ValidationError(sentence % parameters if parameters else sentence)


def too_many() -> ValidationError:
    return fault(_("The file has more than %(most)s strings. Divide it."), most=MOST_ENTRIES)


def unsure() -> str:
    return _("Marked as unsure (fuzzy) in the file")


def readable(text: str, place: Place) -> str:
    return text if place.is_rich else StringValue(text).render_text()


def storable(text: str, place: Place) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if place.is_rich else StringValue.from_plaintext(text).data


@dataclass
class Said:
    """A string to be written into a file. ``is_sure``: a person stands for the translation."""

    segment: StringSegment
    place: Place
    stored: StringTranslation | None

    @property
    def path(self) -> str:
        return self.segment.context.path

    @property
    def source(self) -> str:
        return self.segment.string.data

    @property
    def target(self) -> str:
        return self.stored.data if self.stored else ""

    @property
    def label(self) -> str:
        return " · ".join(self.place.names) or self.path

    @property
    def version(self) -> str:
        return version_of(self.stored)

    @property
    def is_sure(self) -> bool:
        made = self.stored
        carried = getattr(made, "carried", None)
        doubtful = made and (made.has_error or is_unread(made) or (carried and carried.needs_check))
        return bool(made) and not doubtful


class Sheet:
    """A page or record in one language, as files have it: each string once, in its order."""

    def __init__(self, translation: Translation) -> None:
        self.translation = translation
        self.title = translation.source.object_repr

    @cached_property
    def strings(self) -> list[Said]:
        source = self.translation.source
        model = source.specific_content_type.model_class()
        made = StringTranslation.objects.filter(
            context__object_id=source.object_id, locale=self.translation.target_locale_id
        )
        made = made.select_related("carried")
        stored = {(row.translation_of_id, row.context_id): row for row in made.order_by("pk")}
        segments = source.stringsegment_set.select_related("string", "context").order_by("order")
        found = {}
        for segment in segments:
            key = segment.string_id, segment.context_id
            if key not in found:
                place = place_of(model, segment.context.field_path or segment.context.path)
                found[key] = Said(segment, place, stored.get(key))
        return list(found.values())


def all_strings(sheets: Iterable[Sheet]) -> Iterator[tuple[Sheet, Said]]:
    for sheet in sheets:
        for said in sheet.strings:
            yield sheet, said
