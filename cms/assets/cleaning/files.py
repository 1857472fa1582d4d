"""The cleaned file in place of the one that was given."""

import logging
import os
import struct
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.files.uploadedfile import SimpleUploadedFile

from ..inspection import clean_bytes
from ..stripping import stripped, stripped_svg
from .convert import converted, tells_more, written_anew

logger = logging.getLogger(__name__)

SUFFIXES = {"jfif": "jpg", "heic": "jpg", "heif": "jpg"}
DOCUMENTS = frozenset(("docx", "odt", "pdf", "pptx", "xlsx"))


def clean_image(file):
    """``file`` itself where there is nothing to take out, else a new one; at its beginning.

    The new one may have another extension: what browsers cannot show is converted. A picture that
    nothing can open stays as it is; whether it may enter is for ``check_image`` to say.
    """
    return _cleaned(file, _clean_picture)


def clean_document(file):
    """``file`` itself where there is nothing to take out, else a new one; at its beginning."""
    return _cleaned(file, _clean_document)


def _cleaned(file, clean):
    if getattr(file, "is_clean", False):
        return file
    stem, extension = os.path.splitext(os.path.basename(file.name))
    file.seek(0)
    data = file.read()
    file.seek(0)
    found, suffix = clean(data, extension[1:].lower())
    if found != data or suffix != extension[1:].lower():
        kind = getattr(file, "content_type", None) if found == data else None
        file = SimpleUploadedFile(f"{stem}.{suffix}", found, content_type=kind)
    file.is_clean = True
    return file


def _clean_picture(data: bytes, extension: str) -> tuple[bytes, str]:
    if extension == "svg":
        return _bare_drawing(data), extension
    try:
        data, extension = converted(data, extension)
        return _bare(data), SUFFIXES.get(extension, extension)
    except Exception:
        # Decoders raise nearly anything on broken input.
        logger.info("A picture (.%s) could not be cleaned.", extension)
        return data, extension


def _bare_drawing(data: bytes) -> bytes:
    try:
        found = stripped_svg(data)
        ElementTree.fromstring(found, forbid_dtd=False)
    except (UnicodeDecodeError, ParseError, DefusedXmlException, ValueError):
        return data
    return found


def _bare(data: bytes) -> bytes:
    """Stripped; written anew where the file is built so oddly that something stays in it."""
    try:
        found = stripped(data)
        if not tells_more(found):
            return found
    except (IndexError, ValueError, struct.error):
        pass
    return stripped(written_anew(data))


def _clean_document(data: bytes, extension: str) -> tuple[bytes, str]:
    return (clean_bytes(data, extension) if extension in DOCUMENTS else data), extension
