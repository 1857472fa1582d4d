"""Keeping the engines' indexes in step with the database.

An edit notes what it touches in ``PendingDocument`` inside its own transaction; a background task
brings each engine up to date afterwards. An engine that is away finds its rows when it returns.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import task, task_backends

from cms.core.content_epoch import begin_epoch

from .breaker import Breaker
from .engines import EngineError, configured_engines, database_engine, get_engine
from .models import IndexState, PendingDocument
from .plan import Plan
from .sources import SOURCES
from .sources.base import batches, document_id, language_codes

logger = logging.getLogger("katto.search")

BATCH = 50
"""Records brought up to date at once; each makes a document in every locale."""


def changed(keys: Iterable[tuple[str, object]]) -> None:
    """Note that these (kind, translation key) records changed, and follow after the commit."""
    keys = {(kind, str(key)) for kind, key in keys}
    if not keys:
        return
    PendingDocument.objects.queue(configured_engines(), keys)
    waiting = (
        set(savepoints) <= set(connection.savepoint_ids)
        for savepoints, callback, _robust in connection.run_on_commit
        if isinstance(callback, FollowOnce) and not callback.done
    )
    if not any(waiting):
        transaction.on_commit(FollowOnce(), robust=True)


class FollowOnce:
    """One call after a commit, however many changes the transaction makes."""

    def __init__(self) -> None:
        self.done = False
        self.__qualname__ = type(self).__name__  # Django names a failing callback by it.

    def __call__(self) -> None:
        self.done = True
        for name in configured_engines():
            start(name)


def changed_all() -> None:
    """Everything may read differently: a new locale, another site root."""
    changed((kind, key) for kind, source in SOURCES.items() for key in source.keys().iterator())


def start(name: str) -> None:
    """Have the engine brought up to date outside the request, or at once where that is cheap."""
    if name == database_engine() or not runs_at_once():
        follow.enqueue(name)
    elif settings.SEARCH_THREADS:
        _Background.start(name)
    else:
        bring_up_to_date(name)


def runs_at_once() -> bool:
    """Whether tasks run inside the request: then a remote engine gets a thread of its own."""
    return not task_backends["default"].supports_defer


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


def bring_up_to_date(name: str) -> int:
    """Follow what is pending, and put back what the engine lost: a disk, an index, a part of it."""
    done = flush(name)
    if name != database_engine() and Breaker(name).allows():
        try:
            get_engine(name).refresh()
            if was_built(name) and lacks_documents(name):
                logger.warning("Search engine %s lacks documents; they are indexed again.", name)
                repair(name, *differences(name))
                get_engine(name).refresh()
        except EngineError as error:
            Breaker(name).failed(error)
        else:
            Breaker(name).worked()
    return done


def was_built(name: str) -> bool:
    return IndexState.objects.filter(engine=name, built_at__isnull=False).exists()


def lacks_documents(name: str) -> bool:
    """Whether the engine has fewer documents than the database's own index, edits apart."""
    if PendingDocument.objects.exists():
        return False
    plans = [Plan(code) for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    there, here = (get_engine(each).counts(plans) for each in (name, database_engine()))
    return any(few < many for few, many in zip(there, here, strict=True))


def flush(name: str) -> int:
    """Index everything pending for the engine; stops quietly where the engine does not answer.

    Optimistic: whoever finds that a row was taken or renewed meanwhile notes it once more, so that
    the last word in the index is never an older state of a record.
    """
    breaker, done = Breaker(name), 0
    while rows := list(PendingDocument.objects.filter(engine=name).order_by("queued_at")[:BATCH]):
        if not breaker.allows():
            return done
        try:
            write(name, ((row.kind, row.key) for row in rows))
        except EngineError as error:
            breaker.failed(error)
            return done
        breaker.worked()
        settle(name, rows)
        done += len(rows)
    if done:
        begin_epoch()
    return done


def write(name: str, keys: Iterable[tuple[str, object]]) -> None:
    """Index the documents of these records and drop those that they no longer have."""
    by_kind: dict[str, list] = defaultdict(list)
    for kind, key in keys:
        by_kind[kind].append(key)
    locales = list(language_codes().values())
    documents, gone = [], set()
    for kind, wanted in by_kind.items():
        gone.update(document_id(kind, key, locale) for key in wanted for locale in locales)
        if kind in SOURCES:
            documents.extend(SOURCES[kind].documents(wanted))
    gone.difference_update(document.id for document in documents)
    engine = get_engine(name)
    engine.index(documents)
    engine.delete(sorted(gone))


def settle(name: str, rows: list[PendingDocument]) -> None:
    by_time: dict = defaultdict(list)
    for row in rows:
        by_time[row.queued_at].append(row.pk)
    taken = 0
    for queued_at, pks in by_time.items():
        count, _details = PendingDocument.objects.filter(pk__in=pks, queued_at=queued_at).delete()
        taken += count
    if taken < len(rows):
        left = set(PendingDocument.objects.filter(engine=name).values_list("kind", "key"))
        missing = [(row.kind, row.key) for row in rows if (row.kind, row.key) not in left]
        PendingDocument.objects.queue([name], missing)


def rebuild(name: str, progress: Callable[[Iterable], Iterable] = iter) -> int:
    """Build the engine's index anew beside the old one and swap; the number of documents.

    Records edited meanwhile are noted as pending as ever and followed after the swap.
    """
    started, count = timezone.now(), 0
    # Only what was committed by now is sure to be read below.
    noted = list(PendingDocument.objects.filter(engine=name))

    def documents():
        nonlocal count
        for source in SOURCES.values():
            for document in source.documents():
                count += 1
                yield document

    engine = get_engine(name)
    engine.rebuild(progress(documents()))
    IndexState.objects.update_or_create(
        engine=name,
        defaults={
            "analysers": engine.analysers,
            "built_at": started,
        },
    )
    settle(name, noted)
    flush(name)
    return count


def differences(name: str) -> tuple[set[tuple[str, str]], set[str]]:
    """Records whose documents differ in the index, and ids of documents nobody has any more."""
    indexed = dict(get_engine(name).ids())
    wrong = set()
    for source in SOURCES.values():
        for document in source.documents():
            if indexed.pop(document.id, None) != document.fingerprint:
                wrong.add((document.type, document.key))
    return wrong, set(indexed)


def repair(name: str, wrong: set[tuple[str, str]], orphans: set[str]) -> None:
    for batch in batches(sorted(wrong), BATCH):
        write(name, batch)
    get_engine(name).delete(sorted(orphans))


__all__ = [
    "bring_up_to_date",
    "changed",
    "changed_all",
    "differences",
    "flush",
    "follow",
    "lacks_documents",
    "rebuild",
    "repair",
    "was_built",
]
