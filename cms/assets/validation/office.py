"""Office documents: honest archives that fetch nothing, start nothing and carry nobody's remarks.

A document is a zip archive. What is in it, how much, and whether it holds macros is looked at
here, before anything is unpacked; its parts are read by :mod:`cms.assets.inspection`.
"""

import posixpath
import zipfile
import zlib
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..inspection import PROGRAM_EXTENSIONS, inspect_bytes
from .common import COMPOUND_FILE, PROGRAMS, mismatch, refuse

MAX_MEMBERS = 10_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM = 10 * 1024 * 1024
MAX_NESTING = 2
MAX_PART = 5 * 1024 * 1024
MAIN_PARTS = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
}
OPEN_DOCUMENTS = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
ARCHIVES = frozenset(
    [
        *("zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "jar"),
        *("gz", "bz2", "xz", "7z", "rar", "tar"),
    ]
)
ENCRYPTED = 0x1
DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError)
MESSAGES = {
    "archive_bomb": _(
        "The document would unpack to far more than it should. "
        "Save it anew in the program it was made with, or as PDF."
    ),
    "document_damaged": _(
        "The document is damaged and cannot be opened. "
        "Open it in the program it was made with and save it anew."
    ),
    "office_protected": _(
        "The document is protected with a password. Remove the password and save it anew."
    ),
    "office_macros": _(
        "The document contains macros, which can harm the reader's machine. "
        "Save it without macros, or as PDF."
    ),
    "office_template": _(
        "The document fetches a template or an object from elsewhere%(detail)s when it is "
        "opened. Detach it, or save the document as PDF."
    ),
    "office_outside": _(
        "The document fetches something from elsewhere%(detail)s when it is opened. "
        "Put pictures and data into the document itself instead of linking to them, "
        "or save it as PDF."
    ),
    "office_link": _(
        "The document has a link that does not lead to a page, an e-mail address or a "
        "telephone number%(detail)s. Remove or correct the link."
    ),
    "office_field": _(
        "The document has a field that fetches or starts something%(detail)s. "
        "Select the field, press Ctrl+Shift+F9 to turn it into text, and save it anew."
    ),
    "office_formula": _(
        "The workbook has a formula that fetches or starts something%(detail)s. "
        "Replace it with its value."
    ),
    "office_data": _(
        "The document is tied to a database or to a list of recipients. "
        "Remove the connection, or save the document as PDF."
    ),
    "office_action": _(
        "The document starts something by itself%(detail)s. "
        "Remove the action, or save the document as PDF."
    ),
    "office_unknown": _(
        "The document carries a part that is not known to be harmless%(detail)s. "
        "Save the document as PDF."
    ),
    "office_program": _("The document carries a program or a web page%(detail)s. Remove it."),
    "office_review": _(
        "The document has comments or tracked changes, which show who wrote what. "
        "Accept or reject the changes, delete the comments and save it anew."
    ),
    "office_long": _(
        "The document is longer than a report. Split it, and bring in the part with the facts."
    ),
    "office_limits": _(
        "The document is too complicated to be checked. Split it, or save it as PDF."
    ),
}


def check_office(data: bytes, extension: str, task: str = "office-check") -> dict:
    """Check the bytes of a docx, pptx, xlsx, odt or ods named ``.extension``.

    Sizes are those that the archive states; ``zipfile`` never unpacks more than that of a member.
    The parts are read in a process of its own with limits on time and memory, like a PDF. ``task``
    is what that process does (see :mod:`cms.assets.inspection`); its answer is returned.
    """
    if data.startswith(COMPOUND_FILE):
        raise refuse(
            "office_protected",
            _(
                "The document is protected with a password or saved in an old format. "
                "Remove the password, or save it as .%(extension)s."
            ),
            extension=extension,
        )
    if not data.startswith(b"PK\x03\x04"):
        raise mismatch(extension, data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            check_members(archive)
            _check_kind(archive, extension, data)
            _check_macros(archive)
    except DAMAGE as error:
        raise _refusal("document_damaged") from error
    except RuntimeError as error:
        raise _refusal("office_protected") from error
    answer = inspect_bytes(data, task)
    if fault := answer.get("fault"):
        code = "document_damaged" if fault == "damaged" else f"office_{fault}"
        raise _refusal(code, answer.get("detail", ""))
    return answer


def _refusal(code: str, detail: str = "") -> ValidationError:
    return refuse(code, MESSAGES[code], detail=f" ({detail})" if detail else "")


def check_members(archive: zipfile.ZipFile, nesting: int = 0, budget: list | None = None) -> None:
    """What an archive holds: not too much, and no programs."""
    members, budget = archive.infolist(), budget or [MAX_UNPACKED]
    if len(members) > MAX_MEMBERS:
        raise _refusal("archive_bomb")
    for member in members:
        budget[0] -= member.file_size
        bomb = member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(
            member.compress_size, 1
        )
        if budget[0] < 0 or bomb:
            raise _refusal("archive_bomb")
        name = member.filename
        if name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name:
            raise _refusal("document_damaged")
        if posixpath.splitext(name)[1][1:].lower() in PROGRAM_EXTENSIONS:
            raise refuse(
                "office_program",
                _("The document carries a program or a web page (%(name)s). Remove it."),
                name=posixpath.basename(name)[:60],
            )
        if member.flag_bits & ENCRYPTED:
            raise _refusal("office_protected")
    for member in members:
        _check_nested(archive, member, nesting, budget)


def _check_nested(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, nesting: int, budget: list[int]
) -> None:
    """A workbook inside a slide is ordinary; a bomb inside a bomb is not."""
    if member.is_dir():
        return
    with archive.open(member) as stream:
        head = stream.read(8)
    if not head.startswith(b"PK\x03\x04"):
        suffix = posixpath.splitext(member.filename)[1][1:].lower()
        if suffix in ARCHIVES or head.startswith(PROGRAMS):
            raise refuse(
                "office_program",
                _("The document carries another archive or a program (%(name)s). Remove it."),
                name=posixpath.basename(member.filename)[:60],
            )
        return
    if nesting >= MAX_NESTING:
        raise _refusal("archive_bomb")
    with zipfile.ZipFile(BytesIO(archive.read(member))) as inner:
        check_members(inner, nesting + 1, budget)
        _check_macros(inner)


def _check_kind(archive: zipfile.ZipFile, extension: str, data: bytes) -> None:
    names = set(archive.namelist())
    if extension in OPEN_DOCUMENTS:
        right = (
            "content.xml" in names
            and "mimetype" in names
            and archive.getinfo("mimetype").file_size < 200
            and archive.read("mimetype").strip() == OPEN_DOCUMENTS[extension]
        )
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in _read_part(archive, manifest):
            raise _refusal("office_protected")
    else:
        right = MAIN_PARTS[extension] in names and "[Content_Types].xml" in names
    if not right:
        others = [kind for kind, part in MAIN_PARTS.items() if part in names]
        if others:
            raise refuse(
                "content_mismatch",
                _("The file is named .%(extension)s, but it is really .%(found)s. Rename it."),
                extension=extension,
                found=others[0],
            )
        raise mismatch(extension, data)


def _check_macros(archive: zipfile.ZipFile) -> None:
    """Refuse macros and ActiveX, by the names and kinds of the parts."""
    macros = any(
        "vbaproject" in name
        or "/macrosheets/" in name
        or "/activex/" in name
        or not {"basic", "scripts"}.isdisjoint(name.split("/")[:-1])
        for name in map(str.lower, archive.namelist())
    )
    if not macros and "[Content_Types].xml" in archive.namelist():
        try:
            types = ElementTree.fromstring(
                _read_part(archive, "[Content_Types].xml"), forbid_dtd=True
            )
        except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
            raise _refusal("document_damaged") from error
        macros = any(
            key.lower() == "contenttype"
            and ("macroenabled" in value.lower() or "vbaproject" in value.lower())
            for element in types.iter()
            for key, value in element.attrib.items()
        )
    if macros:
        raise _refusal("office_macros")


def _read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(MAX_PART)
