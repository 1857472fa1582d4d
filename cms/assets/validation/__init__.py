"""What may enter the library of images and documents: content, not name, and nothing that acts.

Forms, models and importers call the same two functions; a refusal is a ``ValidationError`` that
says in the user's language what is wrong with the file and what would be right. Each kind of file
has a module that knows no other one; here is chosen between them.
"""

import zipfile
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _

from .common import ACTIVE_MARKUP, check_name, mismatch, read_within, refuse
from .images import check_raster
from .media import check_captions, check_video
from .office import check_office
from .pdf import check_pdf
from .svg import check_svg

__all__ = ["check_document", "check_image"]


def check_image(file) -> None:
    """Refuse what is not a picture that the site can resize and serve safely.

    ``file`` is a Django ``File`` with a name and a size; it is left at its beginning. Limits come
    from ``WAGTAILIMAGES_EXTENSIONS``, ``_MAX_UPLOAD_SIZE`` and ``_MAX_IMAGE_PIXELS`` (the last
    one counts every frame of an animation).

    Raises:
        ValidationError: with a message for the person who chose the file.
    """
    extension = check_name(file, settings.WAGTAILIMAGES_EXTENSIONS)
    data = read_within(file, settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    if extension == "svg":
        check_svg(data, check_raster)
    else:
        check_raster(data, extension)


def check_document(file) -> None:
    """Refuse a document that is not what it says, or that could harm its reader.

    ``file`` is a Django ``File`` with a name and a size; it is left at its beginning. Limits come
    from ``WAGTAILDOCS_EXTENSIONS`` and ``WAGTAILDOCS_MAX_UPLOAD_SIZE``.

    Raises:
        ValidationError: with a message for the person who chose the file.
    """
    extension = check_name(file, settings.WAGTAILDOCS_EXTENSIONS)
    data = read_within(file, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    if extension == "pdf":
        check_pdf(data)
    elif extension == "txt":
        check_text(data)
    elif extension == "mp4":
        check_video(data)
    elif extension == "vtt":
        check_captions(data)
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
