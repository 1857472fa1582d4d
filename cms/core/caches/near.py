"""What a process remembers of a cache that it shares with others: nothing to fetch or to unpack."""

import threading
import time
from collections.abc import Callable

MOST_BYTES = 16_000_000


class Near:
    """The pages of one content epoch, and that epoch, which is asked for anew each second.

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
