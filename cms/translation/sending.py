"""Taking what is translated out of a source in few queries.

wagtail-localize asks the database for each string by itself. Delete this module once
``TranslationSource.refresh_segments`` needs as few.
"""

import json
from collections import defaultdict
from functools import partial
from operator import attrgetter
from uuid import uuid5

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Manager, Model
from wagtail_localize.models import (
    RelatedObjectSegment,
    String,
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

from .progress import refresh_thing


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
    keep(
        segments,
        [
            segment(segments, v, string=strings[v.string.data], attrs=in_json(v.attrs))
            for v in found
        ],
    )
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
    keys = {key(segment) for segment in wanted}
    gone = [segment.pk for found, segment in there.items() if found not in keys]
    if gone:
        segments.filter(pk__in=gone).delete()
    segments.model.objects.bulk_create([each for each in wanted if key(each) not in there])
