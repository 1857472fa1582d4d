"""One import at a time: on one machine by a locked file, on PostgreSQL by an advisory lock."""

import contextlib
import fcntl
import hashlib
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _


class Busy(Exception):
    """Another import is running."""


@contextlib.contextmanager
def only_import():
    """Raise :class:`Busy` if another import runs. Both locks end with their process."""
    with _advisory() if connection.vendor == "postgresql" else _file():
        yield


def _busy() -> Busy:
    return Busy(_("Another import is running. Wait until it has ended, then try again."))


@contextlib.contextmanager
def _advisory():
    number = int.from_bytes(hashlib.sha256(b"katto import").digest()[:7], "big")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise _busy()
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


@contextlib.contextmanager
def _file():
    name = hashlib.sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
    folder = Path(getattr(settings, "VAR_DIR", tempfile.gettempdir()))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"import-{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise _busy() from None
        yield
