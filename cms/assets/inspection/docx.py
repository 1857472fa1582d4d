"""Words and pages of a Word document."""

import re
import zipfile

import docx

from . import MAX_CHARACTERS, tidy


def read_docx(path: str) -> dict:
    """Paragraphs and table cells in their order; pages as the program that saved it counted.

    A docx has no pages until somebody lays it out: the number in ``docProps/app.xml`` is the last
    layout's, and many programs leave it out.
    """
    document = docx.Document(path)
    pieces: list[str] = []
    length = 0
    for block in document.iter_inner_content():
        for piece in _words(block):
            pieces.append(piece)
            length += len(piece)
        if length > MAX_CHARACTERS:
            break
    return {"pages": _pages(path), "text": tidy("\n".join(pieces))}


def _words(block) -> list[str]:
    if hasattr(block, "rows"):
        return [
            piece
            for row in block.rows
            for cell in dict.fromkeys(row.cells)
            for inner in cell.iter_inner_content()
            for piece in _words(inner)
        ]
    return [block.text] if block.text.strip() else []


def _pages(path: str) -> int | None:
    with zipfile.ZipFile(path) as archive:
        try:
            with archive.open("docProps/app.xml") as stream:
                found = re.search(rb"<(?:\w+:)?Pages>(\d{1,5})<", stream.read(65_536))
        except KeyError:
            return None
    return int(found[1]) or None if found else None
