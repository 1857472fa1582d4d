"""Lines of a page made to paragraphs: what was divided by its width is whole again."""

import re
from collections import Counter

from .page_columns import in_one_column

ITEM = re.compile(r"(?:[•●○▪■◦‣·*]\s*|[–—-]\s+|\d{1,2}\s?\)\s+|\d{1,2}\.\s+|[a-h]\)\s+)(?=\S)")
NUMBERED_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+(?=[A-ZÅÄÖ])")
GAPS = re.compile(r"\t+|\s{3,}|\s*\|\s*|\s*\.{4,}\s*|\s*_{4,}\s*")
PAGE_NUMBER = re.compile(
    r"[-–—]?\s*(?:sivu|sida|page|s\.)?\s*\d{1,3}\s*(?:[(/]\s*\d{1,3}\s*\)?)?\s*[-–—]?", re.I
)
VALUE = re.compile(r"\s*[^\W\d][^:]{2,40}:\s{2,}")  # a label; what is below its value goes on
LABEL = re.compile(r"[A-ZÅÄÖ][^:.]{2,40}:\s")
WRAPS = re.compile(r"(?:,|-|\b(?:ja|sekä|seka|tai|och|samt|eller|and|or|of|the|för|av))$")
VOWELS = "aeiouyåäö"
LONGEST_HEADING = 90
LONGEST_PIECE = 2_500


def unwrapped(lines: list[str]) -> str:
    """One line of several; a word that was divided at the end of a line is whole again."""
    found = lines[:1]
    for line in lines[1:]:
        last = found[-1]
        is_cut = last.endswith("-") and last[-2:-1].isalnum()
        if is_cut and line[:1].islower():
            together = re.match(r"(?:ja|tai|sekä|och|eller|samt|and|or)\b", line)
            same = last[-2].lower() == line[0] and line[0] in VOWELS
            found[-1] = last if together or same else last[:-1]
            found.append(f" {line}" if together else line)
        else:
            found.append(line if is_cut and line[:1].isupper() else f" {line}")
    return "".join(found)


def pieces(text: str) -> list[str]:
    """The text in pieces that a rule can read in a moment: nobody writes longer paragraphs."""
    found = []
    while len(text) > LONGEST_PIECE:
        cut = text.rfind(" ", LONGEST_PIECE // 2, LONGEST_PIECE)
        cut = cut if cut > 0 else LONGEST_PIECE
        found.append(text[:cut])
        text = text[cut:].lstrip(" ")
    return [*found, text]


def blocks_of_lines(text: str) -> list[dict]:
    """Plain text: which lines belong together, and what each is."""
    lines = [piece for line in text.split("\n") for piece in pieces(line)]
    lines = in_one_column(_without_edges(lines))
    width = _width(lines)
    found: list[dict] = []
    group: list[str] = []
    blank, value_at = False, 0
    for raw in lines:
        line = raw.strip()
        if not line:
            blank = True
            continue
        hangs = value_at and not blank and abs(len(raw) - len(raw.lstrip()) - value_at) < 3
        if group and not hangs and not _goes_on(group, line, blank, width):
            found.append(_made(group))
            group = []
        if not group:
            value = VALUE.match(raw)
            value_at = value.end() if value else 0
        group.append(line)
        blank = False
    if group:
        found.append(_made(group))
    return _numbered(found)


def _width(lines: list[str]) -> int:
    """Of a page, but for the few lines that stick out; 0: nobody divided the lines."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    if not lengths or lengths[-1] >= 160:
        return 0
    return lengths[len(lengths) * 9 // 10]


def _without_edges(lines: list[str]) -> list[str]:
    """Without page numbers, and what is repeated on every page with its number."""
    seen = Counter(_form(line.strip()) for line in lines)
    return [
        line
        for line in lines
        if not (line.strip() and PAGE_NUMBER.fullmatch(line.strip()))
        and not _is_repeated(line.strip(), seen)
    ]


def _form(line: str) -> str:
    """A line of the edge without the number of its page."""
    return re.sub(r"^\d{1,3}\s|\s\d{1,3}(?:\s?[/(]\s?\d{1,3}\)?)?$", "", line.lower())


def _is_repeated(line: str, seen: Counter) -> bool:
    likely = (
        8 < len(line) < LONGEST_HEADING
        and not ITEM.match(line)
        and len(GAPS.split(_form(line))) < 3
    )
    likely = likely and not re.search(r"\d{4}|\+\d|[€:]", line)
    return (
        bool(line)
        and seen[_form(line)] >= 3
        and likely
        and "@" not in line
        and not line.endswith(":")
    )


def _goes_on(group: list[str], line: str, blank: bool, width: int) -> bool:
    last = group[-1]
    if ITEM.match(line) or GAPS.search(line) or GAPS.search(last):
        return False
    if re.search(r"\w-$", last) and (line[:1].islower() or not blank):
        return True
    if last.endswith((".", "!", "?", ":", ";")) and (blank or len(last) < width * 0.6 or not width):
        return False
    if last.endswith(",") and not blank and LABEL.match(group[0]) and not LABEL.match(line):
        return True
    if "://" in last or "@" in last:
        return False
    if WRAPS.search(last) and line[:1].islower() and len(last) > 15:
        return True
    if line[:1].islower():
        return (len(last) > 40 and not re.match(r"\S+$", line)) or (
            not blank and len(last) > (width or 100) * 0.6
        )
    return (
        not blank
        and width > 40
        and not LABEL.match(line)
        and len(last) > width * 0.75
        and not re.search(r"[.!?]$", last)
    )


def _made(group: list[str]) -> dict:
    text = unwrapped(group)
    cells = [cell for cell in GAPS.split(text) if cell]
    if 2 <= len(cells) <= 8 and not ITEM.match(text):
        return {"kind": "row", "text": "\t".join(cells), "cells": cells}
    text = re.sub(r"\s+", " ", text)
    if len(text) <= LONGEST_HEADING and NUMBERED_HEADING.match(text) and not text.endswith("."):
        return {"kind": "heading", "text": text, "level": 2}
    if listed := ITEM.match(text):
        return {"kind": "item", "text": text[listed.end() :], "numbered": text[0].isdigit()}
    return {"kind": "paragraph", "text": text}


def _numbered(blocks: list[dict]) -> list[dict]:
    """Numbered lines that follow each other are a list, and no headings."""
    for place, block in enumerate(blocks):
        around = blocks[max(0, place - 1) : place] + blocks[place + 1 : place + 2]
        numbered = NUMBERED_HEADING.match(block["text"]) if block["kind"] == "heading" else None
        if numbered and any(_is_numbered(each) for each in around):
            block.update(kind="item", level=0)
            block["text"] = block["text"][numbered.end() :]
            block["numbered"] = True
    return blocks


def _is_numbered(block: dict) -> bool:
    return block["kind"] == "heading" or bool(block.get("numbered"))
