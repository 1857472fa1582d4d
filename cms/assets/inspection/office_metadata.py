"""Who made an office document, taken out of it; every other part is copied as it is."""

import io
import posixpath
import re
import zipfile

from lxml import etree

from .picture_metadata import stripped

# In which parts, and which elements go, with all that is in them.
GIVE_AWAY = (
    (r"docProps/core\.xml", "creator lastModifiedBy lastPrinted revision category"),
    (r"docProps/app\.xml", "Company Manager HyperlinkBase TotalTime Template"),
    (r"docProps/custom\.xml", "property"),
    (r"word/people\.xml", "person"),
    (r"xl/persons/.*\.xml", "person"),
    (r"ppt/(commentAuthors|authors)\.xml", "cmAuthor author"),
    (r"xl/workbook\.xml", "absPath fileSharing"),
    (r"customXml/item\d+\.xml", "documentManagement"),
    (
        r"(.*/)?meta\.xml",
        "initial-creator creator printed-by print-date editing-cycles editing-duration template "
        "user-defined",
    ),
)
PICTURES = frozenset((".jpg", ".jpeg", ".png", ".gif", ".webp"))
SIGNATURES = ("_xmlsignatures/", "META-INF/documentsignatures.xml")


def clean_office(data: bytes) -> bytes:
    """``data`` itself where nothing is to go, and where a signature would break."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if any(name.startswith(SIGNATURES) for name in archive.namelist()):
            return data
        changed = {
            member.filename: found
            for member in archive.infolist()
            if not member.is_dir() and (found := _clean_part(archive, member)) is not None
        }
        if not changed:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as copy:
            for member in archive.infolist():
                info = zipfile.ZipInfo(member.filename, member.date_time)
                info.compress_type = (
                    zipfile.ZIP_STORED
                    if member.compress_type == zipfile.ZIP_STORED
                    else zipfile.ZIP_DEFLATED
                )
                found = changed.get(member.filename)
                copy.writestr(info, archive.read(member) if found is None else found)
    return out.getvalue()


def _clean_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    """The part anew, or ``None`` if it stays."""
    name = member.filename
    if posixpath.splitext(name)[1].lower() in PICTURES:
        data = archive.read(member)
        try:
            found = stripped(data)
        except Exception:
            # Decoders raise nearly anything on broken input.
            return None
        return found if found != data else None
    for pattern, elements in GIVE_AWAY:
        if re.fullmatch(pattern, name, re.I):
            return _without(archive.read(member), elements.split())
    if posixpath.splitext(name)[1].lower() in {".docx", ".xlsx", ".pptx"}:
        data = archive.read(member)
        found = clean_office(data)
        return found if found != data else None
    return None


def _without(data: bytes, names: list[str]) -> bytes | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(data, parser)
    found = [
        element
        for element in root.iter(etree.Element)
        if etree.QName(element).localname in names and element.getparent() is not None
    ]
    for element in found:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    if not found:
        return None
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
