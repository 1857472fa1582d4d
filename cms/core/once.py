"""What has been noted already, in a transaction or a block, so that many saves leave one note."""

from collections.abc import Callable, Hashable, Iterable
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction


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
def each_once():
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


def once(do: Callable, *arguments: Hashable) -> None:
    """Now, or once at the end of the block of :func:`each_once` around it."""
    waiting = _waiting.get()
    if waiting is None:
        do(*arguments)
    else:
        waiting[do, *arguments] = None
