"""A circuit breaker: after one failure the engine is left alone for a while.

The state lives in the shared cache, so that one worker's failure spares the others; where the cache
is per process, each process learns it by itself. Opening and closing are logged once each.
"""

import logging
import time

from django.core.cache import cache

logger = logging.getLogger("katto.search")

OPEN_SECONDS = 20
"""How long an engine rests after a failure before one request tries it again."""


class Breaker:
    def __init__(self, name: str, seconds: float = OPEN_SECONDS) -> None:
        self.name = name
        self.seconds = seconds

    @property
    def _key(self) -> str:
        return f"search-breaker-{self.name}"

    def _state(self) -> dict:
        return cache.get(self._key) or {}

    def allows(self) -> bool:
        """Whether to try the engine now: it works, or it rested and this request is the probe."""
        state = self._state()
        if not state:
            return True
        if time.time() < state["until"]:
            return False
        # Others keep away while this one probes.
        cache.set(self._key, {**state, "until": time.time() + self.seconds}, None)
        return True

    @property
    def is_open(self) -> bool:
        return bool(self._state())

    @property
    def since(self) -> float | None:
        """When the engine failed first (seconds since the epoch), while it is not well."""
        return self._state().get("since")

    def failed(self, error: Exception) -> None:
        state = self._state()
        if not state:
            logger.error(
                "Search engine %s does not answer; the database does: %s", self.name, error
            )
        now = time.time()
        cache.set(self._key, {"since": state.get("since", now), "until": now + self.seconds}, None)

    def worked(self) -> bool:
        """Note a success; true if the engine had been failing until now."""
        if not self._state():
            return False
        cache.delete(self._key)
        logger.warning("Search engine %s answers again.", self.name)
        return True
