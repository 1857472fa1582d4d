"""Macros in an office document, by the names and kinds of its parts."""

import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from .common import refuse


def check_macros(archive: zipfile.ZipFile) -> None:
    """Refuse macros and ActiveX."""
    names = archive.namelist()
    lowered = [name.lower() for name in names]
    macros = any(
        "vbaproject" in name
        or "/macrosheets/" in name
        or "/activex/" in name
        or not {"basic", "scripts"}.isdisjoint(name.split("/")[:-1])
        for name in lowered
    )
    if "[Content_Types].xml" in names:
        macros = macros or any(
            "macroenabled" in kind or "vbaproject" in kind
            for kind in _attributes(archive, "[Content_Types].xml", "contenttype")
        )
    if macros:
        raise has_macros()


def has_macros():
    return refuse(
        "office_macros",
        _(
            "The document contains macros, which can harm the reader's machine. "
            "Save it without macros, or as PDF."
        ),
    )


def _attributes(archive: zipfile.ZipFile, name: str, attribute: str):
    for element in _parse(archive, name).iter():
        for key, value in element.attrib.items():
            if key.lower() == attribute:
                yield value.lower()


def _parse(archive: zipfile.ZipFile, name: str) -> Element:
    try:
        return ElementTree.fromstring(read_part(archive, name), forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise damaged() from error


def read_part(archive: zipfile.ZipFile, name: str, limit: int = 5 * 1024 * 1024) -> bytes:
    with archive.open(name) as stream:
        return stream.read(limit)


def damaged():
    return refuse(
        "document_damaged",
        _(
            "The document is damaged and cannot be opened. "
            "Open it in the program it was made with and save it anew."
        ),
    )
