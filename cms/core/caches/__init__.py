"""Caches that the site can do without: what only makes it faster never stops it.

A server that is down, silent, full, read-only or still loading, a disk that is full, a folder that
may not be written: the cache then answers as an empty one, is left alone for a few seconds at a
time, and is used again when it is back. Going and coming back are logged once each.

Nothing old comes to light by this: a key that could not be written or deleted counts as absent in
this process, and is deleted as soon as that is possible. Other processes learn what matters from
the database (:mod:`cms.core.content_epoch`).
"""

import logging
import pickle
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache

logger = logging.getLogger("katto.cache")

REST_SECONDS = 5
"""How long a cache that failed is left alone before one request tries it again."""
MAX_MISSED = 20_000
"""With more keys to delete than this, everything is."""
READ, WRITE = "read", "write"
EVERYTHING = object()  # in place of a key
# What values raise that were kept by other code, or damaged: such a key is as good as absent.
UNREADABLE = (pickle.UnpicklingError, zlib.error, EOFError, AttributeError, ImportError)


class Health:
    """Whether one server or folder can be read and written, as its latest calls went.

    One for all threads of the process, and for all caches that lie in the same place.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self.failing: set[str] = set()
        self.rest_until = {READ: 0.0, WRITE: 0.0}
        self.lock = threading.Lock()

    def rests(self, kind: str) -> bool:
        return kind in self.failing and time.monotonic() < self.rest_until[kind]

    def failed(self, kind: str, error: Exception) -> None:
        """What cannot be read cannot be written either; a full disk can still be read."""
        with self.lock:
            first = not self.failing
            for each in {kind, WRITE}:
                self.failing.add(each)
                self.rest_until[each] = time.monotonic() + REST_SECONDS
        if first:
            logger.error("The cache in %s fails; the site does without: %s", self.place, error)

    def worked(self, kind: str) -> None:
        if kind not in self.failing:
            return
        with self.lock:
            self.failing.discard(kind)
            well = not self.failing
        if well:
            logger.warning("The cache in %s works again.", self.place)


MOST_BYTES = 16_000_000
"""Of pages that a process remembers."""


class ProcessMemory:
    """What a process remembers of a cache that it shares: nothing to fetch or to unpack.

    The pages of one content epoch, and that epoch, which is asked for anew each second.

    By the clock's seconds, not by its age: a proxy that keeps an answer until the same second is
    over (:mod:`cms.core.page_cache`) shows what has changed as soon as this process does.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        self.seen = (0, "")
        self.pages: dict[str, tuple] = {}
        self.bytes = 0

    def epoch(self, ask: Callable[[], str]) -> str:
        second = int(time.time())
        if self.seen[0] != second:
            epoch = ask()
            if epoch != self.seen[1]:
                self.clear()
            self.seen = (second, epoch)
        return self.seen[1]

    def get(self, key: str) -> tuple | None:
        return self.pages.get(key)

    def set(self, key: str, page: tuple) -> None:
        """Keep ``(content, headers)``. Where there is no room left, it begins anew."""
        size = len(page[0])
        with self.lock:
            if self.bytes + size > MOST_BYTES:
                self.pages, self.bytes = {}, 0
            self.pages[key] = page
            self.bytes += size


_health: dict[str, Health] = {}
# By place and prefix: (key, version) of what could not be written or deleted.
_missed: dict[tuple[str, str], set] = defaultdict(set)
_near: dict[tuple[str, str], ProcessMemory] = defaultdict(ProcessMemory)


class Dispensable(BaseCache):
    """Mixed into a backend of Django's before it: guards what the backend does with one call.

    ``OPTIONS`` may say ``"STAND_IN": True``: what is kept while the cache is away is then kept in
    this process, rather than nowhere.
    """

    faults: tuple[type[Exception], ...] = (OSError,)

    def __init__(self, place, params) -> None:
        options = dict(params.get("OPTIONS", {}))
        kind = LocMemCache if options.pop("STAND_IN", False) else DummyCache
        super().__init__(place, {**params, "OPTIONS": options})
        name = self.name_of(place)
        self.health = _health.setdefault(name, Health(name))
        self.missed = _missed[name, self.key_prefix]
        self.near = _near[name, self.key_prefix]
        self.stand_in = kind(f"stand-in {self.key_prefix}", {"KEY_PREFIX": self.key_prefix})

    @staticmethod
    def name_of(place) -> str:
        """The place as the log may name it."""
        return str(place)

    def forget(self, keys, version) -> None:
        """Delete keys, unguarded."""
        raise NotImplementedError

    def guarded(self, kind: str, name: str, keys, version, *args) -> Any:
        """The backend's answer; the stand-in's where the backend fails, rests or is in doubt."""
        act = getattr(super(), name)
        if not self.health.rests(kind) and not (kind == READ and self._doubts(keys, version)):
            try:
                if kind == WRITE:
                    self._catch_up()
                answer = act(*args)
            except self.faults as error:
                self.health.failed(kind, error)
            except UNREADABLE:
                if kind == WRITE:
                    raise
                logger.warning("A cached value cannot be read: %s", keys, exc_info=True)
                for key in keys:
                    self.delete(key, version)
            else:
                self.health.worked(kind)
                return answer
        if kind == WRITE:
            self.missed.update((key, version) for key in keys)
        return getattr(self.stand_in, name)(*args)

    def _doubts(self, keys, version) -> bool:
        if not self.missed:
            return False
        asked = {(key, version) for key in keys} | {(EVERYTHING, None)}
        return not asked.isdisjoint(self.missed)

    def _catch_up(self) -> None:
        """Delete what went past the backend while it was away."""
        missed = list(self.missed)
        if not missed:
            return
        if len(missed) > MAX_MISSED or (EVERYTHING, None) in missed:
            super().clear()
        else:
            by_version = defaultdict(list)
            for key, version in missed:
                by_version[version].append(key)
            for version, keys in by_version.items():
                self.forget(keys, version)
        self.missed.difference_update(missed)
        self.stand_in.clear()

    def get(self, key, default=None, version=None) -> Any:
        return self.guarded(READ, "get", [key], version, key, default, version)

    def has_key(self, key, version=None) -> bool:
        return self.guarded(READ, "has_key", [key], version, key, version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> None:
        return self.guarded(WRITE, "set", [key], version, key, value, timeout, version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        return self.guarded(WRITE, "touch", [key], version, key, timeout, version)

    def delete(self, key, version=None) -> bool:
        return self.guarded(WRITE, "delete", [key], version, key, version)

    def clear(self) -> None:
        self.near.clear()
        return self.guarded(WRITE, "clear", [EVERYTHING], None)
