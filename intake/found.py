"""What a reader of any kind of file gives: projects as in project files, and where they stand.

``data`` has the names and shapes of project files (``projects/importing/schema.json``) but for
``format`` and ``id``, which the loader adds. Organisations, people and programmes stand under
``records`` with ids of the file's own, which are joined with the registers later.
"""

from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""A field within ``data``: ``("funding", 0, "amount")``."""


@dataclass(frozen=True)
class Passage:
    """Where something stands in its source, as people name it, and the very words.

    ``place`` is such as "Hankkeet, row 3, column Nimi" or "page 2". ``start`` and ``end`` count
    characters of :attr:`Document.text`, where there is one; ``text`` is what was written.
    """

    text: str
    place: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Doubt:
    """Something to look at before it is saved: how sure the reader was, or what it left out.

    ``is_fault``: the value couldn't be taken; ``message`` says what would be right.
    """

    path: Path
    message: str
    is_fault: bool = False


@dataclass
class Found:
    """One project of a file."""

    data: dict
    where: dict[Path, Passage] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass
class Document:
    """A file that was read. ``text`` is what the passages of a report count in, else empty.

    ``notes`` concern the whole file: sheets that were left out, or rows that held nothing.
    ``cells`` counts those of a table that say something; ``unmatched`` those of columns that mean
    nothing here, by heading.
    """

    name: str
    kind: str
    found: list[Found] = field(default_factory=list)
    text: str = ""
    notes: list[str] = field(default_factory=list)
    cells: int = 0
    unmatched: dict[str, int] = field(default_factory=dict)

    @property
    def refused(self) -> list[str]:
        """Sentences about what could not be taken, each with its place."""
        doubts = (doubt for found in self.found for doubt in found.doubts)
        return [doubt.message for doubt in doubts if doubt.is_fault]


def decoded(data: bytes, errors: str = "replace") -> str:
    """Text by its mark, as UTF-8, or as Windows wrote it; ``errors`` says of bytes nobody wrote."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors=errors)


class Unreadable(Exception):
    """The file can't be taken; the message is for the person who uploaded it, and says why."""
