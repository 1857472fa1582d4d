"""One import at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.dispatch import Signal
from django.utils.translation import gettext as _

from cms.core.concurrency import alone

import_ended = Signal()
"""Sent when an import is over, whole or not: what follows many changes may begin."""


class Busy(Exception):
    """Another import is running."""


@contextmanager
def only_import() -> Iterator[None]:
    """Raise :class:`Busy` if another import runs."""
    with alone("import") as mine:
        if not mine:
            raise Busy(_("Another import is running. Wait until it has ended, then try again."))
        try:
            yield
        finally:
            import_ended.send(only_import)
