"""Office documents are zip archives: what is in them, and how much, before anything is unpacked."""

import posixpath
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from ..programs import PROGRAM_EXTENSIONS
from .common import COMPOUND_FILE, describe, mismatch, refuse
from .macros import check_macros, damaged, read_part
from .office import check_parts

MAX_MEMBERS = 10_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM = 10 * 1024 * 1024
MAX_NESTING = 2
MAIN_PARTS = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
}
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
ARCHIVES = frozenset(
    [
        "zip",
        "docx",
        "xlsx",
        "pptx",
        "odt",
        "ods",
        "odp",
        "jar",
        "gz",
        "bz2",
        "xz",
        "7z",
        "rar",
        "tar",
    ]
)
ENCRYPTED = 0x1


def check_office(data: bytes, extension: str) -> None:
    """Check the bytes of a docx, pptx, xlsx or odt named ``.extension``.

    Sizes are those that the archive states; ``zipfile`` never unpacks more than that of a member.
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
            _check_members(archive, nesting=0, budget=[MAX_UNPACKED])
            _check_kind(archive, extension, data)
            check_macros(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise damaged() from error
    except RuntimeError as error:
        raise _protected(extension) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise damaged() from error
        raise
    check_parts(data)


def _check_members(archive: zipfile.ZipFile, nesting: int, budget: list[int]) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise _too_big()
    for member in members:
        budget[0] -= member.file_size
        bomb = member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(
            member.compress_size, 1
        )
        if budget[0] < 0 or bomb:
            raise _too_big()
        name = member.filename
        if name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name:
            raise damaged()
        suffix = posixpath.splitext(name)[1][1:].lower()
        if suffix in PROGRAM_EXTENSIONS:
            raise refuse(
                "office_program",
                _("The document carries a program or a web page (%(name)s). Remove it."),
                name=posixpath.basename(name)[:60],
            )
        if member.flag_bits & ENCRYPTED:
            raise _protected("")
    for member in members:
        _check_nested(archive, member, nesting, budget)


def _check_nested(archive, member, nesting: int, budget: list[int]) -> None:
    """A workbook inside a slide is ordinary; a bomb inside a bomb is not."""
    if member.is_dir():
        return
    with archive.open(member) as stream:
        head = stream.read(8)
    suffix = posixpath.splitext(member.filename)[1][1:].lower()
    if not head.startswith(b"PK\x03\x04"):
        if suffix in ARCHIVES or describe(head) == _("a program"):
            raise refuse(
                "office_program",
                _("The document carries another archive or a program (%(name)s). Remove it."),
                name=posixpath.basename(member.filename)[:60],
            )
        return
    if nesting >= MAX_NESTING:
        raise _too_big()
    with zipfile.ZipFile(BytesIO(archive.read(member))) as inner:
        _check_members(inner, nesting + 1, budget)
        check_macros(inner)


def _check_kind(archive: zipfile.ZipFile, extension: str, data: bytes) -> None:
    names = set(archive.namelist())
    if extension == "odt":
        right = (
            "content.xml" in names
            and "mimetype" in names
            and archive.getinfo("mimetype").file_size < 200
            and archive.read("mimetype").strip() == ODT_TYPE
        )
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in read_part(archive, manifest):
            raise _protected(extension)
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


def _too_big():
    return refuse(
        "archive_bomb",
        _(
            "The document would unpack to far more than it should. "
            "Save it anew in the program it was made with, or as PDF."
        ),
    )


def _protected(extension: str):
    return refuse(
        "office_protected",
        _("The document is protected with a password. Remove the password and save it anew."),
    )
