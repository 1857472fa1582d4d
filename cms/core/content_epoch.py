"""A name for the state of everything public: while it stays, no public page has changed.

Keys of cached pages contain it. Changing it drops them all at once, in every process that shares
the cache: a renamed funder is on its projects, their lists, the home page and the feeds, and
working out which is slower and sooner wrong than rendering them again.

The epoch is kept in the database, and a copy of it in the cache for ``COPY_SECONDS``. No old page
comes back to life, however the cache failed, flapped or was put back: at most seconds later every
process asks the database anew.
"""

import logging
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.core.cache import caches
from django.db import Error as DatabaseFault
from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail.signals import page_published, page_unpublished, post_page_move

from .caches import ProcessMemory
from .concurrency import after_commit

logger = logging.getLogger("katto.cache")

KEY = "content-epoch"
LAST = "content-epoch-last"
COPY_SECONDS = 5
HELD_EPOCHS = 2
"""The committed one, and that of a transaction which has changed something and still goes on."""
# Rooms whose every model is, or decides, something that the public sees.
PUBLIC_ROOMS = {"assets", "home", "news", "projects", "publications", "wagtailredirects"}
PUBLIC_MODELS = {Collection, CollectionViewRestriction, Locale, PageViewRestriction, Site}
# Written while a page is rendered or a draft is kept: nothing public changes.
QUIET_MODELS = {"assets.customrendition", "projects.memberdraft", "projects.membergroup"}
DRAFT_FIELDS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "locked",
    "locked_at",
    "locked_by",
    "go_live_at",
}


class ContentEpoch(models.Model):
    """The one row that names the state of everything public."""

    value = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.value

    @classmethod
    def now(cls) -> str:
        return cls.objects.filter(pk=1).values_list("value", flat=True).first() or "first"

    @classmethod
    def begin(cls, value: str) -> None:
        row = cls(pk=1, value=value)
        cls.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["id"], update_fields=["value"]
        )


def _new() -> str:
    return uuid.uuid4().hex


def current_epoch() -> str:
    """The epoch now: the cache's copy, else what the database says.

    While the database is away nothing can change, and the last known epoch goes on. Inside a
    transaction that has changed something public, an epoch of its own: what is rendered there from
    uncommitted data is for nobody else, and may never come to be.
    """
    connection = transaction.get_connection()
    waiting = connection.run_on_commit if connection.in_atomic_block else ()
    if any(function is begin_epoch for _savepoints, function, *_rest in waiting):
        return connection.uncommitted_epoch
    cache = caches["pages"]
    epoch = cache.get(KEY)
    if epoch is None:
        try:
            epoch = ContentEpoch.now()
        except DatabaseFault:
            epoch = cache.get(LAST) or _new()
        else:
            cache.set(LAST, epoch, None)
        # Not ``set``: a newer one may have come between.
        cache.add(KEY, epoch, COPY_SECONDS)
        epoch = cache.get(KEY, epoch)
    return epoch


def near_memory() -> ProcessMemory | None:
    """What this process remembers of the cache; nothing where it is the process's own anyway."""
    return getattr(caches["pages"], "near", None)


def epoch_of_second() -> str:
    """The epoch as this process saw it since the clock's second began.

    For visitors. Who has changed something asks for :func:`current_epoch`.
    """
    near = near_memory()
    if near is None or transaction.get_connection().in_atomic_block:
        return current_epoch()
    return near.epoch(current_epoch)


_afresh: ContextVar[dict | None] = ContextVar("what is built anew, whatever is held", default=None)


@contextmanager
def afresh() -> Iterator[None]:
    """Inside, what is held elsewhere is built anew, once.

    For whoever follows a change that the epoch, or this process's view of it, does not tell of yet.
    """
    token = _afresh.set({})
    try:
        yield
    finally:
        _afresh.reset(token)


def held(build: Callable) -> Callable:
    """Keep in memory, for one epoch, what the function builds for each set of its arguments.

    For what is small and read a thousand times for each edit: registers, names, the facts of
    projects. What is built is shared by all threads: nobody may change it.
    """
    epochs: OrderedDict[str, dict] = OrderedDict()
    lock = threading.RLock()

    @wraps(build)
    def keep(*args) -> Any:
        own = _afresh.get()
        if own is not None:
            if (build, args) not in own:
                own[build, args] = build(*args)
            return own[build, args]
        epoch = epoch_of_second()
        found = epochs.get(epoch)
        if found is not None and args in found:
            return found[args]
        with lock:
            found = epochs.setdefault(epoch, {})
            if args not in found:
                found[args] = build(*args)
            while len(epochs) > HELD_EPOCHS:
                epochs.popitem(last=False)
            return found[args]

    return keep


def begin_epoch() -> None:
    """Drop every cached public page at once. What was committed before is not undone by a fault."""
    cache, epoch = caches["pages"], _new()
    try:
        ContentEpoch.begin(epoch)
    except DatabaseFault:
        logger.exception("The database could not note that public pages have changed.")
        cache.clear()
    else:
        # Deleting works on a full disk too.
        cache.delete(KEY)
        cache.set(KEY, epoch, COPY_SECONDS)
        if near := near_memory():
            near.clear()


def drop_public_pages() -> None:
    """Drop them when the running transaction is committed; at once outside one.

    For code that changes public data behind Django's signals (``update()``, ``bulk_create``).
    A transaction that is rolled back drops nothing.
    """
    connection = transaction.get_connection()
    connection.uncommitted_epoch = _new()
    after_commit(begin_epoch)


def _changed(sender, instance, update_fields=None, created=False, **kwargs) -> None:
    meta = instance._meta
    if isinstance(instance, Page):
        is_public = instance.live or getattr(instance, "is_shown_by_others", False)
        if update_fields and set(update_fields) <= DRAFT_FIELDS:
            return
    else:
        is_public = meta.app_label in PUBLIC_ROOMS or type(instance) in PUBLIC_MODELS
    if not is_public or meta.label_lower in QUIET_MODELS:
        return
    if created and isinstance(instance, BaseSiteSetting):
        # Wagtail writes a row of defaults when settings are first read, in the midst of a page.
        facts = (f for f in meta.concrete_fields if not f.primary_key and f.name != "site")
        if all(getattr(instance, fact.attname) == fact.get_default() for fact in facts):
            return
    drop_public_pages()


def _page_event(sender, **kwargs) -> None:
    drop_public_pages()


def connect() -> None:
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_changed, dispatch_uid="content-epoch")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_page_event, dispatch_uid="content-epoch")
