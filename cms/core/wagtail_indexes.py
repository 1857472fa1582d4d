"""Wagtail's own two indexes: who refers to what, and the admin's search.

Wagtail has each save of each object bring them up to date, and a page saves its children one by
one: publishing a project asks for the same page's references some twenty times. Once for each
object is enough: where a worker does it, for each transaction; where tasks run at once, for each
block of :func:`~cms.core.concurrency.each_once`. A draft changes neither index.

Delete this module once Wagtail's ``update_reference_index_task`` and modelsearch's
``insert_or_update_object_task`` are enqueued once for each object and transaction.
"""

import time

from django.apps import apps
from django.db import OperationalError, transaction
from django.db.models import Model
from django_tasks import task, task_backends
from modelcluster.fields import ParentalKey
from modelsearch import index
from modelsearch import signal_handlers as search_handlers
from modelsearch.backends import get_search_backends_with_name
from wagtail import signal_handlers as wagtail_handlers
from wagtail.models import Page, ReferenceIndex, TranslatableMixin

from .concurrency import in_block, news, once
from .content_epoch import DRAFT_FIELDS

PAUSES = (0.1, 0.5, 2)
"""Seconds between tries while another transaction is in the way (a deadlock, SQLite's one lock)."""


@task()
def follow_references(app_label: str, model_name: str, pk: str) -> None:
    if record := _record(app_label, model_name, pk):
        patiently(ReferenceIndex.create_or_update_for_object, record)


@task()
def follow_words(app_label: str, model_name: str, pk: str) -> None:
    if record := _record(app_label, model_name, pk):
        patiently(_add_words, record)


def _follow_both(app_label: str, model_name: str, pk: str) -> None:
    if record := _record(app_label, model_name, pk):
        with transaction.atomic(savepoint=False):
            if ReferenceIndex.is_indexed(type(record)):
                ReferenceIndex.create_or_update_for_object(record)
            if isinstance(record, index.Indexed):
                _add_words(record)


def _add_words(record) -> None:
    """As modelsearch does, which would look up once more whether the record is there."""
    indexed = record.get_indexed_instance()
    for _name, backend in get_search_backends_with_name(with_auto_update=True) if indexed else ():
        backend.add(indexed)


def _record(app_label: str, model_name: str, pk: str) -> Model | None:
    model = apps.get_model(app_label, model_name)
    records = model._default_manager.filter(pk=pk)
    if issubclass(model, TranslatableMixin):
        records = records.select_related("locale")
    return records.first()


def patiently(do, *arguments) -> None:
    """For tasks: in a transaction of its own, and again if another one was in the way."""
    for pause in PAUSES:
        try:
            with transaction.atomic():
                return do(*arguments)
        except OperationalError:
            time.sleep(pause)
    with transaction.atomic():
        do(*arguments)


def is_draft(instance, update_fields) -> bool:
    """Whether saving changes nothing but what is yet to be published."""
    return isinstance(instance, Page) and bool(update_fields) and set(update_fields) <= DRAFT_FIELDS


def note_references(instance, update_fields=None, **kwargs) -> None:
    held = getattr(wagtail_handlers.reference_index_auto_update_disabled, "value", False)
    if kwargs.get("raw") or held or is_draft(instance, update_fields):
        return
    while key := next((f for f in instance._meta.fields if isinstance(f, ParentalKey)), None):
        instance = getattr(instance, key.name)
        if instance is None:
            return
    if ReferenceIndex.is_indexed(type(instance)):
        _enqueue(follow_references, instance)


def note_words(instance, update_fields=None, **kwargs) -> None:
    if not (kwargs.get("raw") or is_draft(instance, update_fields)):
        _enqueue(follow_words, instance)


def _enqueue(follow, instance) -> None:
    """In the transaction itself, so that no crash after it loses the task."""
    name = (instance._meta.app_label, instance._meta.model_name, str(instance.pk))
    if not task_backends["default"].supports_defer:
        once(_follow_both if in_block() else follow.func, *name)
    elif news(follow.name, {name}):
        follow.enqueue(*name)


def connect() -> None:
    """Before Wagtail and modelsearch connect theirs, which they do by these names."""
    wagtail_handlers.update_reference_index_on_save = note_references
    search_handlers.post_save_signal_handler = note_words
