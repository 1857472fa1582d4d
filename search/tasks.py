"""What an edit leaves behind for the index: a note, and whoever takes it up.

Where tasks have a worker, that one follows what is noted (:func:`take_up`), and the edit's own
request does no more. Where tasks run at once, so does the following, after the commit;
a remote engine then gets a thread of its own.

Here too is what the search keeps of a person, documents in each index and words that were searched
for in vain, and how it forgets them in time.
"""

import logging
import threading
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from django_tasks import task, task_backends

from cms.core.concurrency import after_commit, forget_news, news
from cms.users.models import Subject
from projects.models import Person

from .engines import EngineError, configured_engines, database_engine, get_engine
from .indexing import bring_up_to_date
from .models import MissedSearch, PendingDocument
from .sources import SOURCES

logger = logging.getLogger("katto.search")


def changed(keys: Iterable[tuple[str, object]]) -> None:
    """Note that these (kind, translation key) records changed, and follow after the commit."""
    keys = {(kind, str(key)) for kind, key in keys}
    if not keys:
        return
    if new := news("search", keys):
        PendingDocument.objects.queue(configured_engines(), new)
    after_commit(follow_at_once, robust=True)


def follow_at_once() -> None:
    """After a commit, where no worker will."""
    if not task_backends["default"].supports_defer:
        forget_news()
        for name in configured_engines():
            start(name)


def changed_all() -> None:
    """Everything may read differently: a new locale, another site root."""
    changed((kind, key) for kind, source in SOURCES.items() for key in list(source.keys()))


def start(name: str) -> None:
    """Have the engine brought up to date outside the request, or at once where that is cheap."""
    if name == database_engine() or task_backends["default"].supports_defer:
        follow.enqueue(name)
    elif settings.SEARCH_THREADS:
        _Background.start(name)
    else:
        bring_up_to_date(name)


def take_up() -> None:
    """Have whatever is pending followed, noted by whomever: a worker's job of every second.

    In a thread of its own, so that neither tasks nor other jobs wait for a long list of changes.
    """
    waiting = set(PendingDocument.objects.due().order_by().values_list("engine", flat=True))
    for name in configured_engines():
        if name in waiting:
            if settings.SEARCH_THREADS:
                _Background.start(name)
            else:
                bring_up_to_date(name)


@task()
def follow(name: str) -> int:
    """Bring one engine up to date; the number of records it followed."""
    return bring_up_to_date(name)


class _Background:
    """One thread a process and engine, so that publishing never waits for a remote engine."""

    _lock = threading.Lock()
    _running: dict[str, threading.Thread] = {}
    _again: set[str] = set()

    @classmethod
    def start(cls, name: str) -> None:
        with cls._lock:
            if name in cls._running:
                cls._again.add(name)
                return
            thread = threading.Thread(target=cls._run, args=(name,), name=f"search-{name}")
            cls._running[name] = thread
        thread.start()

    @classmethod
    def _run(cls, name: str) -> None:
        while True:
            try:
                bring_up_to_date(name)
            except Exception:
                logger.exception("Following changes in %s failed; they stay pending.", name)
            finally:
                close_old_connections()
                connection.close()
            with cls._lock:
                if name not in cls._again:
                    del cls._running[name]
                    return
                cls._again.discard(name)


def forget_missed_searches() -> int:
    """Delete searches without an answer that nobody has repeated for ``MISSED_SEARCH_DAYS``.

    People type names into a search; how many were deleted is returned.
    """
    limit = timezone.localdate() - timedelta(days=settings.MISSED_SEARCH_DAYS)
    deleted, _models = MissedSearch.objects.filter(last_on__lt=limit).delete()
    return deleted


def drop_expired_people() -> int:
    """Take people out of the index whose last public day has passed.

    No question finds them from midnight on; this is so that no index keeps what nobody may see.
    """
    expired = Person.objects.filter(public_until__lt=timezone.localdate())
    keys = set(expired.order_by().values_list("translation_key", flat=True))
    changed(("person", key) for key in keys)
    return len(keys)


def tell(subject: Subject) -> dict:
    return {
        "documents": [
            {
                "language": document.locale,
                "title": document.title,
                "text": document.lead,
                "address": document.url,
                "public_until": document.public_until and document.public_until.isoformat(),
            }
            for document in SOURCES["person"].documents(sorted(subject.keys))
        ],
        "indexes": {name: indexed(name, subject) for name in configured_engines()},
        "searches_without_an_answer": list(
            MissedSearch.objects.filter(subject.mentions("words")).values(
                "words", "language", "times"
            )
        ),
    }


def indexed(name: str, subject: Subject) -> list[str] | str:
    """Ids of the person's documents in an engine's index; a sentence if it does not answer."""
    beginnings = tuple(f"person:{key}:" for key in subject.keys)
    try:
        ids = get_engine(name).ids() if beginnings else ()
        return sorted(id for id, _fingerprint in ids if id.startswith(beginnings))
    except EngineError as error:
        return f"It does not answer: {error}"


def forget(subject: Subject) -> None:
    """The documents go with the record; words that were searched for go here."""
    MissedSearch.objects.filter(subject.mentions("words")).delete()
