"""Reading an untrusted file, and naming what it really is."""

import os
import re
import unicodedata

import filetype
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.core.formatting import size as readable

HEAD_BYTES = 8192
ACTIVE_MARKUP = re.compile(
    rb"<\s*script[\s>/]|<\?php|<\s*html[\s>]|<!doctype\s+html|<\s*iframe[\s>/]", re.IGNORECASE
)
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
)
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse(code: str, message: str, **params) -> ValidationError:
    """The error to raise; ``params`` are put into ``message`` once, here, so markup stays text."""
    return ValidationError(message % params if params else message, code=code)


def check_name(file, allowed: list[str]) -> str:
    """The file's extension, lower case, without the dot; or a refusal naming those accepted."""
    name = os.path.basename(file.name or "")
    if any(unicodedata.category(character) in {"Cc", "Cf"} for character in name):
        raise refuse(
            "file_name",
            _("The name of the file has invisible characters. Rename the file and try again."),
        )
    extension = os.path.splitext(name)[1][1:].lower()
    if extension not in allowed:
        raise refuse(
            "file_extension",
            _("Files of the type “%(extension)s” are not accepted. Accepted: %(allowed)s."),
            extension=extension or "–",
            allowed=", ".join(allowed),
        )
    return extension


def read_within(file, maximum: int | None) -> bytes:
    """The bytes of a file, left at its beginning; or a refusal of an empty or too large one."""
    if not file.size:
        raise refuse("file_empty", _("The file is empty. Choose it again."))
    if maximum is not None and file.size > maximum:
        raise refuse(
            "file_too_large",
            _("The file is %(size)s. The largest that is accepted is %(maximum)s."),
            size=readable(file.size),
            maximum=readable(maximum),
        )
    file.seek(0)
    data = file.read()
    file.seek(0)
    return data


def describe(data: bytes) -> str:
    """What the first bytes show the file to be, in the user's words; empty if they do not say."""
    head = data[:HEAD_BYTES]
    if head.startswith(PROGRAMS):
        return _("a program")
    if head.startswith(b"#!"):
        return _("a script")
    if head.startswith(COMPOUND_FILE):
        return _("an old or password-protected Office file")
    kind = filetype.guess(head)
    if kind is not None:
        return _("a file of the type “%(type)s”") % {"type": kind.extension}
    if re.match(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<svg[\s>]", head, re.S):
        return _("a file of the type “%(type)s”") % {"type": "svg"}
    if ACTIVE_MARKUP.search(head):
        return _("a web page or a script")
    return ""


def mismatch(extension: str, data: bytes) -> ValidationError:
    """The refusal of a file whose content is not what its name says."""
    found = describe(data)
    own = _("a file of the type “%(type)s”") % {"type": extension}
    if found in {"", own}:
        return refuse(
            "content_mismatch",
            _(
                "The file is named .%(extension)s, but its content is something else or damaged. "
                "Open it in the program it was made with and save it anew."
            ),
            extension=extension,
        )
    return refuse(
        "content_mismatch",
        _(
            "The file is named .%(extension)s, but it is really %(found)s. "
            "Choose the right file, or save it anew in the right format."
        ),
        extension=extension,
        found=found,
    )
