"""Starting a server as a user other than root, waiting for it, and stopping it again."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

NOBODY = 65534


class ServiceUnavailable(Exception):
    """The machine lacks what the service needs; the message says what."""


def cache_folder() -> Path:
    """Where downloads are kept between runs: ``KATTO_CACHE`` or ``~/.cache/katto``."""
    folder = Path(os.environ.get("KATTO_CACHE") or Path.home() / ".cache" / "katto")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def needs(*programs: str) -> None:
    for program in programs:
        if not shutil.which(program):
            raise ServiceUnavailable(f"{program} is not installed")


def as_other_user(command: Sequence[str], *folders: Path) -> list[str]:
    """The command as an unprivileged user who owns ``folders``, when we are root.

    PostgreSQL and Elasticsearch both refuse to run as root.
    """
    if os.geteuid() != 0:
        return list(command)
    needs("setpriv")
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    identity = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return ["setpriv", *identity, *command]


def start(
    command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> subprocess.Popen:
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )


def wait(process: subprocess.Popen, ready: Callable[[], bool], log: Path, seconds: float) -> None:
    """Return when ``ready``; raise with the end of the log if the process ends or time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if ready():
            return
        time.sleep(0.2)
    stop(process)
    tail = log.read_text(errors="replace")[-2000:]
    raise ServiceUnavailable(f"{process.args[-1]} did not start within {seconds:.0f} s:\n{tail}")


def end_when_told() -> None:
    """Let SIGTERM end this process as Ctrl+C does, so that the server it started ends too."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def stop(process: subprocess.Popen, patience: float = 15) -> None:
    """End the process and its children; by force if it does not listen."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(patience)


class Server:
    """A server with a folder of its own; a subclass says how it starts."""

    def __init__(self) -> None:
        self.process: subprocess.Popen | None = None
        self.folder: Path | None = None

    def start(self, seconds: float = 120) -> Self:
        """Start, or start again on the same port with the data as it was."""
        raise NotImplementedError

    def stop(self) -> None:
        """Stop and keep the data."""
        if self.process:
            stop(self.process)
            self.process = None

    def close(self) -> None:
        self.stop()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *error) -> None:
        self.close()
