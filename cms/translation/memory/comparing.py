"""Source texts that are like one another: tags count as one sign, entities as what they stand for.

Only texts are read from the database here, within the lengths that can be alike at all; what is
known of the few best is fetched afterwards (:mod:`.matching`).
"""

import re
from collections.abc import Iterable
from html import unescape

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from rapidfuzz import fuzz, process
from wagtail_localize.models import StringTranslation

from ..models import MemoryEntry

LEAST = 75
"""Per cent."""
MOST = 25
"""Source texts that are looked at more closely."""
TAG = "\ufffc"
_TAG = re.compile(r"<[^>]*>")
# Two texts whose lengths differ more can't be alike enough.
SHORTEST, LONGEST, MARKUP = 0.6, 1 / 0.6, 200


def comparable(text: str) -> str:
    """Of a string as it is stored."""
    if "<" in text:
        text = _TAG.sub(TAG, text)
    if "&" in text:
        text = unescape(text)
    return " ".join(text.split())


def of_length(rows: QuerySet, name: str, text: str) -> QuerySet:
    """Tags and entities are far longer as they are stored than as one sign."""
    least, most = int(len(text) * SHORTEST), int(len(text) * LONGEST)
    marked = Q(**{f"{name}__contains": "<"}) | Q(**{f"{name}__contains": "&"})
    fits = Q(size__lte=most) | (Q(size__lte=most + MARKUP + 6 * most // 10) & marked)
    return rows.annotate(size=Length(name)).filter(fits, size__gte=least)


def translated(source_locale: int, target_locale: int) -> QuerySet[StringTranslation]:
    """Whatever was translated between two languages, on any page or record."""
    return StringTranslation.objects.filter(
        locale=target_locale, translation_of__locale=source_locale, has_error=False
    )


def alike(text: str, rows: Iterable[tuple[int, str]]) -> dict[int, float]:
    """Primary key → likeness in per cent, of the best; rows give key and stored text."""
    choices = {key: comparable(stored) for key, stored in rows}
    found = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=LEAST, limit=MOST)
    return {key: score for _text, score, key in found}


def strings_like(text: str, source_locale: int, target_locale: int) -> dict[int, float]:
    rows = translated(source_locale, target_locale)
    rows = of_length(rows, "translation_of__data", text)
    return alike(text, rows.values_list("translation_of_id", "translation_of__data").iterator())


def entries_like(text: str, source_locale: int, target_locale: int) -> dict[int, float]:
    rows = MemoryEntry.objects.filter(source_locale=source_locale, target_locale=target_locale)
    rows = of_length(rows, "source", text)
    return alike(text, rows.values_list("pk", "source").iterator())
