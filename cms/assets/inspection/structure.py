"""A report's paragraphs, headings, list items and table rows, for whoever reads facts in it.

Each reader gives ``{"blocks": [...]}``; a block has ``kind`` (``heading``, ``paragraph``, ``item``
or ``row``), ``text``, and where it makes sense ``level`` (1 is a title), ``page`` (from 1),
``cells`` of a row, and ``marks``: ``[start, end, "b" or an address]`` in characters of the text.
"""

import re
import resource

from . import Fault, clean, is_ordinary_link

CPU_SECONDS = 4
MAX_CHARACTERS = 200_000  # 80 pages
BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f]+")


def hurry() -> None:
    """A person waits for the answer: what takes longer than this is no report."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, hard))


class Run:
    """A piece of text and how it looks."""

    def __init__(self, text: str, bold: bool = False, link: str = "") -> None:
        self.text, self.bold, self.link = text, bold, link


class Blocks:
    """Blocks as they come, until there are more characters than a report has."""

    def __init__(self) -> None:
        self.found: list[dict] = []
        self.length = 0

    def add(self, kind: str, runs: list[Run], **more) -> None:
        text, marks = joined(runs)
        if not text:
            return
        self.length += len(text)
        if self.length > MAX_CHARACTERS:
            raise Fault("long")
        more = {name: value for name, value in more.items() if value}
        self.found.append({"kind": kind, "text": text, "marks": marks, **more})

    def add_row(self, cells: list[str], **more) -> None:
        cells = [plain(cell) for cell in cells]
        if any(cells):
            self.add("row", [Run("\t".join(cells))], cells=cells, **more)


def plain(text: str) -> str:
    """Without what nobody sees, blanks squeezed; ends of lines stay."""
    lines = (BLANKS.sub(" ", line).strip() for line in clean(text, line_end="\n").splitlines())
    return "\n".join(line for line in lines if line)


def joined(runs: list[Run]) -> tuple[str, list]:
    """The text of the runs with single blanks, and what of it is bold or a link."""
    text, marks = "", []
    for run in runs:
        piece = re.sub(r" ?\n ?", "\n", re.sub(r"[ \u00a0]+", " ", clean(run.text, "\n")))
        if not text or text[-1] in " \n\t":
            piece = piece.lstrip(" \n")
        start = len(text)
        text += piece
        for mark in filter(None, ("b" if run.bold else "", safe_link(run.link))):
            _mark(marks, start, len(text), mark)
    text = text.rstrip(" \n")
    return text, [
        [start, min(end, len(text)), mark] for start, end, mark in marks if start < len(text)
    ]


def _mark(marks: list, start: int, end: int, mark: str) -> None:
    if start == end:
        return
    for known in reversed(marks):
        if known[1] == start and known[2] == mark:
            known[1] = end
            return
    marks.append([start, end, mark])


def safe_link(target: str) -> str:
    """The address if a project page may link to it, else nothing."""
    target = plain(target).replace("\n", "")
    known = re.match(r"(https?://|mailto:|tel:)\S+$", target, re.IGNORECASE)
    return target if known and is_ordinary_link(target) else ""
