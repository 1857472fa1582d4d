"""Every part of an archive, and of the archives inside it, under the rules of its kind."""

import io
import posixpath
import re
import zipfile

from .faults import Fault
from .odf import OdfRules
from .ooxml import OoxmlRules
from .stream import looks_like_xml, read_xml

XML_EXTENSIONS = frozenset(["xml", "rels", "vml"])
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in objects of the time before 2007.
IN_OBJECTS = {
    "Ole10Native": "program",
    "LinkInfo": "template",
    "_VBA_PROJECT": "macros",
}
ADDRESS = re.compile(
    rb"""<!DOCTYPE|encoding\s*=\s*["'](?!utf-8)|"""
    rb"""\b(?:src|href|althref)\s*=\s*["']?\s*(?:[a-z][a-z0-9+.-]{2,}:|&|\\\\|//)""",
    re.I,
)
MAX_NESTING = 2


def check_office(path: str) -> dict:
    """``{}`` for a document that keeps to itself, otherwise its fault and a word of it."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, nesting=0)
    except Fault as fault:
        return fault.answer()
    return {}


def _check(archive: zipfile.ZipFile, nesting: int) -> None:
    rules = OdfRules if "mimetype" in archive.namelist() else OoxmlRules
    for member in archive.infolist():
        if member.is_dir() or not member.file_size:
            continue  # LibreOffice leaves empty parts.
        with archive.open(member) as stream:
            head = stream.read(512)
        if head.startswith(b"PK\x03\x04"):
            if nesting >= MAX_NESTING:
                raise Fault("limits")
            with zipfile.ZipFile(io.BytesIO(archive.read(member))) as inner:
                _check(inner, nesting + 1)
        elif head.startswith(COMPOUND_FILE):
            _check_object(archive.read(member), posixpath.basename(member.filename))
        elif _is_xml(member.filename, head):
            _check_part(archive, member, rules(member.filename))


def _is_xml(name: str, head: bytes) -> bool:
    return posixpath.splitext(name)[1][1:].lower() in XML_EXTENSIONS or looks_like_xml(head)


def _check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, rules) -> None:
    try:
        with archive.open(member) as stream:
            read_xml(stream, rules)
    except Fault as fault:
        # Excel itself leaves tags open in its old drawings.
        if fault.code == "damaged" and member.filename.lower().endswith(".vml"):
            text = archive.read(member)
            if not looks_like_xml(text) or ADDRESS.search(text.replace(b"\0", b"")):
                raise Fault("outside", posixpath.basename(member.filename)) from fault
            return
        raise
    rules.finish()


def _check_object(data: bytes, name: str) -> None:
    for stream, code in IN_OBJECTS.items():
        if stream.encode("utf-16-le") in data:
            raise Fault(code, name)
