"""Reports of one project: Word, OpenDocument, PDF with text, web pages and plain text."""

from ..found import Document
from ..reports import kind_of, read_report

NAME = "report"


def recognises(data: bytes, name: str) -> bool:
    """Whether the bytes are a text that people read, whatever the file is called."""
    return bool(kind_of(data))


def read(data: bytes, name: str, meanings: dict | None = None) -> Document:
    return read_report(data, name)
