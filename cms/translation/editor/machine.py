"""Machine translation, by the classes that wagtail-localize ships: of what has no translation yet.

What a machine wrote is *machine* until a person has saved it or said that it is right
(:mod:`..strings`), and until then nothing of it is written to a page or record. The service is
asked outside any transaction and in small portions: what has come is kept, whatever comes next.
"""

import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

from .. import strings
from ..strings.checks import TooLong
from . import service

MOST_STRINGS = 40
MOST_LETTERS = 8_000
"""Of one question: services refuse more than fifty strings, or a long one."""
PATIENCE = 25
"""Seconds after which no further portion is asked for."""


@dataclass
class Outcome:
    """Numbers of strings: taken, taken but faulty, and those that were asked for in vain."""

    taken: int = 0
    faulty: int = 0
    left: int = 0
    trouble: str = ""

    @property
    def said(self) -> str:
        return ngettext(
            "%(count)s string was translated by %(name)s. Read it and save it: until then it is "
            "not published.",
            "%(count)s strings were translated by %(name)s. Read and save each: until then they "
            "are not published.",
            self.taken,
        )

    @property
    def warnings(self) -> Iterator[str]:
        if self.trouble:
            yield self.trouble
        if self.faulty:
            yield ngettext(
                "%(count)s of them has an error: correct it.",
                "%(count)s of them have errors: correct them.",
                self.faulty,
            ) % {"count": self.faulty}
        if self.left:
            yield ngettext(
                "%(count)s string has no translation yet.",
                "%(count)s strings have no translation yet.",
                self.left,
            ) % {"count": self.left}


Wanted = dict[StringValue, list[StringSegment]]


def translate(translation: Translation, user, machine: BaseMachineTranslator) -> Outcome:
    """Ask for what is untranslated, and keep what comes; refused while it is in review."""
    with transaction.atomic():
        strings.hold(translation)
        wanted = _untranslated(translation)
    outcome, began = Outcome(left=len(wanted)), time.monotonic()
    source, target = translation.source.locale, translation.target_locale
    for portion in _portions(wanted):
        if time.monotonic() - began > PATIENCE:
            outcome.trouble = _("The service is slow: ask again for the rest.")
            break
        try:
            said = service.ask(machine, source, target, list(portion))
        except service.Unanswered as trouble:
            outcome.trouble = str(trouble)
            break
        _keep(translation, user, machine, portion, said, outcome)
    return outcome


def _untranslated(translation: Translation) -> Wanted:
    there = set(
        StringTranslation.objects.filter(
            locale=translation.target_locale_id,
            context__object_id=translation.source.object_id,
        ).values_list("translation_of_id", "context_id")
    )
    wanted: Wanted = defaultdict(list)
    segments = translation.source.stringsegment_set.select_related("string", "context", "source")
    for segment in segments.order_by("order"):
        if (segment.string_id, segment.context_id) not in there:
            wanted[segment.string.as_value()].append(segment)
    return wanted


def _portions(wanted: Wanted) -> Iterator[Wanted]:
    portion: Wanted = {}
    letters = 0
    for string, segments in wanted.items():
        if portion and (len(portion) == MOST_STRINGS or letters + len(string.data) > MOST_LETTERS):
            yield portion
            portion, letters = {}, 0
        portion[string] = segments
        letters += len(string.data)
    if portion:
        yield portion


def _keep(
    translation: Translation, user, machine, portion: Wanted, said: dict, outcome: Outcome
) -> None:
    """What somebody has saved meanwhile stays; what has no room is left out."""
    with transaction.atomic():
        strings.hold(translation)
        for string, segments in portion.items():
            made = [
                row
                for segment in segments
                if string in said
                and (row := _stored(translation, user, machine, segment, said[string]))
            ]
            outcome.taken += bool(made)
            outcome.left -= bool(made)
            outcome.faulty += any(row.has_error for row in made)


def _stored(translation, user, machine, segment, text: str) -> StringTranslation | None:
    try:
        row, is_new = StringTranslation.objects.get_or_create(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale_id=translation.target_locale_id,
            defaults={
                "data": text,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
                "tool_name": str(machine.display_name),
                "last_translated_by": user,
                "has_error": False,
                "field_error": "",
            },
        )
    except (TooLong, ValidationError):
        return None
    return row if is_new else None
