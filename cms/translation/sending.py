"""Sending a page to other languages in few queries.

wagtail-localize asks the database for each string by itself, and saves a new page and its revision
twice over. Delete this module once ``TranslationSource.refresh_segments`` and
``create_or_update_translation`` need as few.
"""

import json
from collections import defaultdict
from functools import partial, wraps
from operator import attrgetter
from uuid import uuid5

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Manager, Model
from django.utils.text import slugify
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail.models.copying import _copy
from wagtail.signals import copy_for_translation_done
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import (
    RelatedObjectSegment,
    String,
    Template,
    TranslationContext,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments

from cms.core.concurrency import each_once, once

from .facts import FactsPage
from .progress import refresh_thing

create_or_update = TranslationSource.create_or_update_translation


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


@wraps(create_or_update)
def create_or_update_translation(
    source, locale, user=None, publish=True, copy_parent_pages=False, fallback=False
) -> tuple[Model, bool]:
    with each_once():
        if issubclass(source.specific_content_type.model_class(), FactsPage):
            with transaction.atomic(savepoint=False):
                page = new_page(source, locale, user, publish, fallback)
            if page:
                return page, True
        return create_or_update(source, locale, user, publish, copy_parent_pages, fallback)


def new_page(source, locale, user, publish: bool, fallback: bool) -> Page | None:
    """The page in a language that it was not in; ``None``: upstream does it, or says why not."""
    if not hasattr(source, "_first"):
        # One source is sent to many languages.
        source._first = source.get_source_instance()
        source._is_closed = source._first.view_restrictions.exists()
    page = source._first
    parent, key = page.get_parent(), page.translation_key
    original = page.with_content_json(json.loads(source.content_json))
    places = Page.objects.filter(locale=locale)
    found = {
        page.translation_key: page
        for page in places.filter(translation_key__in=[key, parent.translation_key])
    }
    place = found.get(parent.translation_key)
    if key in found or place is None or not original.live:
        return None
    page = in_words_of(source, original, locale, fallback)
    page.slug = find_available_slug(place, slugify(page.slug))
    page.save = partial(page.save, log_action=None)
    try:
        place.add_child(instance=page)
    except ValidationError:
        return None
    del page.save
    note_as_upstream(source, original, page, user, publish)
    return page


def in_words_of(source: TranslationSource, original: Page, locale: Locale, fallback: bool) -> Page:
    """An unsaved copy with the words of the language, as far as they are translated."""
    left_out = [
        *original.default_exclude_fields_in_copy,
        *original.exclude_fields_in_copy,
        *original.fact_relations,
    ]
    fresh = dict.fromkeys(("live_revision", "first_published_at", "last_published_at", "alias_of"))
    fresh |= {"live": False, "has_unpublished_changes": True, "locale": locale}
    page, _children = _copy(original, exclude_fields=left_out, update_attrs=fresh)
    copy_synchronised_fields(original, page)
    segments = source._get_segments_for_translation(locale, fallback=fallback)
    ingest_segments(original, page, source.locale, locale, segments)
    return page


def note_as_upstream(
    source: TranslationSource,
    original: Page,
    page: Page,
    user: AbstractBaseUser | None,
    publish: bool,
) -> None:
    """Revision, log and signals, as wagtail-localize leaves them behind."""
    revision = page.save_revision(user=user, changed=False, clean=False)
    names = {
        "page": {"id": page.pk, "title": page.get_admin_display_title()},
        "source": {"id": original.pk, "title": original.get_admin_display_title()},
        "source_locale": {"id": source.locale_id, "language_code": source.locale.language_code},
    }
    log(page, "wagtail.copy_for_translation", user=user, data=names)
    copy_for_translation_done.send(
        sender=CopyPageForTranslationAction, source_obj=original, target_obj=page
    )
    if source._is_closed:
        source.sync_view_restrictions(original, page)
    if publish:
        transaction.on_commit(revision.publish)
    TranslationLog.objects.create(source=source, locale=page.locale, revision=revision)
