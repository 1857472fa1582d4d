"""Translations are put where their texts went, each in the right place or in none."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, TranslationSource

from cms.core.concurrency import once

from .checks import clean_words
from .matching import Language, elsewhere_best
from .models import CarriedTranslation
from .places import place_of
from .progress import refresh_thing
from .stored import Made, Segment, Thing


def carry(source: TranslationSource, locales: Iterable[int], before=()) -> None:
    """Put translations where their texts went; in doubt between several, put none."""
    locales = list(locales)
    if not locales:
        return
    thing, places = Thing(source, locales, before), Places(source)
    open_still: dict[int, list[Segment]] = {}
    for locale in locales:
        language = Language(thing, locale)
        open_still[locale] = [s for s in language.missing if not places.fill_own(language, s)]
    wanted = {segment.string for segments in open_still.values() for segment in segments}
    elsewhere = thing.elsewhere(wanted)
    for locale, segments in open_still.items():
        for segment in segments:
            places.fill_from(elsewhere[locale], segment)
    places.save()


class Places:
    """Translations on their way to strings of a source; ``save`` takes four statements."""

    def __init__(self, source: TranslationSource) -> None:
        self.source = source
        self.model = source.specific_content_type.model_class()
        self.moved: dict[int, Segment] = {}
        self.copied: list[tuple[Segment, Made, str | None]] = []
        self.titles: dict[int, str] = {}

    def fill_own(self, language: Language, segment: Segment) -> bool:
        """Whether a translation of the same thing was found, or several between which to choose."""
        same = language.same_text(segment)
        made = self._agreed(same, segment)
        if made:
            if made in language.left and made.pk not in self.moved:
                self.moved[made.pk] = segment
                self._note_title(segment, made)
            else:
                self.copy(segment, made, made.earlier if made.needs_check else None)
        elif not same and (made := self._agreed(language.same_words(segment), segment)):
            self.copy(segment, made, made.earlier or made.text)
        return bool(made or same)

    def fill_from(self, elsewhere: list[Made], segment: Segment) -> None:
        """Of another page or record; to be checked where it is another kind of text."""
        made = self._agreed(elsewhere_best(elsewhere, segment), segment)
        if made:
            is_doubtful = made.needs_check or made.kind != segment.kind
            self.copy(segment, made, (made.earlier or made.text) if is_doubtful else None)

    def copy(self, segment: Segment, made: Made, earlier: str | None) -> None:
        """``earlier``: what it was made for, if somebody has to check it."""
        self.copied.append((segment, made, earlier))
        self._note_title(segment, made)

    def _agreed(self, found: list[Made], segment: Segment) -> Made | None:
        if len({made.data for made in found}) == 1 and self.takes(segment, found[0]):
            return found[0]
        return None

    def takes(self, segment: Segment, made: Made) -> bool:
        """A text of another kind, or of other words, has to be what could be written here."""
        if made.kind == segment.kind and made.string == segment.string:
            return True
        try:
            clean_words(segment.text, made.data, place_of(self.model, segment.kind))
        except ValidationError:
            return False
        return True

    def _note_title(self, segment: Segment, made: Made) -> None:
        if segment.path == "title":
            self.titles[made.locale] = made.data

    def save(self) -> None:
        if not (self.moved or self.copied):
            return
        moved = [
            StringTranslation(pk=pk, context_id=segment.context)
            for pk, segment in self.moved.items()
        ]
        StringTranslation.objects.bulk_update(moved, ["context"])
        origins = StringTranslation.objects.in_bulk([made.pk for _s, made, _e in self.copied])
        rows = [_copied(origins[made.pk], segment) for segment, made, _earlier in self.copied]
        StringTranslation.objects.bulk_create(rows)
        CarriedTranslation.objects.bulk_create(
            CarriedTranslation(translation=row, earlier_source=earlier)
            for row, (_segment, _made, earlier) in zip(rows, self.copied, strict=True)
            if earlier is not None
        )
        if issubclass(self.model, Page):
            for locale, title in self.titles.items():
                page = Page.objects.filter(translation_key=self.source.object_id, locale=locale)
                page.update(draft_title=title)
        once(refresh_thing, self.source.object_id)


def _copied(origin: StringTranslation, segment: Segment) -> StringTranslation:
    return StringTranslation(
        translation_of_id=segment.string,
        context_id=segment.context,
        locale_id=origin.locale_id,
        data=origin.data,
        translation_type=origin.translation_type,
        tool_name=origin.tool_name,
        last_translated_by_id=origin.last_translated_by_id,
    )
