"""Files of translations, honest and hostile, as tests send them."""

import zipfile
from io import BytesIO

from openpyxl import Workbook, load_workbook

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def changed_part(workbook: bytes, name: str, change) -> bytes:
    """With one part of the archive changed, or made."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    return zipped(parts)


def workbook(content: bytes, change) -> bytes:
    """As a person saves it who has done something to its first sheet."""
    book = load_workbook(BytesIO(content))
    change(book.worksheets[0])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def rows(content: bytes) -> list[list]:
    return [list(row) for row in load_workbook(BytesIO(content)).worksheets[0].values]


def of_rows(table: list[list]) -> bytes:
    book = Workbook()
    for row in table:
        book.worksheets[0].append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
