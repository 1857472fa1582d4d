"""The text of a section as project files have it."""

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from .blocks import Line, Span
from .sections import Section

LONGEST = 49_000


def written(section: Section) -> str:
    """The text as project files have it: plain, or HTML where words are bold or links."""
    rich = any(isinstance(x, Line) and (_marks(x) or x.kind == "heading") for x in section.lines)
    pieces = list(_groups(section.lines))
    if rich or any(line.text.startswith("<") for line in section.lines):
        return "\n".join(map(_html_group, pieces))[:LONGEST]
    return "\n\n".join(map(_plain_group, pieces))[:LONGEST]


def _groups(lines: list[Span]) -> Iterator[list[Span]]:
    """Items and rows that follow each other together, every paragraph alone."""
    group: list[Span] = []
    for line in lines:
        if group and not (_is_item(line) and _is_item(group[-1])):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _is_item(line: Span) -> bool:
    kind = line.kind if isinstance(line, Line) else ""
    return kind in ("item", "row") or bool(re.match(r"[-•–]\s", line.text))


def _words(line: Span) -> str:
    if isinstance(line, Line) and line.kind == "row":
        return " – ".join(" ".join(cell.text.split()) for cell in line.cells if cell.text)
    text = re.sub(r"^[-•–]\s+", "", line.text) if _is_item(line) else line.text
    return " ".join(text.split())


def _plain_group(group: list[Span]) -> str:
    if _is_item(group[0]):
        return "\n".join(f"- {_words(line)}" for line in group)
    text = _words(group[0])
    return f"{text[0]}\u200b{text[1:]}" if re.match(r"-\s|\d+\.\s", text) else text


def _html_group(group: list[Span]) -> str:
    if _is_item(group[0]):
        return "<ul>\n" + "\n".join(f"<li>{_html(line)}</li>" for line in group) + "\n</ul>"
    if isinstance(group[0], Line) and group[0].kind == "heading":
        return f"<h3>{html.escape(_words(group[0]), quote=False)}</h3>"
    return f"<p>{_html(group[0])}</p>"


def _marks(line: Span) -> list[tuple[int, int, str]]:
    block = line.block if isinstance(line, Line) else None
    if block is None or block.kind == "row" or (block.is_bold and len(block.marks) == 1):
        return []
    return [mark for mark in block.marks if mark[1] > mark[0]]


def _html(line: Span) -> str:
    """Escaped, with its bold words and links: each letter knows which of them it is in."""
    text, marks = line.text, _marks(line)
    if not marks:
        return html.escape(_words(line), quote=False)
    edges = sorted(
        {0, len(text), *(min(edge, len(text)) for a, b, _mark in marks for edge in (a, b))}
    )
    pieces = []
    for start, end in pairwise(edges):
        piece = html.escape(text[start:end], quote=False)
        inside = [mark for a, b, mark in marks if a <= start and end <= b]
        if "b" in inside and piece.strip():
            piece = f"<b>{piece}</b>"
        if address := next((mark for mark in inside if mark != "b"), ""):
            piece = f'<a href="{html.escape(address)}">{piece}</a>'
        pieces.append(piece)
    return "".join(pieces)
