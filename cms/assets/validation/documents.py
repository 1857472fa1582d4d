"""Documents: the content is what the name says, and opens no door on the reader's machine."""

import zipfile
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _

from .archives import check_office
from .common import ACTIVE_MARKUP, check_name, check_size, mismatch, read_all, refuse
from .pdf import check_pdf


def check_document(file) -> None:
    """Refuse a document that is not what it says, or that could harm its reader.

    ``file`` is a Django ``File`` with a name and a size; it is left at its beginning. Limits come
    from ``WAGTAILDOCS_EXTENSIONS`` and ``WAGTAILDOCS_MAX_UPLOAD_SIZE``.

    Raises:
        ValidationError: with a message for the person who chose the file.
    """
    extension = check_name(file, settings.WAGTAILDOCS_EXTENSIONS)
    check_size(file, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    data = read_all(file)
    if extension == "pdf":
        check_pdf(data)
    elif extension == "txt":
        check_text(data)
    else:
        check_office(data, extension)


def check_text(data: bytes) -> None:
    """Refuse what is not plain text in UTF-8 (or UTF-16 with its mark)."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\0" in data[:8192]:
            raise mismatch("txt", data) from error
        raise refuse(
            "text_encoding",
            _("The text is not in UTF-8. Save it anew and choose UTF-8 as the encoding."),
        ) from error
    if any(character < " " and character not in "\t\n\r\f\x1b" for character in text):
        raise mismatch("txt", data)
    start = text.lstrip().encode()
    if start.startswith(b"#!") or ACTIVE_MARKUP.search(text.encode()):
        raise refuse(
            "text_markup",
            _("The file is a web page or a script, not plain text. Save it as plain text or PDF."),
        )
    if zipfile.is_zipfile(BytesIO(data)):
        raise mismatch("txt", data)
