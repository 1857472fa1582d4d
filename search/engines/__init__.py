"""The engines, which of them this site uses, and whether that one is well.

Another engine is a module with a subclass of :class:`Engine`, and its line in ``ENGINES``.
"""

import functools
import logging
import time
from contextlib import AbstractContextManager

from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.utils.module_loading import import_string

from ..documents import Hit
from .base import (
    DocumentRefused,
    Engine,
    EngineBusy,
    EngineError,
    EngineMissing,
    Refusal,
    Result,
    Suggestion,
)

logger = logging.getLogger("katto.search")

ELASTICSEARCH = "elasticsearch"
ENGINES = {
    ELASTICSEARCH: "search.engines.elasticsearch.ElasticsearchEngine",
    "sqlite": "search.engines.fulltext.SqliteEngine",
    "postgres": "search.engines.fulltext.PostgresEngine",
}
OPEN_SECONDS = 20
"""How long an engine rests after a failure before one request tries it again."""


@functools.cache
def get_engine(name: str) -> Engine:
    """The engine as the site uses it."""
    options = settings.ELASTICSEARCH if name == ELASTICSEARCH else {}
    return import_string(ENGINES[name])(**options)


def scratch_engine(name: str) -> AbstractContextManager[Engine]:
    """The engine over an index that nobody else sees, see :meth:`Engine.scratch`."""
    return import_string(ENGINES[name]).scratch()


def database_engine(using: str = "default") -> str:
    """Name of the engine of the site's own database, which answers when no other does."""
    return "postgres" if connections[using].vendor == "postgresql" else "sqlite"


def remote_engine() -> str:
    """Name of the engine that answers first where one is configured; otherwise ""."""
    return ELASTICSEARCH if settings.ELASTICSEARCH_URL else ""


def configured_engines() -> tuple[str, ...]:
    """Names of the engines that are kept up to date, the one that answers first at the front."""
    return tuple(filter(None, (remote_engine(), database_engine())))


class Breaker:
    """A circuit breaker: after one failure the engine is left alone for a while.

    The state lives in the shared cache, so that one worker's failure spares the others; where the
    cache is per process, each process learns it by itself. Opening and closing are logged once
    each. ``since``: when the engine failed first (seconds since the epoch), while it is not well.
    """

    def __init__(self, name: str, seconds: float = OPEN_SECONDS) -> None:
        self.name = name
        self.seconds = seconds
        self._key = f"search-breaker-{name}"

    def _state(self) -> dict[str, float]:
        return cache.get(self._key) or {}

    def allows(self) -> bool:
        """Whether to try the engine now: it works, or it rested and this request is the probe."""
        state = self._state()
        if state and time.time() < state["until"]:
            return False
        if state:
            # Others keep away until the engine has rested once more.
            cache.set(self._key, {**state, "until": time.time() + self.seconds}, None)
        return True

    @property
    def since(self) -> float | None:
        return self._state().get("since")

    @property
    def is_open(self) -> bool:
        return bool(self._state())

    def failed(self, error: Exception) -> None:
        since, now = self.since, time.time()
        if since is None:
            logger.error(
                "Search engine %s does not answer; the database does: %s", self.name, error
            )
        rested = {"since": now if since is None else since, "until": now + self.seconds}
        cache.set(self._key, rested, None)

    def worked(self) -> bool:
        """Note a success; true if the engine had been failing until now."""
        if not self._state():
            return False
        cache.delete(self._key)
        logger.warning("Search engine %s answers again.", self.name)
        return True


__all__ = [
    "ELASTICSEARCH",
    "ENGINES",
    "Breaker",
    "DocumentRefused",
    "Engine",
    "EngineBusy",
    "EngineError",
    "EngineMissing",
    "Hit",
    "Refusal",
    "Result",
    "Suggestion",
    "configured_engines",
    "database_engine",
    "get_engine",
    "remote_engine",
    "scratch_engine",
]
