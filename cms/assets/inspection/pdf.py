"""Words, pages and hidden actions of a PDF."""

import io
import re
import zipfile
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from . import MAX_CHARACTERS, PROGRAM_EXTENSIONS, Fault, is_ordinary_link, tidy

MAX_PAGES = 5_000
MAX_OBJECTS = 200_000
# Large branches that hold no actions and no files.
PASSIVE = frozenset(
    [
        "/StructTreeRoot",
        "/ParentTree",
        "/SE",
        "/Metadata",
        "/Dests",
        "/PageLabels",
        "/OutputIntents",
    ]
)
# Forms in XFA carry scripts of their own, and no browser opens them.
KEYS_THAT_ACT = frozenset(("/JS", "/JavaScript", "/RichMediaContent", "/XFA"))
# Under these keys stands an action; under /AA a dictionary of them, each by its event.
ACTION_KEYS = frozenset(("/A", "/OpenAction", "/PA", "/Next"))
ROLES = frozenset(("action", "event", "/AA", "/Annots"))
# What may happen by itself, when a page is opened say, and what else by a click.
BY_ITSELF = frozenset(("/GoTo", "/Named", "/SetOCGState", "/Hide", "/Trans"))
BY_CLICK = BY_ITSELF | {"/URI", "/Thread", "/ResetForm"}
NAMED = frozenset(("/NextPage", "/PrevPage", "/FirstPage", "/LastPage", "/GoBack", "/GoForward"))
# Not here: Movie, Sound, Screen, 3D, RichMedia, Projection and what is yet to be invented.
ANNOTATIONS = frozenset(
    """
    /Link /Text /FreeText /Line /Square /Circle /Polygon /PolyLine /Highlight /Underline /Squiggly
    /StrikeOut /Stamp /Caret /Ink /Popup /FileAttachment /Widget /Watermark /Redact /PrinterMark
    /TrapNet
    """.split()  # noqa: SIM905
)
# Remarks that a reviewer leaves, with a name; typed text, stamps and drawings are part of a page.
REMARKS = frozenset(("/Text", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret"))
FORBIDDEN_ANYWHERE = frozenset(("/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute"))
SCRIPT_ADDRESS = re.compile(r"\s*(java|vb)script:", re.I)
PROGRAM_NAME = re.compile(rf"\.({'|'.join(sorted(PROGRAM_EXTENSIONS))})\s*( |$)", re.I)


def open_pdf(path: str) -> PdfReader | None:
    """A reader, opened with the empty password if need be; ``None`` if that is not enough."""
    reader = PdfReader(path, strict=False)
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            return None
    except DependencyError:
        return None
    return reader


def check_pdf(path: str) -> dict:
    """``{}`` for a PDF that may enter, otherwise its fault."""
    if zipfile.is_zipfile(io.BytesIO(Path(path).read_bytes())):
        return {"fault": "hidden"}
    reader = open_pdf(path)
    if reader is None:
        return {"fault": "password"}
    pages = reader.get_num_pages()
    if pages < 1:
        return {"fault": "empty"}
    if pages > MAX_PAGES:
        return {"fault": "limits"}
    if not reader.pages[0].mediabox.width:
        return {"fault": "damaged"}
    return _actions(reader.trailer["/Root"])


def _actions(root: DictionaryObject) -> dict:
    """Walk from the catalogue through whatever a viewer acts on or fetches.

    Each item comes with the key that led to it: whether a dictionary is an action, and whether it
    waits for a click, depends on where it stands.
    """
    stack: list = [("/Root", root)]
    seen: set[tuple[int, int, str]] = set()
    visited = 0
    while stack:
        key, item = stack.pop()
        if isinstance(item, IndirectObject):
            # The same object may stand in two places, and is looked at as either.
            mark = item.idnum, item.generation, key if key in ROLES else ""
            if mark in seen:
                continue
            seen.add(mark)
            item = item.get_object()
        visited += 1
        if visited > MAX_OBJECTS:
            return {"fault": "limits"}
        if isinstance(item, ArrayObject):
            stack.extend((key, value) for value in list.__iter__(item))
        elif isinstance(item, DictionaryObject):
            try:
                _check(key, item)
            except Fault as fault:
                return {"fault": fault.code, "detail": fault.detail}
            for name, value in dict.items(item):
                if name not in PASSIVE and isinstance(value, (IndirectObject, ArrayObject, dict)):
                    stack.append((_key_of(key, name), value))
    return {}


def _key_of(parent: str, name: str) -> str:
    if parent == "/AA":
        return "event"
    if name in ACTION_KEYS:
        by_itself = name == "/OpenAction" or parent == "event"
        return "event" if by_itself else "action"
    return name


def _check(key: str, item: DictionaryObject) -> None:
    if not KEYS_THAT_ACT.isdisjoint(item):
        raise Fault("active")
    addresses = []
    if "/URI" in item and not isinstance(_value(item, "/URI"), DictionaryObject):
        addresses.append(str(_value(item, "/URI")))
    if key == "/URI" and "/Base" in item:
        addresses.append(str(_value(item, "/Base")))
    for address in addresses:
        if not is_ordinary_link(address):
            script = SCRIPT_ADDRESS.match(address)
            raise Fault("active" if script else "link", address)
    if key in {"action", "event"} and "/S" in item:
        kind = str(_value(item, "/S"))
        allowed = kind in (BY_CLICK if key == "action" else BY_ITSELF)
        if not allowed or (kind == "/Named" and _value(item, "/N") not in NAMED):
            raise Fault("active" if kind in FORBIDDEN_ANYWHERE else "action", kind.lstrip("/"))
        if kind in {"/GoTo", "/Thread"} and "/F" in item:
            raise Fault("action", kind.lstrip("/"))
    elif _value(item, "/S") in FORBIDDEN_ANYWHERE:
        raise Fault("active")
    if key == "/Annots" and "/Subtype" in item:
        kind = str(_value(item, "/Subtype"))
        if kind not in ANNOTATIONS:
            raise Fault("media", kind.lstrip("/"))
        if kind in REMARKS and str(_value(item, "/Contents") or "").strip():
            raise Fault("review")
    _check_file(key, item)


def _check_file(key: str, item: DictionaryObject) -> None:
    """A file inside may be there, if it is no program; one elsewhere may not."""
    name = f"{_value(item, '/F')} {_value(item, '/UF')}"
    if "/EF" in item:
        if PROGRAM_NAME.search(name):
            raise Fault("hidden")
    elif (
        isinstance(item, StreamObject)
        or _value(item, "/FS") == "/URL"
        or _value(item, "/Type") in {"/Filespec", "/F"}
        or key in {"/Ref", "/Reference"}
    ) and any(
        isinstance(value, (str, bytes, DictionaryObject)) and value
        for value in (_value(item, key) for key in ("/F", "/UF", "/DOS", "/Unix", "/Mac"))
    ):
        raise Fault("outside", name.replace("None", "").strip())


def _value(item: DictionaryObject, key: str) -> object:
    """A value that may stand elsewhere in the file; ``None`` if it is not there."""
    value = dict.get(item, key)
    return value.get_object() if isinstance(value, IndirectObject) else value


def read_pdf(path: str) -> dict:
    """Every page's text, in reading order; a page that cannot be read is left out."""
    reader = open_pdf(path)
    if reader is None:
        return {"pages": None, "text": ""}
    pieces: list[str] = []
    length = 0
    for page in reader.pages:
        try:
            pieces.append(page.extract_text())
        except Exception:  # noqa: S112
            # One page's broken font must not cost the rest of the text.
            continue
        length += len(pieces[-1])
        if length > MAX_CHARACTERS:
            break
    return {"pages": reader.get_num_pages(), "text": tidy("\n\n".join(pieces))}
