"""Pages and records are read when they are saved, and again every week.

A save only notes that there is something to read; a job reads it a few seconds later. What a
killed job had in hand is still noted.
"""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from cms.core.content_epoch import held
from cms.core.models import BasePage
from cms.translation.facts.records import FactsRecord

from .contents import Contents, contents_of, may_hold_links
from .models import Link, LinkUse, PictureUse, Reading

AGAIN = timedelta(days=7)
AT_ONCE = 50
AN_HOUR = 1000


@held
def own_hosts() -> frozenset[str]:
    named = set(Site.objects.values_list("hostname", flat=True))
    return frozenset(name.lower() for name in {*named, urlsplit(settings.BASE_URL).hostname or ""})


def key_of(url: str) -> str:
    return sha256(url.encode()).hexdigest()


def _links(urls: list[str]) -> dict[str, Link]:
    """The rows of these addresses, made where they are missing."""
    rows = []
    for url in urls:
        host = (urlsplit(url).hostname or "").lower() if "://" in url else ""
        is_own = not host or host in own_hosts()
        rows.append(Link(key=key_of(url), url=url, host=host[:255], is_own=is_own))
    Link.objects.bulk_create(rows, ignore_conflicts=True)
    return {link.key: link for link in Link.objects.filter(key__in=map(key_of, urls))}


@transaction.atomic
def read(reading: Reading) -> None:
    """Note what the page or record has now; what is no longer public has nothing."""
    where = {"content_type_id": reading.content_type_id, "object_id": reading.object_id}
    LinkUse.objects.filter(**where).delete()
    PictureUse.objects.filter(**where).delete()
    model = reading.content_type.model_class()
    instance = model._base_manager.filter(pk=reading.object_id).first() if model else None
    if instance is None:
        reading.delete()
        return
    if isinstance(instance, Page):
        instance = instance.specific
    is_hidden = getattr(instance, "is_draft", False) or not getattr(instance, "live", True)
    if not is_hidden and not getattr(instance, "alias_of_id", None):
        _keep(contents_of(instance), where)
    reading.read_at = timezone.now()
    reading.save(update_fields=["read_at"])


def _keep(found: Contents, where: dict[str, int]) -> None:
    links = _links(list(found.links))
    LinkUse.objects.bulk_create(
        LinkUse(**where, link=links[key_of(url)], text=text, place=place)
        for url, (text, place) in found.links.items()
    )
    there = get_image_model()._base_manager.in_bulk([pk for pk, *_rest in found.pictures])
    PictureUse.objects.bulk_create(
        PictureUse(**where, image_id=pk, place=place[:255], is_described_here=here)
        for pk, place, here in found.pictures
        if pk in there
    )


def take_up() -> int:
    """Read what is noted; the number read."""
    waiting = Reading.objects.filter(read_at=None).select_related("content_type")[:AT_ONCE]
    for reading in waiting:
        read(reading)
    return len(waiting)


def ask_again() -> None:
    """Have read what nobody has saved for a week, and whatever came in behind Django's signals."""
    Reading.objects.filter(read_at__lt=timezone.now() - AGAIN).update(read_at=None)
    for model in (Page, *record_models()):
        kind = ContentType.objects.get_for_model(model)
        known = Reading.objects.filter(content_type=kind, object_id=OuterRef("pk"))
        things = model._base_manager.filter(~Exists(known))
        things = things.filter(live=True, depth__gt=1) if model is Page else things
        keys = things.order_by("pk").values_list("pk", flat=True)[:AN_HOUR]
        rows = [Reading(content_type=kind, object_id=key) for key in keys]
        Reading.objects.bulk_create(rows, ignore_conflicts=True)
    Link.objects.filter(~Exists(LinkUse.objects.filter(link=OuterRef("pk")))).delete()


@held
def _kinds() -> dict[type, int]:
    return {
        model: ContentType.objects.get_for_model(model).pk for model in (Page, *record_models())
    }


def record_models() -> list[type[models.Model]]:
    """Registers whose records lead somewhere."""
    records = (model for model in apps.get_models() if issubclass(model, FactsRecord))
    return [model for model in records if may_hold_links(model)]


def note(sender, instance, raw: bool = False, **kwargs) -> None:
    """After a save: to be read. Of a page that is not live there is nothing to read."""
    if raw:
        return
    if isinstance(instance, Page) and not instance.live:
        return
    model = Page if isinstance(instance, Page) else sender
    row = Reading(content_type_id=_kinds()[model], object_id=instance.pk, read_at=None)
    Reading.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["content_type", "object_id"],
        update_fields=["read_at"],
    )


def _watched() -> Iterator[type[models.Model]]:
    yield from (model for model in apps.get_models() if issubclass(model, BasePage))
    yield from record_models()


def connect() -> None:
    for model in _watched():
        post_save.connect(note, sender=model, dispatch_uid=f"read-{model._meta.label}")
