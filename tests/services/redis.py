"""A Redis of its own for a test, in memory only."""

import signal
import socket
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from redis import Redis

from .process import Server, as_other_user, free_port, needs, start, wait


class RedisServer(Server):
    """An empty server. What it holds is kept while it is paused, and lost when it is stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self, seconds: float = 20) -> Self:
        needs("redis-server")
        if not self.folder:
            self.folder = Path(tempfile.mkdtemp(prefix="katto-redis-"))
        log = self.folder / "server.log"
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self.process = start(as_other_user(command, self.folder), log)
        wait(self.process, self._answers, log, seconds)
        return self

    def pause(self) -> None:
        """From now on it accepts, and never answers."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def configure(self, **settings: str) -> None:
        """``CONFIG SET``, a setting's dashes written as underscores."""
        with Redis(port=self.port) as client:
            for name, value in settings.items():
                client.config_set(name.replace("_", "-"), value)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


@contextmanager
def redis_server():
    """Yields the URL of an empty server; raises ServiceUnavailable where Redis is missing."""
    with RedisServer() as server:
        yield server.url
