"""What is known of the few translations whose source is like a text: where from, how old, by whom.

A page or record is named to whoever may see it in the language, and its words are shown to them
alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.core.languages import has_words

from .. import policy
from ..models import MemoryEntry
from ..strings.checks import is_blank, is_unread, place_at
from .comparing import comparable, entries_like, strings_like
from .tags import fitted

MOST_SHOWN = 9
"""As many as there are keys for."""
MOST_ROWS = 200


@dataclass(frozen=True)
class Match:
    """``text`` as it may be stored for the new source; ``source`` is what it was made for.

    ``likeness``: 75 to 100 per cent, 100 of what is the same. ``origin`` names what it was made
    for, ``url`` leads there.
    """

    text: str
    source: str
    likeness: int
    is_here: bool
    origin: str
    url: str
    who: str
    made_at: datetime

    @property
    def rank(self) -> tuple:
        """Same place, then exact, then the most alike; the newer first."""
        return self.is_here, self.likeness, self.made_at


def matches(user, translation: Translation, segment: StringSegment) -> list[Match]:
    """The best earlier translations of texts like this string's, each wording once."""
    text = comparable(segment.string.data)
    locales = translation.source.locale_id, translation.target_locale_id
    if not has_words(segment.string.data):
        return []
    found = [
        *_of_site(user, translation, segment, strings_like(text, *locales)),
        *_of_files(segment, entries_like(text, *locales)),
    ]
    best: dict[str, Match] = {}
    for match in sorted(found, key=lambda one: one.rank, reverse=True):
        best.setdefault(match.text, match)
    return list(best.values())[:MOST_SHOWN]


def _of_site(
    user, translation: Translation, segment: StringSegment, scores: dict[int, float]
) -> Iterator[Match]:
    rows = _rows(translation, segment, scores)
    known = Origins(user, translation.target_locale_id, rows)
    for row in rows:
        origin = known.of(row)
        if origin is None:
            continue
        source = row.translation_of.data
        yield Match(
            text=fitted(row.data, source, segment.string.data),
            source=source,
            likeness=int(scores[row.translation_of_id]),
            is_here=row.context_id == segment.context_id,
            origin=origin.name,
            url=origin.url,
            who=name_of(row.last_translated_by),
            made_at=row.updated_at,
        )


def _rows(
    translation: Translation, segment: StringSegment, scores: dict[int, float]
) -> list[StringTranslation]:
    """Without what the string itself says now, what nobody has read, and what waits for a check."""
    rows = StringTranslation.objects.filter(
        translation_of__in=scores, locale=translation.target_locale_id, has_error=False
    ).exclude(translation_of=segment.string_id, context=segment.context_id)
    rows = rows.exclude(carried__needs_check=True)
    rows = rows.select_related("translation_of", "context", "last_translated_by")
    rows = rows.order_by("-updated_at", "-pk")[:MOST_ROWS]
    return [row for row in rows if not (is_blank(row.data) or is_unread(row))]


def _of_files(segment: StringSegment, scores: dict[int, float]) -> Iterator[Match]:
    for entry in MemoryEntry.objects.filter(pk__in=scores):
        yield Match(
            text=fitted(entry.target, entry.source, segment.string.data),
            source=entry.source,
            likeness=int(scores[entry.pk]),
            is_here=False,
            origin=entry.origin,
            url="",
            who=entry.author,
            made_at=entry.made_at,
        )


def name_of(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


@dataclass(frozen=True)
class Origin:
    name: str
    url: str = ""


class Origins:
    """Pages and records from which rows are, as far as somebody may see them in the language."""

    def __init__(self, user, locale: int, rows: Iterable[StringTranslation]) -> None:
        things = {row.context.object_id for row in rows if row.context_id}
        made = Translation.objects.filter(source__object_id__in=things, target_locale=locale)
        made = made.select_related("source__specific_content_type", "source__locale")
        self.made = {one.source.object_id: one for one in made}
        self.names: dict[tuple[int, str], str] = {}
        self.seen = {key: self._may_see(user, one) for key, one in self.made.items()}

    @staticmethod
    def _may_see(user, translation: Translation) -> bool:
        try:
            return policy.may_see(user, translation)
        except ObjectDoesNotExist:
            return False

    def of(self, row: StringTranslation) -> Origin | None:
        """``None`` for what must not be shown to this user."""
        name, made = self.name(row), self._made(row)
        if name is None:
            return None
        return Origin(name, reverse("translation:edit", args=[made.pk]) if made else "")

    def name(self, row: StringTranslation) -> str | None:
        made = self._made(row)
        if made is None:
            return _("A page or record that is not here any more")
        if not self.seen[made.source.object_id]:
            return None
        key = made.pk, row.context.field_path or row.context.path
        if key not in self.names:
            place = place_at(row.context, made.source)
            self.names[key] = " · ".join([made.source.object_repr, *place.names[:1]])
        return self.names[key]

    def _made(self, row: StringTranslation) -> Translation | None:
        return self.made.get(row.context.object_id) if row.context_id else None
