"""What translators have written for the one that is gone is kept for the one that stays."""

from uuid import UUID

from django.db.models import Model
from wagtail_localize.models import (
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
)

from .journal import Journal


def move(gone: UUID, stays: Model, journal: Journal, same_words: bool) -> None:
    """``stays`` in the language first written. ``same_words``: whether the words of both name one
    thing, as those of a register do: then a translation of the one is a translation of the other.
    """
    thing = TranslatableObject.objects.filter(translation_key=gone).first()
    if thing is None:
        return
    old = TranslationSource.objects.filter(object=thing, locale=stays.locale_id).first()
    source = _source_of(stays, journal) if old else None
    if source:
        for translation in Translation.objects.filter(source=old).order_by("pk"):
            known = Translation.objects.filter(source=source)
            if not known.filter(target_locale=translation.target_locale_id).exists():
                journal.set(translation, source_id=source.pk)
        if same_words:
            _translate_like(old, source, journal)
        _move_strings(thing, source, journal)
    for each in TranslationSource.objects.filter(object=thing):
        journal.remove(each)
    journal.remove(thing)


def _source_of(stays: Model, journal: Journal) -> TranslationSource:
    key = stays.translation_key
    there = TranslatableObject.objects.filter(translation_key=key).exists()
    known = TranslationSource.objects.filter(object_id=key, locale=stays.locale_id).first()
    if known:
        return known
    source, _created = TranslationSource.update_or_create_from_instance(stays)
    if not there:
        journal.made(source.object)
    journal.made(source)
    return source


def _context(source: TranslationSource, like: TranslationContext, journal: Journal) -> Model:
    context, created = TranslationContext.objects.get_or_create(
        object_id=source.object_id,
        path_id=like.path_id,
        defaults={"path": like.path, "field_path": like.field_path},
    )
    if created:
        journal.made(context)
    return context


def _move_strings(thing: TranslatableObject, source: TranslationSource, journal: Journal) -> None:
    """Of strings that both have, or that only the one had: they stay in the memory."""
    rows = StringTranslation.objects.filter(context__object=thing).select_related("context")
    for row in rows.order_by("pk"):
        context = _context(source, row.context, journal)
        known = StringTranslation.objects.filter(
            translation_of=row.translation_of_id, locale=row.locale_id, context=context
        )
        if not known.exists():
            journal.set(row, context_id=context.pk)


def _translate_like(old: TranslationSource, source: TranslationSource, journal: Journal) -> None:
    """*Kylät ry* and *Kylät r.y.* have one Swedish name."""
    contexts = {context.path: context for context in _contexts_of(source)}
    for segment in old.stringsegment_set.select_related("context"):
        own = source.stringsegment_set.filter(context=contexts.get(segment.context.path)).first()
        if own is None or own.string_id == segment.string_id:
            continue
        for row in StringTranslation.objects.filter(
            translation_of=segment.string_id, context=segment.context_id
        ):
            values = {"locale_id": row.locale_id, "context_id": own.context_id}
            made, created = StringTranslation.objects.get_or_create(
                translation_of_id=own.string_id,
                **values,
                defaults={"data": row.data, "translation_type": row.translation_type},
            )
            if created:
                journal.made(made)


def _contexts_of(source: TranslationSource) -> list[TranslationContext]:
    return list(TranslationContext.objects.filter(object_id=source.object_id))
