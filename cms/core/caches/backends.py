from contextlib import suppress
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from . import READ, WRITE, Dispensable


class FileCache(Dispensable, FileBasedCache):
    """Django's cache in a folder; a full disk or an unwritable folder stops nothing."""

    def _createdir(self) -> None:
        # Django asks for it at the start too, where nobody catches; whoever writes finds out.
        with suppress(OSError):
            super()._createdir()

    def forget(self, keys, version) -> None:
        for key in keys:
            self._delete(self._key_to_file(key, version))


PATIENCE = 0.25
"""Seconds for a connection, and for an answer. A cache that takes longer makes nothing faster."""


class OwnKeys(DjangoRedisCache):
    def clear(self) -> bool:
        """Drop this cache's keys; Django would empty the whole database, the neighbours' too."""
        client = self._cache.get_client(write=True)
        found = client.scan_iter(match=f"{self.key_prefix}:*", count=1000)
        while keys := list(islice(found, 1000)):
            client.delete(*keys)
        return True


class RedisCache(Dispensable, OwnKeys):
    """Django's Redis cache, without which the site is slower and nothing else."""

    faults = (RedisError, OSError)

    def __init__(self, server, params) -> None:
        options = {
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            # The library would try three times, with pauses of seconds.
            "retry": Retry(NoBackoff(), 0),
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})

    @staticmethod
    def name_of(place) -> str:
        """Host and port: the address may hold a password."""
        parts = urlsplit(place if isinstance(place, str) else place[0])
        return f"Redis at {parts.hostname}:{parts.port or 6379}"

    def forget(self, keys, version) -> None:
        super(Dispensable, self).delete_many(keys, version)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        return self.guarded(WRITE, "add", [key], version, key, value, timeout, version)

    def incr(self, key, delta=1, version=None) -> int:
        return self.guarded(WRITE, "incr", [key], version, key, delta, version)

    def get_many(self, keys, version=None) -> dict[str, Any]:
        keys = list(keys)
        return self.guarded(READ, "get_many", keys, version, keys, version)

    def set_many(self, data, timeout=DEFAULT_TIMEOUT, version=None) -> list[str]:
        return self.guarded(WRITE, "set_many", list(data), version, data, timeout, version)

    def delete_many(self, keys, version=None) -> None:
        keys = list(keys)
        return self.guarded(WRITE, "delete_many", keys, version, keys, version)
