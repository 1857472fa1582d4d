"""What taking a file of translations would do, line by line, and doing it: all of it or nothing."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

from cms.core.concurrency import each_once
from cms.core.hygiene import clean

from ..models import Upload
from ..quality import findings
from ..strings import store, version_of
from ..strings.checks import clean_translation, is_blank, place_at
from .entries import Contents, Entry, fault, storable
from .matching import Known, check_language, check_scope, same_language

NEW, CHANGED, UNCHANGED, SKIPPED, EMPTY, FAULTY = (
    "new",
    "changed",
    "unchanged",
    "skipped",
    "empty",
    "faulty",
)
# They turn what follows, numbers and names too, and no text of any language needs them.
_TURNING = re.compile("[\u202d\u202e]")

MOST_NEWS = 3000
"""So many are looked at and stored while somebody waits."""


@dataclass
class Line:
    """``before`` and ``after`` are as stored; ``reason`` says why a line is left out or faulty."""

    entry: Entry
    kind: str = SKIPPED
    reason: str = ""
    segment: StringSegment | None = None
    translation: Translation | None = None
    stored: StringTranslation | None = None
    after: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def before(self) -> str:
        return self.stored.data if self.stored else ""

    @property
    def is_news(self) -> bool:
        return self.kind in (NEW, CHANGED)


@dataclass
class Plan:
    lines: list[Line]

    def of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]

    @property
    def news(self) -> list[Line]:
        return [line for line in self.lines if line.is_news]

    @property
    def may_be_taken(self) -> bool:
        return bool(self.news) and not self.of(FAULTY)

    @property
    def seen(self) -> str:
        """Tells this plan from one that would do anything else."""
        said = [
            (line.entry.where, line.kind, line.reason, line.before, line.after)
            for line in self.lines
        ]
        return sha256(repr(said).encode(errors="replace")).hexdigest()[:32]


class OutOfDate(Exception):
    """Something differs from what was shown; nothing was taken."""


class Taken(Exception):
    """The file was taken already, or thrown away."""


def _says_same(stored: str, after: str) -> bool:
    """However an entity is written."""
    after = clean(after, line_end="\n").strip()
    return stored == after or (
        "&" in stored and StringValue.from_translated_html(stored).data == after
    )


def plan(user, contents: Contents, scope: Translation | None = None, language: str = "") -> Plan:
    """What :func:`take` would do. Raises ``ValidationError`` where the whole file is wrong here."""
    if scope:
        check_scope(contents, scope)
    code = check_language(contents, scope, language)
    if not code and not any(entry.translation for entry in contents.entries):
        raise fault(_("The file does not say in which language it is: choose it."))
    known = Known(user, scope, code)
    known.load(contents)
    lines = [_Judge(user, contents, known, code).line(entry) for entry in contents.entries]
    _leave_out_twice(lines)
    news = [line for line in lines if line.is_news]
    if len(news) > MOST_NEWS:
        sentence = _("The file would change more than %(most)s strings at once. Divide it.")
        raise fault(sentence, most=MOST_NEWS)
    for line in news:
        _check(line)
    return Plan(lines)


@dataclass
class _Judge:
    user: object
    contents: Contents
    known: Known
    language: str

    def line(self, entry: Entry) -> Line:
        line = Line(entry)
        if entry.fault and not entry.why_not:
            line.kind, line.reason = FAULTY, entry.fault
            return line
        if is_blank(clean(entry.target)) and not entry.why_not:
            line.kind, line.reason = EMPTY, _("Without a translation")
            return line
        if entry.why_not:
            line.reason = entry.why_not
            return line
        found = self.known.find(entry)
        if len(found) != 1:
            line.reason = self._why_none(found)
            return line
        line.translation, line.segment = found[0]
        self._compare(line)
        return line

    @staticmethod
    def _why_none(found: list) -> str:
        if not found:
            return _("Not in the source any more, or not yours to translate")
        names = dict.fromkeys(each.source.object_repr for each, _segment in found)
        names = ", ".join(f"“{name}”" for name in list(names)[:3])
        return _("It may be of several pages or records: %s") % names

    def _compare(self, line: Line) -> None:
        translation, segment = line.translation, line.segment
        key = translation.pk, segment.string_id, segment.context_id
        line.stored = self.known.stored.get(key)
        place = place_at(segment.context, segment.source)
        text = line.entry.target
        line.after = storable(text, place) if self.contents.is_plain else text
        line.after = _TURNING.sub("", line.after)
        line.reason = self._why_left(line)
        if not line.reason:
            line.kind = CHANGED if line.stored else NEW
            if line.stored and _says_same(line.stored.data, line.after):
                line.kind = UNCHANGED

    def _why_left(self, line: Line) -> str:
        code = line.translation.target_locale.language_code
        if self.language and not same_language(self.language, code):
            return _("It is of another language than the rest of the file")
        if closed := self.known.closed[line.translation.pk]:
            return closed
        stored, entry, made_at = line.stored, line.entry, self.contents.made_at
        if stored is None or stored.last_translated_by_id == self.user.pk:
            return ""
        if entry.version:
            is_newer = entry.version != version_of(stored)
        else:
            is_newer = made_at and stored.updated_at > made_at
        if is_newer and stored.data != line.after.strip():
            return _("Saved by somebody after this file was made, so left as it is")
        return ""


def _leave_out_twice(lines: list[Line]) -> None:
    """Where a file says a string in two ways nobody knows which is meant."""
    met = defaultdict(list)
    for line in lines:
        if line.segment and line.kind in (NEW, CHANGED, UNCHANGED):
            key = line.translation.pk, line.segment.string_id, line.segment.context_id
            met[key].append(line)
    for same in met.values():
        if len({line.after.strip() for line in same}) > 1:
            where = ", ".join(line.entry.where for line in same[:5])
            for line in same:
                line.kind = SKIPPED
                line.reason = _("The file has different translations of it: %s") % where
        for line in same[1:]:
            if line.is_news:
                line.kind = SKIPPED
                line.reason = (
                    _("The same as in another place of the file: %s") % same[0].entry.where
                )


def _check(line: Line) -> None:
    """By what a translator who types it is told; what is refused there is faulty here."""
    source, written = line.segment.string.data, line.after
    try:
        line.after = clean_translation(line.segment, written)
    except ValidationError as error:
        line.kind, line.reason = FAULTY, " ".join(error.messages)
        return
    if line.stored and line.stored.data == line.after:
        line.kind = UNCHANGED
        return
    if clean(written) != written or _TURNING.search(line.entry.target):
        line.warnings.append(_("Signs that nobody sees are left out."))
    languages = line.translation.source.locale, line.translation.target_locale
    found = findings(source, line.after, *(locale.language_code for locale in languages))
    blocking = [one.message for one in found if one.blocks]
    if blocking:
        line.kind, line.reason = FAULTY, " ".join(blocking)
    line.warnings += [one.message for one in found if not one.blocks]


@transaction.atomic
def take(user, upload: Upload, made: Plan) -> int:
    """How many strings were stored. Raises :class:`OutOfDate` where somebody was quicker, and
    :class:`Taken` where this very file was.
    """
    if not Upload.objects.filter(pk=upload.pk).delete()[0]:
        raise Taken
    news = sorted(made.news, key=lambda line: line.translation.pk)
    with each_once():
        for line in news:
            version = version_of(line.stored)
            try:
                store(user, line.translation, line.segment, line.after, version, tool="File")
            except Exception as error:
                if isinstance(error, (ValidationError, ObjectDoesNotExist)):
                    raise OutOfDate from error
                raise
    return len(news)
