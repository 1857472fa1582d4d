"""Which strings of the site a file is about, of those that its sender may translate."""

from collections import defaultdict

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.core.hygiene import clean

from .. import policy
from ..strings import why_closed
from ..strings.checks import place_at
from .entries import Contents, Entry, digest_of, fault, readable

CHUNK = 400


class Known:
    """The strings that a file may be about, of what its sender may translate."""

    def __init__(self, user, scope: Translation | None, language: str) -> None:
        self.user, self.scope, self.language = user, scope, language
        self.by_path: dict[tuple, list[tuple[Translation, StringSegment]]] = defaultdict(list)
        self.stored: dict[tuple, StringTranslation] = {}
        self.closed: dict[int, str] = {}

    def load(self, contents: Contents) -> None:
        self.paths = {clean(entry.context) for entry in contents.entries}
        self.plain = contents.is_plain
        named = {entry.translation for entry in contents.entries if entry.translation}
        for translation in self._translations(contents, named):
            target = self._target(translation)
            if target is None or not policy.may_translate(self.user, translation):
                continue
            self.closed[translation.pk] = why_closed(self.user, translation, target)
            self._add(translation)

    def _translations(self, contents: Contents, named: set[str]) -> list[Translation]:
        """Those that the file names; where it names none, all that have one of its texts."""
        related = "source__locale", "source__specific_content_type", "target_locale", "work"
        known = Translation.objects.filter(enabled=True).select_related(*related)
        if self.scope:
            return list(known.filter(pk=self.scope.pk))
        found = {}
        uuids = [one for one in named if _is_uuid(one)]
        for start in range(0, len(uuids), CHUNK):
            rows = known.filter(uuid__in=uuids[start : start + CHUNK])
            found |= {row.pk: row for row in rows}
        if any(not entry.translation for entry in contents.entries):
            paths = list({e.context for e in contents.entries if not e.translation and e.context})
            of_language = known.filter(target_locale__language_code=self.language)
            for start in range(0, len(paths), CHUNK):
                chunk = paths[start : start + CHUNK]
                having = StringSegment.objects.filter(context__path__in=chunk).values("source")
                found |= {row.pk: row for row in of_language.filter(source__in=having)}
        return list(found.values())

    @staticmethod
    def _target(translation: Translation) -> object:
        try:
            target = translation.get_target_instance()
        except ObjectDoesNotExist:
            return None
        translation.get_target_instance = lambda: target
        return target

    def _add(self, translation: Translation) -> None:
        source, locale = translation.source, translation.target_locale_id
        segments = source.stringsegment_set.select_related("string", "context").order_by("order")
        segments = [one for one in segments if one.context.path in self.paths]
        made = StringTranslation.objects.filter(context__object_id=source.object_id, locale=locale)
        for row in made.order_by("pk"):
            self.stored[translation.pk, row.translation_of_id, row.context_id] = row
        met = set()
        for segment in segments:
            if (segment.string_id, segment.context_id) in met:
                continue
            met.add((segment.string_id, segment.context_id))
            segment.source = source
            text = segment.string.data
            said = (
                {text, readable(text, place_at(segment.context, source))} if self.plain else {text}
            )
            for digest in {digest_of(clean(one)) for one in said}:
                for whose in ("", str(translation.uuid)):
                    key = whose, segment.context.path, digest
                    self.by_path[key].append((translation, segment))

    def find(self, entry: Entry) -> list[tuple[Translation, StringSegment]]:
        digest = entry.digest or digest_of(clean(entry.source))
        return self.by_path.get((entry.translation, clean(entry.context), digest), [])


def _is_uuid(text: str) -> bool:
    return len(text) == 36 and all(sign in "0123456789abcdef-" for sign in text)


def check_language(contents: Contents, scope: Translation | None, language: str) -> str:
    """The language into which the file translates: what it says itself has to be right."""
    codes = set(Locale.objects.values_list("language_code", flat=True))
    says, wanted = contents.target_language, language
    if scope:
        wanted = scope.target_locale.language_code
        source = scope.source.locale.language_code
        if contents.source_language and not same_language(contents.source_language, source):
            sentence = _("The file translates from “%(says)s”, but this is written in “%(right)s”.")
            raise fault(sentence, says=contents.source_language[:40], right=source)
    if says and wanted and not same_language(says, wanted):
        sentence = _("The file is in the language “%(says)s”, but “%(right)s” is wanted here.")
        raise fault(sentence, says=says[:40], right=wanted)
    if wanted:
        return wanted
    if says and not any(same_language(says, code) for code in codes):
        raise fault(_("The file is in “%s”, which is no language of this site.") % says[:40])
    return next((code for code in codes if same_language(says, code)), "")


def same_language(says: str, code: str) -> bool:
    says = says.replace("_", "-").lower()
    return says == code.lower() or (says.split("-")[0] == code.lower() and says != "fi-simple")


def check_scope(contents: Contents, scope: Translation) -> None:
    others = {entry.translation for entry in contents.entries} - {"", str(scope.uuid)}
    if others and not any(entry.translation == str(scope.uuid) for entry in contents.entries):
        sentence = _("This file was made for another translation (%(other)s), not for %(own)s.")
        raise fault(sentence, other=clean(min(others))[:40], own=scope.uuid)
