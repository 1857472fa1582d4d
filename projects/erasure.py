"""Personal data goes for good: some time after it has left the public side, or on request.

GDPR, Articles 5 (1) e and 17. What is looked for, and where, is in :mod:`.personal_data`.
"""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ManyToOneRel, ProtectedError, Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail_localize.models import String, StringTranslation, TranslatableObject, TranslationSource

from cms.users.models import Subject, accounts, forget_all

from .models import Person, ProjectContact
from .personal_data import subject_of

BLANK = "–"


@dataclass
class Forgotten:
    """What went, or would go, for one person.

    ``mentions``: live pages for an editor. ``accounts``: users with her e-mail, who stay.
    """

    key: str
    languages: int
    revisions: int = 0
    strings: int = 0
    mentions: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)


def expired_people(days: int, today: date | None = None) -> list[list[Person]]:
    """People whose last public day is at least ``days`` ago, each with all their translations."""
    limit = (today or timezone.localdate()) - timedelta(days=days)
    people: dict = {}
    for person in Person.objects.order_by("pk"):
        people.setdefault(person.translation_key, []).append(person)
    dated = ((group[0].public_until, group) for group in people.values())
    return [group for until, group in dated if until and until < limit]


def expired_contacts(days: int, today: date | None = None) -> QuerySet[ProjectContact]:
    """Roles on a project that ended at least ``days`` ago; the person may go on elsewhere."""
    limit = (today or timezone.localdate()) - timedelta(days=days)
    return ProjectContact.objects.filter(public_until__lt=limit)


@transaction.atomic
def forget(group: list[Person], dry_run: bool = False) -> Forgotten:
    """Delete one person in every language, and what is known of them elsewhere.

    Elsewhere: the source and the strings kept for translation, the names in the log of changes,
    the picture if nothing else shows it, and name, e-mail and telephone written into texts of old
    revisions. The texts of live pages are an editor's to change: they are reported.
    """
    result = Forgotten(str(group[0].translation_key), len(group))
    subject = subject_of(group)
    words = subject.words
    result.accounts = [user.get_username() for user in accounts(subject)]
    _clean_revisions(subject, result, dry_run)
    # Of others, those that no text has any more.
    strings = String.objects.filter(
        Q(data__in=words) | (subject.mentions("data") & Q(segments=None))
    )
    result.strings = strings.count()
    if dry_run:
        return result
    forget_all(subject)
    photos = [person.photo for person in group if person.photo_id]
    StringTranslation.objects.filter(data__in=words).delete()
    TranslationSource.objects.filter(object_id=group[0].translation_key).delete()
    TranslatableObject.objects.filter(translation_key=group[0].translation_key).delete()
    String.objects.filter(pk__in=list(strings.values_list("pk", flat=True))).delete()
    _clean_sources(subject)
    kind = ContentType.objects.get_for_model(Person)
    for person in group:
        title = f"{kind.name} {person.pk}"
        entries = ModelLogEntry.objects.filter(content_type=kind, object_id=str(person.pk))
        entries.update(label=title, data={})
        log(person, "wagtail.delete", title=title, deleted=True)
        Revision.objects.for_instance(person).delete()
        person.delete()
    for photo in photos:
        _delete_photo(photo)
    return result


def _clean_revisions(subject: Subject, result: Forgotten, dry_run: bool) -> None:
    for revision in Revision.objects.filter(subject.mentions("content", "object_str")).iterator():
        page = revision.content_object
        if page is not None and revision.pk in (
            getattr(page, "live_revision_id", None),
            getattr(page, "latest_revision_id", None),
        ):
            if str(page) not in result.mentions:
                result.mentions.append(str(page))
            continue
        result.revisions += 1
        if not dry_run:
            revision.content = _without(revision.content, subject.spellings)
            revision.object_str = _without(revision.object_str, subject.spellings)
            revision.save(update_fields=["content", "object_str"])


def _clean_sources(subject: Subject) -> None:
    """What translators translate from is kept as it was: it may still name the person."""
    for source in TranslationSource.objects.filter(subject.mentions("content_json")).iterator():
        content = _without(json.loads(source.content_json), subject.spellings)
        source.content_json = json.dumps(content)
        source.save(update_fields=["content_json"])


def _without(value: Any, words: set[str]) -> Any:
    """``value`` (JSON) with every one of ``words`` blanked in its strings."""
    if isinstance(value, str):
        for word in sorted(words, key=len, reverse=True):
            value = value.replace(word, BLANK)
        return value
    if isinstance(value, list):
        return [_without(item, words) for item in value]
    if isinstance(value, dict):
        return {key: _without(item, words) for key, item in value.items()}
    return value


def _is_used(photo) -> bool:
    """By a field of any record, or inside a text (the reference index knows those)."""
    relations = [
        relation
        for relation in photo._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
        and relation.related_model is not photo.renditions.model
    ]
    return ReferenceIndex.get_references_to(photo).exists() or any(
        relation.related_model._base_manager.filter(**{relation.field.name: photo.pk}).exists()
        for relation in relations
    )


def _delete_photo(photo) -> None:
    if photo.pk and not _is_used(photo):
        storage, name = photo.file.storage, photo.file.name
        for rendition in photo.renditions.all():
            rendition.file.delete(save=False)
        try:
            photo.delete()
        except ProtectedError:
            return
        transaction.on_commit(lambda: storage.delete(name))
