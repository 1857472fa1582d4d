"""A report's text out of any kind of file, known by what the bytes are and not by the name."""

import re
import unicodedata
import zipfile
from collections.abc import Callable
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.assets.inspection import PRESENTATION_FORMS, SOFT, inspect_bytes
from cms.assets.validation.common import describe
from cms.assets.validation.office import check_office
from cms.assets.validation.pdf import check_pdf
from cms.core.hygiene import clean

from ..found import Unreadable, decoded
from .blocks import Block
from .lines import blocks_of_lines

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 200_000  # 80 pages
PAGE = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<(?:body|head|main|article)[\s>]|<h1[\s>]|<p[\s>].{0,4000}?</p>",
    re.IGNORECASE | re.DOTALL,
)
UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(data: bytes) -> str:
    """``pdf``, ``docx``, ``odt``, ``html``, ``txt``, or nothing if it can't be a report."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_archive(data)
    if data.startswith((OLD_OFFICE, b"{\\rtf")) or not data.strip():
        return ""
    text = data[:200_000]
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = text.decode("utf-16", errors="replace").encode()
    if describe(text) not in ("", _("a web page or a script")) or UNPRINTED.search(
        text.decode("latin-1")
    ):
        return ""
    return "html" if PAGE.search(text[:20_000]) else "txt"


def _kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "docx" if b"word/" in data else ""
    if "word/document.xml" in names:
        return "docx"
    spreadsheet = "xl/workbook.xml" in names or "ppt/presentation.xml" in names
    return "odt" if "content.xml" in names and not spreadsheet else ""


def read_blocks(data: bytes) -> tuple[str, list[Block], str]:
    """The kind of the file, its blocks in order, and the title that it gives itself.

    Raises:
        Unreadable: with a message that says what is wrong, and what would be right.
    """
    if not data.strip():
        raise Unreadable(_("The file is empty. Choose it again."))
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is larger than 20 MB: leave its pictures out, or split it."))
    kind = kind_of(data)
    if not kind:
        raise Unreadable(_refusal(data))
    try:
        answer = READERS[kind](data)
    except ValidationError as error:
        raise Unreadable(" ".join(error.messages)) from error
    blocks = [Block.of(each) for each in answer["blocks"]]
    if not any(re.search(r"\w", block.text) for block in blocks):
        raise Unreadable(_("There is no text in the file."))
    return kind, blocks, answer.get("title") or ""


def _refusal(data: bytes) -> str:
    if data.startswith(OLD_OFFICE):
        return _(
            "The file is of an old Office format or protected with a password. Save it as .docx "
            "without a password, and bring that in."
        )
    if data.startswith(b"{\\rtf"):
        return _("The file is in Rich Text Format. Save it as .docx, and bring that in.")
    if data.startswith(b"PK\x03\x04"):
        return _("The file is a damaged document or an archive without a report in it.")
    what = describe(data) or _("no text")
    return _(
        "The file is %(what)s. A report is a Word or OpenDocument text, a PDF with text, a web "
        "page or plain text."
    ) % {"what": what}


def _html(data: bytes) -> dict:
    answer = inspect_bytes(data, "html-structure")
    messages = {
        "long": _("The page is longer than a report. Bring in the part with the facts."),
        "limits": _("The page is too complicated to be read. Save its text alone."),
    }
    if fault := answer.get("fault"):
        raise Unreadable(messages.get(fault, _("The page is damaged and can't be read.")))
    return answer


def _plain(data: bytes) -> dict:
    text = decoded(data, "ignore").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    text = re.sub(r"[ \u00a0]{90,}", " " * 90, SOFT.sub("", clean(text, line_end="\n")))
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(_("The text is longer than a report. Bring in the part with the facts."))
    text = PRESENTATION_FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return {"blocks": blocks_of_lines(text)}


READERS: dict[str, Callable[[bytes], dict]] = {
    "docx": lambda data: check_office(data, "docx", "docx-structure"),
    "odt": lambda data: check_office(data, "odt", "odt-structure"),
    "pdf": lambda data: check_pdf(data[data.find(b"%PDF-") :], "pdf-structure"),
    "html": _html,
    "txt": _plain,
}
