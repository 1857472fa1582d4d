"""How far each language version is: words left, strings to check, state.

Contents are compared, not times: whatever was saved since, a version is up to date if its strings
are all translated and say what was last published.
"""

import hashlib
import re
from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
)

from cms.core.concurrency import once
from cms.core.languages import has_words

from ..models import Work

UNFINISHED = "before"
"""Stands for the digest of what was public without all its words before works were kept."""
AT_ONCE = 100
"""Translations whose strings are in memory together."""

_COMPUTED = ("state", "reason", "words", "words_left", "to_check", "digest", "published_digest")


def count_words(text: str) -> int:
    """Of a string as it is stored, with inline tags."""
    return len(re.findall(r"\S+", strip_tags(text)))


def refresh(translations: QuerySet[Translation], create: bool = True) -> None:
    """Bring the works of these translations up to date; three queries for each hundred of them."""
    translations = list(translations.select_related("source", "work"))
    for start in range(0, len(translations), AT_ONCE):
        _refresh(translations[start : start + AT_ONCE], create)


def take_up() -> None:
    """Of translations from before there were works, a job of every minute."""
    without = Translation.objects.filter(work=None).order_by("pk").values_list("pk", flat=True)
    refresh(Translation.objects.filter(pk__in=list(without[:AT_ONCE])))


def refresh_thing(object_id: UUID) -> None:
    """Of a page or record in all its languages."""
    refresh(Translation.objects.filter(source__object_id=object_id))


def _refresh(translations: list[Translation], create: bool) -> None:
    segments = _segments(translations)
    translated = _translated(translations)
    new, changed = [], []
    for translation in translations:
        work = getattr(translation, "work", None)
        before = work and [getattr(work, name) for name in _COMPUTED]
        work = work or Work(translation=translation)
        key = translation.source.object_id, translation.target_locale_id
        measure(work, segments[translation.source_id], translated[key])
        if before is None:
            new.append(work)
        elif before != [getattr(work, name) for name in _COMPUTED]:
            changed.append(work)
    if new and create:
        live = _public([work.translation for work in new])
        for work in new:
            if work.translation_id in live:
                work.published_digest = UNFINISHED if work.words_left else work.digest
            work.state = state_of(work)
        Work.objects.bulk_create(new, ignore_conflicts=True)
    if changed:
        Work.objects.bulk_update(changed, _COMPUTED)


def _segments(translations: list[Translation]) -> dict[int, list[tuple[int, int, str]]]:
    """(string, context, text) of each source."""
    found = defaultdict(list)
    rows = StringSegment.objects.filter(source__in={one.source_id for one in translations})
    names = ("source_id", "string_id", "context_id", "string__data")
    for source, string, context, text in rows.order_by("order").values_list(*names):
        found[source].append((string, context, text))
    return found


def _translated(translations: list[Translation]) -> dict[tuple[UUID, int], dict]:
    """By thing and language, then by string and context: the text, whether it needs a check, and
    whether nobody has read it.
    """
    found: dict = defaultdict(dict)
    rows = StringTranslation.objects.filter(
        context__object_id__in={one.source.object_id for one in translations},
        locale__in={one.target_locale_id for one in translations},
        has_error=False,
    )
    names = ("context__object_id", "locale_id", "translation_of_id", "context_id", "data")
    for thing, locale, string, context, text, check, kind in rows.values_list(
        *names, "carried__needs_check", "translation_type"
    ):
        if has_words(text):
            unread = kind == StringTranslation.TRANSLATION_TYPE_MACHINE
            found[thing, locale][string, context] = text, bool(check or unread), unread
    return found


def measure(work: Work, segments: list[tuple[int, int, str]], translated: dict) -> None:
    """Set what is computed of a work from its source's strings and their translations."""
    words = left = checks = 0
    digest = hashlib.sha256()
    for string, context, text in segments:
        count = count_words(text)
        words += count
        said, check, unread = translated.get((string, context), ("", False, False))
        left += 0 if said else count
        checks += check
        # What nobody has read is published by no way: once it is read there is news to publish.
        shown = "" if unread else said
        digest.update(f"{context} {string} {shown}\0".encode())
    work.words, work.words_left, work.to_check = words, left, checks
    work.digest = digest.hexdigest()
    work.state = state_of(work)
    if work.state == Work.State.SOURCE_CHANGED and work.reason == Work.Reason.NEW:
        work.reason = Work.Reason.CHANGED


def state_of(work: Work) -> str:
    if work.in_review_since:
        return Work.State.IN_REVIEW
    if not work.published_digest:
        untouched = work.words_left == work.words and not work.to_check
        return Work.State.REQUESTED if untouched else Work.State.IN_PROGRESS
    if work.words_left or work.to_check:
        # What went to the public without all its words has never been finished.
        unchanged = work.published_digest in (work.digest, UNFINISHED) and not work.to_check
        return Work.State.IN_PROGRESS if unchanged else Work.State.SOURCE_CHANGED
    if work.digest != work.published_digest:
        return Work.State.IN_PROGRESS
    return Work.State.UP_TO_DATE


def _public(translations: list[Translation]) -> set[int]:
    """Those whose page or record the public meets in this language already."""
    found = set()
    by_model = defaultdict(list)
    for translation in translations:
        by_model[translation.source.specific_content_type_id].append(translation)
    for group in by_model.values():
        model = group[0].source.specific_content_type.model_class()
        rows = model._base_manager.filter(
            translation_key__in={one.source.object_id for one in group},
            locale__in={one.target_locale_id for one in group},
        )
        if issubclass(model, Page):
            rows = rows.filter(live=True, alias_of=None)
        elif hasattr(model, "is_draft"):
            rows = rows.filter(is_draft=False)
        there = set(rows.values_list("translation_key", "locale_id"))
        found |= {one.pk for one in group if (one.source.object_id, one.target_locale_id) in there}
    return found


def published(instance) -> None:
    """What this page or record now shows is what its strings say."""
    works = Work.objects.filter(
        translation__source__object_id=instance.translation_key,
        translation__target_locale=instance.locale_id,
    )
    for work in works:
        work.published_digest = work.digest or "published"
        work.in_review_since = work.workflow_state = None
        work.comment, work.reason = "", Work.Reason.NEW
        work.state = state_of(work)
        if work.state == Work.State.UP_TO_DATE:
            # They were about what is done now; a later change of the source is not late already.
            work.due_on, work.note = None, ""
        work.save()


@receiver(page_published, dispatch_uid="translation-progress")
def follow_publishing(sender, instance, **kwargs) -> None:
    published(instance)


@receiver(post_save, sender=TranslationLog, dispatch_uid="translation-progress")
def follow_record(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    """A record without revisions is what its translations say as soon as they are written to it."""
    if not created or raw or instance.revision_id:
        return
    record = instance.source.get_translated_instance(instance.locale)
    if not getattr(record, "is_draft", False):
        published(record)


@receiver(post_save, sender=StringTranslation, dispatch_uid="translation-progress")
def follow_string(sender, instance, raw: bool = False, **kwargs) -> None:
    if instance.context_id and not raw:
        once(refresh_thing, instance.context.object_id)


@receiver(post_delete, sender=StringTranslation, dispatch_uid="translation-progress")
def follow_deletion(sender, instance, **kwargs) -> None:
    """Makes no work: the translation may be about to go too."""
    if instance.context_id:
        thing = Translation.objects.filter(source__object_id=instance.context.object_id)
        refresh(thing, create=False)


@receiver(post_save, sender=Translation, dispatch_uid="translation-progress")
def follow_translation(sender, instance, raw: bool = False, **kwargs) -> None:
    if not raw:
        once(refresh_thing, instance.source.object_id)
