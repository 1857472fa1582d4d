"""Words, pages and hidden actions of a PDF."""

import io
import re
import zipfile
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from ..programs import PROGRAM_EXTENSIONS
from .text import MAX_CHARACTERS, tidy

MAX_PAGES = 5_000
MAX_OBJECTS = 200_000
# Large branches that hold no actions.
PASSIVE = frozenset(
    [
        "/Contents",
        "/Resources",
        "/StructTreeRoot",
        "/ParentTree",
        "/Font",
        "/XObject",
        "/MK",
        "/AP",
        "/Metadata",
        "/Dest",
        "/Dests",
        "/PageLabels",
        "/OutputIntents",
        "/OCProperties",
    ]
)
ACTIVE = frozenset(("/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute"))
# Forms in XFA carry scripts of their own, and no browser opens them.
KEYS_THAT_ACT = frozenset(("/JS", "/JavaScript", "/RichMediaContent", "/XFA"))
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
    """Walk from the catalogue through whatever a viewer acts on."""
    stack: list = [root]
    seen: set[tuple[int, int]] = set()
    visited = 0
    while stack:
        item = stack.pop()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = item.get_object()
        visited += 1
        if visited > MAX_OBJECTS:
            return {"fault": "limits"}
        if isinstance(item, ArrayObject):
            stack.extend(list.__iter__(item))
        elif isinstance(item, DictionaryObject):
            if _value(item, "/S") in ACTIVE or not KEYS_THAT_ACT.isdisjoint(item):
                return {"fault": "active"}
            if SCRIPT_ADDRESS.match(str(_value(item, "/URI") or "")):
                return {"fault": "active"}
            if "/EF" in item and PROGRAM_NAME.search(f"{_value(item, '/F')} {_value(item, '/UF')}"):
                return {"fault": "hidden"}
            stack.extend(
                value
                for key, value in dict.items(item)
                if key not in PASSIVE and isinstance(value, (IndirectObject, ArrayObject, dict))
            )
    return {}


def _value(item: DictionaryObject, key: str):
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
