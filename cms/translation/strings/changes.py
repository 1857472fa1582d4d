"""A source changed: its translations follow as far as that is safe; nothing becomes public.

A text that moved, was pasted or copied has its translation again. After a minor edit, or where the
staff say so, the old one is put in its place to be checked. All others are offered beside the old
wording (:func:`offers`). The pages of other languages stay as they were published.

wagtail-localize follows nothing by itself (issues 502, 657, pull request 912): delete what upstream
does once it keeps translations of texts that moved and offers those of texts that changed.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.safestring import SafeString
from django_tasks import task, task_backends
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.log_actions import log
from wagtail.signals import page_published
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.core.concurrency import each_once, news
from cms.core.wagtail_indexes import patiently

from .. import mails
from ..facts.panels import STAY_VALID
from ..facts.records import FactsRecord
from ..models import Notice, Work
from . import sending
from .matching import Language, elsewhere_best
from .sending import Places, carry
from .stored import Segment, Thing
from .wording import marked

NOT_CONTENT = {
    *("path", "depth", "numchild", "url_path", "draft_title", "live", "expired", "alias_of"),
    *("has_unpublished_changes", "latest_revision", "latest_revision_created_at", "live_revision"),
    *("first_published_at", "last_published_at", "go_live_at", "expire_at", "owner", STAY_VALID),
    *("locked", "locked_at", "locked_by", "wagtail_admin_comments", "content_type"),
}


@dataclass(frozen=True)
class Offer:
    """An old translation for a new wording; both wordings with what differs marked, as HTML."""

    source: str
    text: str
    marked_old: SafeString
    marked_new: SafeString


@receiver(page_published, dispatch_uid="translations-follow-source")
def note_page(sender, instance, revision=None, **kwargs) -> None:
    valid = bool(revision and revision.content.get(STAY_VALID))
    note(instance, revision.pk if valid else None)


@receiver(post_save, dispatch_uid="translations-follow-source")
def note_record(sender, instance, raw: bool = False, **kwargs) -> None:
    if isinstance(instance, FactsRecord) and not raw:
        note(instance)


def note(instance, valid_revision: int | None = None) -> None:
    """Have the source of this page or record followed after the commit, if it is one."""
    sources = TranslationSource.objects.filter(
        object_id=instance.translation_key, locale=instance.locale_id
    )
    for pk in news("sources", sources.values_list("pk", flat=True)):
        if task_backends["default"].supports_defer:
            # In the transaction itself, so that no crash after it loses the task.
            follow.enqueue(pk, valid_revision)
        else:
            transaction.on_commit(lambda pk=pk: follow.enqueue(pk, valid_revision))


@task()
def follow(source_pk: int, valid_revision: int | None = None) -> None:
    """Bring a source and its translations up to what is public now."""
    patiently(_follow, source_pk, valid_revision)


def _follow(source_pk: int, valid_revision: int | None) -> None:
    source = TranslationSource.objects.select_for_update().filter(pk=source_pk).first()
    if source is None:
        return
    works = Work.objects.filter(translation__source=source, translation__enabled=True)
    done = list(works.filter(state=Work.State.UP_TO_DATE).values_list("pk", flat=True))
    if not bring_up_to_date(source):
        return
    if valid_revision is not None:
        page = source.get_source_instance()
        if page.live_revision_id == valid_revision:
            keep_valid(source, page.live_revision.user)
    begun = works.filter(pk__in=done, state=Work.State.SOURCE_CHANGED)
    related = ("translation__source", "translation__target_locale", "request")
    mails.tell(None, Notice.Event.CHANGED, *begun.select_related(*related))


def bring_up_to_date(source: TranslationSource) -> bool:
    """Whether the content of the source had changed; times and states are no content."""
    try:
        instance = source.get_source_instance()
    except ObjectDoesNotExist:
        return False
    if isinstance(instance, ClusterableModel):
        now = json.loads(instance.to_json())
    else:
        now = get_serializable_data_for_fields(instance)
        now = json.loads(json.dumps(now, cls=DjangoJSONEncoder))
    before = json.loads(source.content_json)
    names = (now.keys() | before.keys()) - NOT_CONTENT
    if all(_parsed(now.get(name)) == _parsed(before.get(name)) for name in names):
        return False
    # Upstream would ask the database for it twice more.
    source.get_source_instance = lambda: instance
    source.update_from_db()
    del source.get_source_instance
    return True


def _parsed(value: Any) -> Any:
    """A body is JSON in a string; PostgreSQL gives its keys back in another order."""
    if isinstance(value, str) and value.startswith("["):
        with suppress(ValueError):
            return json.loads(value)
    return value


def refresh_segments(source: TranslationSource) -> None:
    """In place of upstream's, whoever calls it: translations are carried to where texts went."""
    with each_once(), transaction.atomic(savepoint=False):
        enabled = source.translations.filter(enabled=True)
        locales = list(enabled.values_list("target_locale_id", flat=True))
        before = source.stringsegment_set.values_list("string_id", "context_id")
        before = set(before if locales else ())
        sending.refresh_segments(source)
        carry(source, locales, before)


@receiver(post_save, sender=Translation, dispatch_uid="translations-follow-source")
def carry_to_new(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    """A page that goes to a further language, a copy of another page perhaps."""
    if raw or not instance.enabled:
        return
    source, locale = instance.source, instance.target_locale_id
    if not hasattr(source, "_known_in"):
        # One source is sent to many languages, into which mostly nobody has translated its texts.
        known = StringTranslation.objects.filter(translation_of__segments__source=source)
        source._known_in = set(known.values_list("locale_id", flat=True))
    if not created or locale in source._known_in:
        carry(source, [locale])


def offers(translation: Translation, known=None) -> dict[int, Offer]:
    """For strings without a translation, and for those whose translation is to be checked.

    ``known``: :func:`.stored.in_hand`, where somebody has the rows.
    """
    locale = translation.target_locale_id
    thing = Thing(translation.source, [locale], known=known)
    language = Language(thing, locale)
    found = {match.segment.key: match.made for match in language.edited()}
    lacking = {segment.key: segment for segment in language.untranslated}
    elsewhere = thing.elsewhere({s.string for key, s in lacking.items() if key not in found})
    for key, segment in lacking.items():
        same = language.same_text(segment)
        if not same and key not in found:
            same = elsewhere_best(elsewhere[locale], segment)
        if same:
            found[key] = same[-1]
    offered = {}
    for segment in thing.segments:
        placed = language.there.get(segment.key)
        if made := found.get(segment.key):
            offered[segment.pk] = _offer(made.text, made.data, segment)
        elif placed and placed.needs_check:
            offered[segment.pk] = _offer(placed.earlier or placed.text, placed.data, segment)
    return offered


def _offer(source: str, text: str, segment: Segment) -> Offer:
    return Offer(source, text, *marked(source, segment.text))


def keep_valid(source: TranslationSource, user) -> int:
    """The staff say that a change took nothing from the translations: old ones are put in place,
    to be checked. How many there were.
    """
    enabled = source.translations.filter(enabled=True)
    locales = list(enabled.values_list("target_locale_id", flat=True))
    with each_once(), transaction.atomic():
        thing, places = Thing(source, locales), Places(source)
        for locale in locales:
            language = Language(thing, locale)
            missing = {segment.key for segment in language.missing}
            for match in language.edited():
                segment, made = match.segment, match.made
                if match.is_own and segment.key in missing and places.takes(segment, made):
                    places.copy(segment, made, made.text)
        places.save()
        if places.copied:
            data = {"strings": len(places.copied)}
            log(source.get_source_instance(), "katto.translations_stay_valid", user=user, data=data)
    return len(places.copied)
