"""A Redis of its own for a test, in memory only."""

import socket
import tempfile
from contextlib import contextmanager
from pathlib import Path

from .process import as_other_user, free_port, needs, start, stop, wait


@contextmanager
def redis_server():
    """Yields the URL of an empty server; raises ServiceUnavailable where Redis is missing."""
    needs("redis-server")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="katto-redis-") as folder:
        log = Path(folder) / "server.log"
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", folder]
        process = start(as_other_user(command, Path(folder)), log)
        try:
            wait(process, lambda: _answers(port), log, 20)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            stop(process)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
