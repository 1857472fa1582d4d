"""The kinds of files, one module each: what recognises one by its bytes, and what reads it.

A further kind is a module with ``NAME``, ``recognises(data, name)`` and ``read(data, name,
meanings)``, named in :data:`KINDS`; all that comes after asks none of them.
"""

from types import ModuleType

from django.utils.translation import gettext as _

from ..found import Document, Unreadable
from . import giving, project_file, report, table

KINDS: tuple[ModuleType, ...] = (project_file, giving, table, report)
"""In the order in which they are asked."""
MOST_BYTES = 20 * 1024 * 1024


def kind_of(data: bytes, name: str) -> ModuleType | None:
    """The kind that recognises the file, whether it can be read or not."""
    return next((kind for kind in KINDS if kind.recognises(data, name)), None)


def read(data: bytes, name: str, meanings: dict | None = None) -> Document:
    """Read a file of whichever kind. Raises :class:`~intake.found.Unreadable`."""
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    if len(data) > MOST_BYTES:
        message = _("The file is larger than %(most)s MB: split it.")
        raise Unreadable(message % {"most": MOST_BYTES // 1024 // 1024})
    if kind := kind_of(data, name):
        return kind.read(data, name, meanings)
    raise Unreadable(
        _(
            "This is no file that can be brought in. It can be a spreadsheet (XLSX, ODS, CSV), "
            "a report (DOCX, ODT, PDF with text, HTML, text), 360Giving or a project file (YAML)."
        )
    )
