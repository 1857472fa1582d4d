"""Making a page or record in another language in few queries; a record as a draft.

wagtail-localize saves a new page and its revision twice over. Delete the half about pages once
``TranslationSource.create_or_update_translation`` needs as few.
"""

import json
from functools import cache, partial, wraps

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify
from modelcluster.models import get_all_child_relations
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.models.copying import _copy
from wagtail.signals import copy_for_translation_done
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import TranslationLog, TranslationSource
from wagtail_localize.segments.ingest import ingest_segments

from cms.core.concurrency import each_once
from cms.core.models import BasePage

from ..facts.records import FactsRecord
from .safeguards import create_or_update


@wraps(create_or_update)
def create_or_update_translation(
    source, locale, user=None, publish=True, copy_parent_pages=False, fallback=False
) -> tuple[Model, bool]:
    with each_once():
        model = source.specific_content_type.model_class()
        made = None
        with transaction.atomic(savepoint=False):
            if has_words_alone(model):
                made = new_page(source, locale, user, publish, fallback)
            elif issubclass(model, FactsRecord):
                made = new_record(source, locale, fallback)
        if made:
            return made, True
        return create_or_update(source, locale, user, publish, copy_parent_pages, fallback)


@cache
def has_words_alone(model: type[Model]) -> bool:
    """Whether a page type has no children with a language each: those upstream looks after."""
    return issubclass(model, BasePage) and not any(
        issubclass(relation.related_model, TranslatableMixin)
        for relation in get_all_child_relations(model)
    )


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


def new_record(source: TranslationSource, locale: Locale, fallback: bool) -> FactsRecord | None:
    """The draft of a record in a language that it was not in; ``None``: as of a page."""
    model = source.specific_content_type.model_class()
    if model.objects.filter(translation_key=source.object_id, locale=locale).exists():
        return None
    original = source.as_instance()
    record = original.copy_for_translation(locale)
    record.is_draft = True
    segments = source._get_segments_for_translation(locale, fallback=fallback)
    ingest_segments(original, record, source.locale, locale, segments)
    try:
        record.full_clean()
    except ValidationError:
        return None
    record.save()
    TranslationLog.objects.create(source=source, locale=locale)
    return record


def in_words_of(source: TranslationSource, original: Page, locale: Locale, fallback: bool) -> Page:
    """An unsaved copy with the words of the language, as far as they are translated."""
    left_out = [
        *original.default_exclude_fields_in_copy,
        *original.exclude_fields_in_copy,
        *getattr(original, "fact_relations", ()),
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
