"""Work that only one process may do at a time, whatever machine of the site it runs on.

Where the database is one file, its machine is the only one: a locked file does. On PostgreSQL an
advisory lock holds for all machines. Both end with their process, however it ends.
"""

import fcntl
import hashlib
import tempfile
import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.db import Error, connection, transaction

PAUSE = 0.1
LAST = 30


@contextmanager
def alone(work: str, patience: float = 0) -> Iterator[bool]:
    """Whether this process may do the work now; it waits up to ``patience`` seconds for others."""
    hold = _advisory if connection.vendor == "postgresql" else _file
    until = time.monotonic() + patience
    while True:
        with hold(work) as mine:
            if mine or time.monotonic() >= until:
                yield mine
                return
        time.sleep(PAUSE)


@contextmanager
def _advisory(work: str) -> Iterator[bool]:
    number = int.from_bytes(hashlib.sha256(f"katto {work}".encode()).digest()[:7], "big")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        # A connection that broke meanwhile took the lock with it.
        with suppress(Error):
            if mine and connection.connection and not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


@contextmanager
def _file(work: str) -> Iterator[bool]:
    database = hashlib.sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
    folder = Path(getattr(settings, "VAR_DIR", tempfile.gettempdir()))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{work.replace(' ', '-')}-{database}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


class _Noted:
    """Lies among the callbacks of the transaction, which Django forgets with what it rolls back."""

    def __init__(self, keys: set[Hashable]) -> None:
        self.keys = keys
        self.over = False
        self.__qualname__ = type(self).__name__  # Django names a failing callback by it.

    def __call__(self) -> None:
        self.over = True


def news(topic: str, keys: Iterable[Hashable]) -> set[Hashable]:
    """Of these keys, the ones that were not asked about in this transaction before.

    A savepoint that is rolled back takes its keys along (one that was released can't be, but with
    the one around it). Outside a transaction all are news.
    """
    found = set(keys)
    for _savepoints, callback, *_rest in connection.run_on_commit:
        if isinstance(callback, _Noted) and not callback.over:
            found -= {key for kind, key in callback.keys if kind == topic}
    if found:
        transaction.on_commit(_Noted({(topic, key) for key in found}))
    return found


def forget_news() -> None:
    """What was noted has been followed, in the midst of a transaction that goes on: a test's."""
    for _savepoints, callback, *_rest in connection.run_on_commit:
        if isinstance(callback, _Noted):
            callback.over = True


_waiting: ContextVar[dict | None] = ContextVar("what is done at the end of the block", default=None)


@contextmanager
def each_once() -> Iterator[None]:
    """What is asked for by :func:`once` inside is done at the end of the outermost block."""
    if _waiting.get() is not None:
        yield
        return
    waiting: dict = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for do, *arguments in waiting:
        do(*arguments)


def in_block() -> bool:
    return _waiting.get() is not None


def once(do: Callable, *arguments: Hashable) -> None:
    """Now, or once at the end of the block of :func:`each_once` around it."""
    waiting = _waiting.get()
    if waiting is None:
        do(*arguments)
    else:
        waiting[do, *arguments] = None


def after_commit(do: Callable, robust: bool = False) -> None:
    """``transaction.on_commit``, unless the same already waits among the last of those.

    One that waits does the same, and falls only if this transaction does: many rows are saved in
    one, and each of them asks for the same two or three things.
    """
    waiting = transaction.get_connection()
    for savepoints, function, *_rest in waiting.run_on_commit[-LAST:]:
        if function is do and set(savepoints) <= set(waiting.savepoint_ids):
            return
    transaction.on_commit(do, robust=robust)
