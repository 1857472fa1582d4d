"""What an office document would run or fetch when it is opened.

The parts are parsed, not searched: XML has many ways to write the same attribute.
"""

import re
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from .common import refuse

FETCHED = ("/attachedtemplate", "/oleobject", "/frame")
ODF_EVENT = re.compile(rb":event-listener[\s/>]|vnd\.sun\.star\.script:")


def check_macros(archive: zipfile.ZipFile, extension: str) -> None:
    """Refuse macros, ActiveX, and templates that the reader's program would fetch."""
    names = archive.namelist()
    lowered = [name.lower() for name in names]
    macros = any(
        "vbaproject" in name
        or "/macrosheets/" in name
        or "/activex/" in name
        or name.startswith(("basic/", "scripts/"))
        for name in lowered
    )
    if "[Content_Types].xml" in names:
        macros = macros or any(
            "macroenabled" in kind or "vbaproject" in kind
            for kind in _attributes(archive, "[Content_Types].xml", "contenttype")
        )
    if extension == "odt":
        macros = macros or any(
            ODF_EVENT.search(read_part(archive, name, 50 * 1024 * 1024))
            for name in ("content.xml", "styles.xml")
            if name in names
        )
    if macros:
        raise refuse(
            "office_macros",
            _(
                "The document contains macros, which can harm the reader's machine. "
                "Save it without macros, or as PDF."
            ),
        )
    for name in names:
        if name.lower().endswith(".rels") and any(
            _fetches(element) for element in _parse(archive, name).iter()
        ):
            raise refuse(
                "office_template",
                _(
                    "The document fetches a template or an object from elsewhere when it is "
                    "opened. Detach it, or save the document as PDF."
                ),
            )


def _fetches(element: Element) -> bool:
    values = {key.lower(): value.strip().lower() for key, value in element.attrib.items()}
    kind = values.get("type", "")
    return values.get("targetmode") == "external" and any(part in kind for part in FETCHED)


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
