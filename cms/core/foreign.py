"""Files that somebody made elsewhere, as a table or as XML: read so that none of them does harm.

What can't be read is refused by a ``ValidationError`` with a sentence.
"""

import csv
import io
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from .hygiene import FORMULA, clean, csv_cell

_KEPT = re.compile(rf"'+\s*[{re.escape(''.join(FORMULA))}]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def is_xml(content: bytes) -> bool:
    """Whether it begins as XML does, in whichever encoding."""
    return content[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def safe_cell(text: str) -> str:
    """For a spreadsheet; one more apostrophe where :func:`bare_cell` would take one away."""
    return f"'{text}" if _KEPT.match(text) else csv_cell(text)


def bare_cell(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from computing it."""
    text = clean(cell).strip()
    return text[1:] if _KEPT.match(text) else text


def table_rows(content: bytes, most_bytes: int, most_lines: int) -> list[tuple[int, list[str]]]:
    """Number of the line in which a row ends, and its cells, which are divided by whichever sign
    the first line has the most of.
    """
    text = _text(content, most_bytes)
    first = text.split("\n", 1)[0]
    sign = max(",;\t", key=first.count)
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        for row in reader:
            rows.append((reader.line_num, row))
            if len(rows) > most_lines:
                raise ValidationError(_("The file has too many lines."))
    except csv.Error as error:
        line = reader.line_num or 1
        raise ValidationError(_("Line %s can't be read: a quotation mark?") % line) from error
    return rows


def _text(content: bytes, most_bytes: int) -> str:
    if len(content) > most_bytes:
        raise ValidationError(_("The file is too large."))
    try:
        text = content.decode("utf-16" if content[:2] in _UTF16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The file is no text in UTF-8. Save it as “CSV UTF-8” in the spreadsheet.")
        ) from error
    if "\0" in text:
        raise ValidationError(_("The file is no table: choose a CSV file."))
    return text


def xml_root(content: bytes, tag: str, most_bytes: int, refusal: str) -> etree._Element:
    """Nothing is fetched and no entity is put in: a file that defines some is refused, by the
    sentence ``refusal``, as is one whose root has another ``tag``.
    """
    if len(content) > most_bytes:
        raise ValidationError(_("The file is too large."))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise ValidationError(refusal) from error
    dtd = root.getroottree().docinfo.internalDTD
    if root.tag != tag or (dtd is not None and any(dtd.iterentities())):
        raise ValidationError(refusal)
    return root
