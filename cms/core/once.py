"""What has been noted in the running transaction already, so that many saves leave one note."""

from collections.abc import Hashable, Iterable

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
