"""Who made a PDF, taken out of it. What conforms to PDF/UA or PDF/A goes on saying so."""

import io
import re
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from .picture_metadata import stripped

KEPT = frozenset(("/Title", "/Subject", "/Keywords", "/CreationDate", "/ModDate", "/Trapped"))
# Programs, not people: no reason to write a file anew.
HARMLESS = frozenset(("/Producer", "/Creator", "/PTEX.Fullbanner"))
PERSONAL = re.compile(r"creator\b|author|manager|company|history|pdfx:|derivedfrom", re.I)
# What a screen reader or an archive looks for.
CONFORMS = re.compile(
    r"<(pdfuaid|pdfaid):(part|conformance|rev|amd)>([^<>]{1,10})</\1:\2>"
    r"|\b(pdfuaid|pdfaid):(part|conformance|rev|amd)=[\"']([^\"'<>]{1,10})[\"']"
)
XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" '
    'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">%s</rdf:Description></rdf:RDF></x:xmpmeta>'
    '<?xpacket end="w"?>'
)
TITLE = '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>'


def clean_pdf(data: bytes) -> bytes:
    """``data`` itself where nothing is to go, where a signature would break, or a password is set.

    Anything that does not read the same afterwards comes back untouched too.
    """
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted or b"/ByteRange" in data:
        return data
    root = reader.trailer["/Root"]
    info = reader.trailer.get("/Info")
    info = info.get_object() if info is not None else {}
    notes = root.get("/Metadata")
    notes = notes.get_object() if notes is not None else None
    is_stream = isinstance(notes, StreamObject)
    notes = notes.get_data().decode("utf-8", "replace") if is_stream else None
    xmp = _rewritten(notes, info)
    tells = any(info[key] for key in info if key not in KEPT | HARMLESS) or bool(
        notes and PERSONAL.search(notes.replace("CreatorTool", ""))
    )
    if not (tells or _authors(reader) or _photographs(reader) or "/PieceInfo" in root):
        return data
    writer = PdfWriter(clone_from=reader)
    kept = {key: info[key] for key in info if key in KEPT}
    writer.metadata = None
    if kept:
        writer.metadata = kept
    _clean_root(writer._root_object, xmp)
    _authors(writer, remove=True)
    _photographs(writer, remove=True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue() if _same(reader, out) else data


def _rewritten(notes: str | None, info) -> str:
    """The notes (XMP) that stay: the title and the standards the file keeps to."""
    found = ""
    for match in CONFORMS.finditer(notes or ""):
        space, name, value = match.groups()[:3] if match[1] else match.groups()[3:]
        found += f"<{space}:{name}>{escape(value)}</{space}:{name}>"
    title = str(info.get("/Title") or "")
    if title and found:
        found = TITLE % escape(title) + found
    return XMP % found if found else ""


def _clean_root(root: DictionaryObject, xmp: str) -> None:
    root.pop("/PieceInfo", None)
    if "/Metadata" in root and not xmp:
        del root["/Metadata"]
    elif "/Metadata" in root:
        stream = root["/Metadata"].get_object()
        for key in ("/Filter", "/DecodeParms"):
            stream.pop(key, None)
        stream.set_data(xmp.encode())
        stream[NameObject("/Type")] = NameObject("/Metadata")
        stream[NameObject("/Subtype")] = NameObject("/XML")


def _authors(document, remove: bool = False) -> bool:
    """Whether a stamp or a typed text says who put it there (a form's field has its name there)."""
    found = False
    for page in document.pages:
        for reference in page.get("/Annots") or ():
            note = reference.get_object()
            if not isinstance(note, DictionaryObject) or note.get("/Subtype") == "/Widget":
                continue
            if "/T" in note:
                found = True
                if remove:
                    del note["/T"]
    return found


def _photographs(document, remove: bool = False) -> bool:
    """Whether a photograph on a page tells of its camera."""
    found, seen = False, set()
    for page in document.pages:
        resources = page.get("/Resources")
        pictures = resources.get_object().get("/XObject") if resources is not None else None
        for reference in (pictures.get_object() if pictures is not None else {}).values():
            picture = reference.get_object()
            if id(picture) in seen or not isinstance(picture, StreamObject):
                continue
            seen.add(id(picture))
            if picture.get("/Filter") not in ("/DCTDecode", ["/DCTDecode"]):
                continue
            data = picture._data
            if b"Exif\0" not in data[:65_536] and b"ns.adobe.com/xap" not in data[:65_536]:
                continue
            bare = stripped(data)
            if bare != data:
                found = True
                if remove:
                    picture._data = bare
    return found


def _same(before: PdfReader, out: io.BytesIO) -> bool:
    after = PdfReader(io.BytesIO(out.getvalue()), strict=False)
    if len(after.pages) != len(before.pages):
        return False
    for pages in zip(before.pages, after.pages, strict=True):
        streams = [page.get_contents() for page in pages]
        drawn, again = (b"" if stream is None else stream.get_data() for stream in streams)
        if drawn != again or tuple(pages[0].mediabox) != tuple(pages[1].mediabox):
            return False
    return True
