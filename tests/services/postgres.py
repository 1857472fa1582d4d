"""A PostgreSQL of one's own in a temporary folder, for tests.

    python -m tests.services.postgres [--port 5432]

Uses the server that the system has installed; nothing of an existing server is touched.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

from .process import (
    Server,
    ServiceUnavailable,
    as_other_user,
    end_when_told,
    free_port,
    start,
    wait,
)

DEBIAN = Path("/usr/lib/postgresql")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
}


def programs() -> Path:
    """The folder of ``initdb`` and ``postgres``; Debian keeps them off PATH."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = [path for path in DEBIAN.glob("*/bin") if (path / "initdb").exists()]
    if not versions:
        raise ServiceUnavailable("PostgreSQL's server is not installed")
    return max(versions, key=lambda path: float(path.parent.name))


class PostgresServer(Server):
    """An empty cluster without passwords, reachable from this machine only; ``url`` to it."""

    def __init__(self, port: int = 0) -> None:
        super().__init__()
        self.port = port or free_port()
        self.url = f"postgres://katto@127.0.0.1:{self.port}/postgres"

    def start(self, seconds: float = 60) -> Self:
        """Start, or start again with the data as it was."""
        binaries = programs()
        if not self.folder:
            self.folder = Path(tempfile.mkdtemp(prefix="katto-postgres-"))
            self._initialise(binaries)
        log = self.folder / "server.log"
        options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        options += [f"-cport={self.port}", f"-cunix_socket_directories={self.folder}"]
        command = [str(binaries / "postgres"), "-D", str(self.folder / "data"), *options]
        self.process = start(as_other_user(command, self.folder), log)
        wait(self.process, self._answers, log, seconds)
        return self

    def _initialise(self, binaries: Path) -> None:
        command = [
            *(str(binaries / "initdb"), "-D", str(self.folder / "data"), "-U", "katto"),
            *("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
        ]
        command = as_other_user(command, self.folder)
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder)
        if done.returncode:
            raise ServiceUnavailable(f"initdb failed:\n{done.stderr[-1500:]}")

    def _answers(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", self.port)):
                return False
        return "ready to accept connections" in (self.folder / "server.log").read_text()


def main() -> int:
    parser = argparse.ArgumentParser(description="Run PostgreSQL until interrupted, or for a run.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("command", nargs="*", help="Run this with DATABASE_URL set, then stop.")
    options = parser.parse_args()
    server = PostgresServer(options.port or (0 if options.command else 5432))
    end_when_told()
    try:
        server.start()
        if options.command:
            environment = os.environ | {"DATABASE_URL": server.url}
            return subprocess.call(options.command, env=environment)
        print("PostgreSQL answers. In another terminal:")  # noqa: T201
        print(f"  export DATABASE_URL={server.url}")  # noqa: T201
        server.process.wait()
    except KeyboardInterrupt:
        pass
    except ServiceUnavailable as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    finally:
        server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
