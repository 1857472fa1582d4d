"""Work that only one process may do at a time, whatever machine of the site it runs on.

Where the database is one file, its machine is the only one: a locked file does. On PostgreSQL an
advisory lock holds for all machines. Both end with their process, however it ends.
"""

import fcntl
import hashlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

PAUSE = 0.1


@contextmanager
def alone(work: str, patience: float = 0) -> Iterator[bool]:
    """Whether this process may do the work now; it waits up to ``patience`` seconds for others."""
    hold = _advisory if connection.vendor == "postgresql" else _file
    until = time.monotonic() + patience
    while True:
        with hold(work) as mine:
            if mine or time.monotonic() >= until:
                yield mine
                return
        time.sleep(PAUSE)


@contextmanager
def _advisory(work: str) -> Iterator[bool]:
    number = int.from_bytes(hashlib.sha256(f"katto {work}".encode()).digest()[:7], "big")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        # A connection that broke meanwhile took the lock with it.
        with suppress(Error):
            if mine and connection.connection and not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


@contextmanager
def _file(work: str) -> Iterator[bool]:
    database = hashlib.sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
    folder = Path(getattr(settings, "VAR_DIR", tempfile.gettempdir()))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{work.replace(' ', '-')}-{database}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
