"""A source's strings, brought up to date in few queries; translations are put where texts went.

wagtail-localize asks for each string by itself: once it does not, the first half can go.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from operator import attrgetter
from uuid import uuid5

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Manager, Model
from wagtail.models import Page
from wagtail_localize.models import (
    RelatedObjectSegment,
    String,
    StringTranslation,
    Template,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from cms.core.concurrency import once

from ..models import CarriedTranslation
from .checks import clean_words
from .matching import Language, elsewhere_best
from .progress import refresh_thing
from .stored import Made, Segment, Thing, place_of


@transaction.atomic
def refresh_segments(source: TranslationSource) -> None:
    """Bring what is translated up to date with the source: all of a kind together."""
    instance = source.as_instance()
    values = defaultdict(list)
    for value in extract_segments(instance):
        values[type(value)].append(value)
    paths = {value.path for found in values.values() for value in found}
    contexts = contexts_of(source, instance, paths)
    strings = strings_of(source, values[StringSegmentValue])
    templates = templates_of(values[TemplateSegmentValue])
    in_json = partial(json.dumps, cls=DjangoJSONEncoder)

    def segment(segments: Manager, value, **fields) -> Model:
        context = contexts[value.path]
        return segments.model(source=source, context=context, order=value.order, **fields)

    segments, found = source.stringsegment_set, values[StringSegmentValue]
    texts = [(v, strings[v.string.data], in_json(v.attrs)) for v in found]
    keep(segments, [segment(segments, v, string=text, attrs=attrs) for v, text, attrs in texts])
    segments, found = source.templatesegment_set, values[TemplateSegmentValue]
    keep(segments, [segment(segments, v, template=templates[v.format, v.template]) for v in found])
    segments, found = source.overridablesegment_set, values[OverridableSegmentValue]
    keep(segments, [segment(segments, v, data_json=in_json(v.data)) for v in found])
    # Few: links to records of a register.
    related = [
        RelatedObjectSegment.from_value(source, v) for v in values[RelatedObjectSegmentValue]
    ]
    for each in related:
        each.context.get_field_path(instance)
    source.relatedobjectsegment_set.exclude(pk__in=[each.pk for each in related]).delete()
    once(refresh_thing, source.object_id)


def strings_of(source: TranslationSource, values: list[StringSegmentValue]) -> dict[str, String]:
    """By their texts."""
    hashes = {value.string.data: String._get_data_hash(value.string.data) for value in values}
    rows = {
        key: String(locale_id=source.locale_id, data=text, data_hash=key)
        for text, key in hashes.items()
    }
    known = get_or_create(String, "data_hash", rows, locale=source.locale_id)
    return {text: known[key] for text, key in hashes.items()}


def templates_of(values: list[TemplateSegmentValue]) -> dict[tuple[str, str], Template]:
    """By format and template: texts of one shape share theirs."""
    shapes = {
        uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template): value
        for value in values
    }
    rows = {
        key: Template(
            uuid=key,
            template=value.template,
            template_format=value.format,
            string_count=value.string_count,
        )
        for key, value in shapes.items()
    }
    known = get_or_create(Template, "uuid", rows)
    return {(value.format, value.template): known[key] for key, value in shapes.items()}


def contexts_of(source: TranslationSource, instance, paths: set[str]) -> dict:
    rows = {}
    for path in sorted(paths):
        context = TranslationContext(object_id=source.object_id, path=path)
        context.path_id = context._get_path_id(path)
        context.save = lambda **kwargs: None  # It would save itself as soon as it knows its field.
        context.get_field_path(instance)
        del context.save
        rows[context.path_id] = context
    known = get_or_create(TranslationContext, "path_id", rows, object=source.object_id)
    for path_id, context in known.items():
        if context.field_path != rows[path_id].field_path:  # A block of another type by its name.
            context.field_path = rows[path_id].field_path
            context.save(update_fields=["field_path"])
    return {context.path: context for context in known.values()}


def get_or_create(model, name: str, rows: dict, **scope) -> dict:
    """The stored ones of ``rows`` (unsaved, by the value of the field ``name``)."""
    stored = model.objects.filter(**scope, **{f"{name}__in": list(rows)})
    known = {getattr(row, name): row for row in stored}
    missing = [row for key, row in rows.items() if key not in known]
    if missing:
        model.objects.bulk_create(missing, ignore_conflicts=True)
        known = {getattr(row, name): row for row in stored.all()}
    return known


def keep(segments, wanted: list) -> None:
    """Have exactly the wanted segments; those that are there already stay."""
    names = [field.attname for field in segments.model._meta.concrete_fields if field.name != "id"]
    key = attrgetter(*names)
    there = {key(segment): segment for segment in segments.all()}
    if gone := [there[each].pk for each in there.keys() - set(map(key, wanted))]:
        segments.filter(pk__in=gone).delete()
    segments.model.objects.bulk_create([each for each in wanted if key(each) not in there])


def carry(source: TranslationSource, locales: Iterable[int], before=()) -> None:
    """Put translations where their texts went; in doubt between several, put none."""
    if not (locales := list(locales)):
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
