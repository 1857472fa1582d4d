"""The worker as a companion of ``manage.py serve``: begun after it, ended with it."""

import logging
import os
import subprocess
import sys
import time

from django.conf import settings
from gunicorn.arbiter import Arbiter

logger = logging.getLogger("katto.serve")

END_SECONDS = 8
"""How long the worker may take to end; it allows its running task five seconds."""
WELL_SECONDS = 60
MAX_PAUSE = 30


class Companion:
    """A ``manage.py worker`` of one's own, begun anew when it dies: soon, then less soon."""

    def __init__(self) -> None:
        self.process: subprocess.Popen | None = None
        self.began = self.begin_again = 0.0
        self.pause = 0

    def keep_running(self) -> None:
        """To be called every second or so."""
        if self.process and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process:
            well = now - self.began > WELL_SECONDS
            self.pause = 1 if well else min(2 * self.pause or 1, MAX_PAUSE)
            self.begin_again = now + self.pause
            self.process = None
            logger.error("The worker has ended; it begins again in %s s.", self.pause)
        if now >= self.begin_again:
            self.began = now
            # In a session of its own, so that Ctrl+C is this process's to pass on.
            self.process = subprocess.Popen(  # noqa: S603
                [
                    *(sys.executable, settings.BASE_DIR / "manage.py", "worker"),
                    *("--parent", str(os.getpid()), "--settings", settings.SETTINGS_MODULE),
                ],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def tell_to_end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def end(self) -> None:
        self.tell_to_end()
        if self.process:
            try:
                self.process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class AccompaniedArbiter(Arbiter):
    """Gunicorn's master, which looks after its children every second: after the worker too."""

    def __init__(self, app) -> None:
        self.companion = Companion()
        super().__init__(app)

    def manage_workers(self) -> None:
        super().manage_workers()
        self.companion.keep_running()

    def stop(self, *args, **kwargs) -> None:
        self.companion.tell_to_end()
        super().stop(*args, **kwargs)
        self.companion.end()
