"""What an office document would fetch, run or give away when it is opened.

Documents are read part by part, as a stream, under the rules of their kind: the parts are parsed,
not searched, because XML has many ways to write the same thing. What refers outwards is measured
against lists of what is allowed; an ordinary link, which does nothing until somebody clicks on
it, is the only way out.
"""

import io
import posixpath
import re
import zipfile
from typing import IO
from xml.parsers import expat

from . import Fault
from .office_references import split_name
from .office_rules import OdfRules, OoxmlRules, Rules

XML_EXTENSIONS = frozenset((".xml", ".rels", ".vml"))
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
XML = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\x00\s]*<")
MAX_NESTING = 2
MAX_DEPTH = 500
CHUNK = 256 * 1024


def check_office(path: str) -> dict:
    """``{}`` for a document that keeps to itself, otherwise its fault and a word of it."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, nesting=0)
    except Fault as fault:
        return {"fault": fault.code, "detail": fault.detail}
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
            data = archive.read(member)
            for stream_name, code in IN_OBJECTS.items():
                if stream_name.encode("utf-16-le") in data:
                    raise Fault(code, posixpath.basename(member.filename))
        elif posixpath.splitext(member.filename)[1].lower() in XML_EXTENSIONS or XML.match(head):
            _check_part(archive, member, rules(member.filename))


def _check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, rules: Rules) -> None:
    try:
        with archive.open(member) as stream:
            _read_xml(stream, rules)
    except Fault as fault:
        # Excel itself leaves tags open in its old drawings.
        if fault.code == "damaged" and member.filename.lower().endswith(".vml"):
            text = archive.read(member)
            if not XML.match(text) or ADDRESS.search(text.replace(b"\0", b"")):
                raise Fault("outside", posixpath.basename(member.filename)) from fault
            return
        raise
    rules.finish()


def _read_xml(stream: IO[bytes], rules: Rules) -> None:
    """Tell ``rules`` of every element and text: no tree, no document type, no entity.

    Names are local and in lower case; a key of ``attributes`` is the namespace, a blank and the
    name.

    Raises:
        Fault: of the rules, or ``damaged`` where the part is no well-formed XML or has a document
            type, whatever encoding hides it.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise Fault("damaged")
        rules.start(*split_name(name), attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        rules.end(split_name(name)[1])

    def doctype(*_arguments) -> None:
        raise Fault("damaged")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = rules.text
    parser.StartDoctypeDeclHandler = doctype
    try:
        while piece := stream.read(CHUNK):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Fault("damaged") from error
