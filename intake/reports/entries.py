"""What stands beside a label, in a table, or under a heading; and the sentences of the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .blocks import Block, Line, Span, Text
from .vocabulary import (
    LONGEST_LABEL,
    MORE_THAN_LABEL,
    bare,
    cues,
    label_kinds,
    pattern,
    section_kind,
)

COLON = re.compile(r"\s*(?::(?!\w|//)|：|\s[–—-]\s)\s*")
INNER = re.compile(r"(?:^|(?<=[.;|,)])\s+|(?<=\w)\s{2,})(?P<label>[A-ZÅÄÖ][^:.;|\d@]{2,45}):\s+")
YEAR = re.compile(r"20\d\d(?:\s\D*)?$")
JOINED = re.compile(r"\s(?=([A-ZÅÄÖ][a-zåäö]+(?: [a-zåäö]+)?):\s)")
PLAIN_PAIR = re.compile(
    r"(?P<label>[A-ZÅÄÖ][a-zåäö]+(?:-[a-zåäö]+)*)\s(?P<value>[A-ZÅÄÖ\d][^:]{2,110}[^.!?:;,])"
)
PARTNERS = re.compile("kumppan|partner", re.IGNORECASE)
PLAIN_KINDS = frozenset(
    [
        "period",
        "start",
        "end",
        "extension",
        "code",
        "funder",
        "lead",
        "implementer",
        "partner",
        "place",
        "programme",
        "total",
    ]
)
COLUMNS = pattern("entries", "COLUMNS")
MOMENTS = cues("money_kinds", before=r"^")
ABBREVIATION = pattern("entries", "ABBREVIATION")
SENTENCE_END = re.compile(r"[.!?]+[”\")]?\s+(?=[A-ZÅÄÖ\d”\"(])")
MOST_UNDER = 14


@dataclass(frozen=True)
class Entry:
    """A value and what its label says it is. ``under``: it stands below a heading, and may be
    running text.
    """

    kinds: frozenset[str]
    label: str
    value: Span
    under: bool = False


@dataclass(frozen=True)
class Table:
    """Rows whose columns have headings."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Span, ...], ...]
    above: str = ""
    start: int = 0


def with_whole_headings(blocks: list[Block]) -> list[Block]:
    """A heading that was divided into two short lines is one again."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if last and _is_rest_of_heading(last, block):
            found[-1] = replace(last, kind="heading", text=f"{last.text} {block.text}", level=2)
        else:
            found.append(block)
    return found


def _is_rest_of_heading(last: Block, block: Block) -> bool:
    if last.kind == "row" or block.kind != "paragraph" or not block.text[:1].islower():
        return False
    short = len(last.text) <= 45 and len(last.text + block.text) <= LONGEST_LABEL
    if not short or re.search(r"[.!?:;]$|[\d@]", last.text + block.text):
        return False
    return bool(section_kind(f"{last.text} {block.text}") or label_kinds(last.text))


def is_label(line: Line) -> bool:
    """Whether the whole line announces what follows it."""
    if not line.looks_like_heading:
        return False
    text = line.text.rstrip()
    strong = line.kind == "heading" or line.block.is_bold or text.endswith(":")
    kinds = label_kinds(text) or section_kind(text)
    if strong:
        return True
    return bool(kinds) and len(text.split()) <= 5 and not re.search(r"\d{3}|\s[–—-]\s", text)


def entries(text: Text) -> list[Entry]:
    """Everything that has a label of a fact, in the order of the text."""
    heads = {table.start for table in tables(text)}
    found: list[Entry] = []
    under: tuple[frozenset[str], str] = frozenset(), ""
    left = 0
    for line in text.lines:
        if line.kind == "row":
            found += _of_row(line) if line.start not in heads else []
        elif pairs := list(_of_line(line)):
            found += pairs
            left -= 1
        elif is_label(line):
            kinds = label_kinds(line.text)
            under, left = (kinds, line.text), MOST_UNDER if kinds else 0
            continue
        elif kinds := label_kinds(announced := _announced(line)):
            under, left = (kinds, announced), MOST_UNDER
            continue
        if left > 0 and line.kind != "row" and not list(_of_line(line)):
            found.append(Entry(under[0], under[1], Span(line.text, line.start), True))
            left -= 1
    return found


def _announced(line: Line) -> str:
    """What a paragraph says last where a list follows: *…. Kumppaneita olivat:*."""
    last = re.split(r"(?<=[.!?])\s+", line.text)[-1]
    return last if last.rstrip().endswith(":") else ""


def _of_row(line: Line) -> Iterator[Entry]:
    cells = line.cells
    if len(cells) == 2 or (len(cells) > 2 and not any(label_kinds(x.text) for x in cells[2:])):
        yield from _pair(cells[0], _rest(line, cells))
        return
    for label, value in zip(cells[::2], cells[1::2], strict=False):
        yield from _pair(label, value)


def _rest(line: Line, cells: tuple[Span, ...]) -> Span:
    return line.part(cells[1].start - line.start, len(line.text))


def _pair(label: Span, value: Span) -> Iterator[Entry]:
    if value.text and (kinds := label_kinds(label.text.replace("\n", " "))):
        yield Entry(kinds, label.text, value)


def _of_line(line: Line) -> Iterator[Entry]:
    """``Label: value``, also several of them on one line."""
    marks = [m for m in INNER.finditer(line.text) if label_kinds(m["label"])]
    if marks and marks[0].start("label") == 0:
        ends = [mark.start() for mark in marks[1:]] + [len(line.text)]
        for mark, end in zip(marks, ends, strict=True):
            value = line.part(mark.end(), end)
            if value.text:
                yield Entry(label_kinds(mark["label"]), mark["label"], value)
        return
    if pair := _without_colon(line):
        yield pair
        return
    colon = COLON.search(line.text) if line.kind != "heading" else None
    if colon and 1 < colon.start() <= LONGEST_LABEL and colon.end() < len(line.text):
        label = line.text[: colon.start()]
        dash = ":" not in colon[0] and "：" not in colon[0]
        kinds = label_kinds(label)
        if kinds and not (
            dash and (len(label.split()) > 3 or label[0].islower() or "title" in kinds)
        ):
            end = _end_of_value(line.text, colon.end())
            yield Entry(kinds, label, line.part(colon.end(), end))
            yield from _of_line(Line(line.text[end:].lstrip(), line.start + end, line.block))


def _without_colon(line: Line) -> Entry | None:
    """*Hankenumero S30162*: a table whose columns were lost."""
    match = PLAIN_PAIR.fullmatch(line.text) if line.kind == "paragraph" else None
    kinds = label_kinds(match["label"]) if match else frozenset()
    if "partner" in kinds and not PARTNERS.search(match["label"]):
        return None
    if not kinds or not kinds <= PLAIN_KINDS or MORE_THAN_LABEL.search(match["value"]):
        return None
    return Entry(kinds, match["label"], line.part(match.start("value"), len(line.text)))


def _end_of_value(text: str, start: int) -> int:
    """Where another label begins whose line was joined to this one."""
    for match in JOINED.finditer(text, start):
        if label_kinds(match[1]):
            return match.start()
    return len(text)


def tables(text: Text) -> list[Table]:
    """Runs of rows under a row of column headings."""
    found: list[Table] = []
    run: list[Line] = []
    above = ""
    for line in (*text.lines, None):
        if line is not None and line.kind == "row":
            run.append(line)
            continue
        found += _tables_of(run, above)
        run = []
        above = line.text if line is not None else ""
    return found


def _tables_of(run: list[Line], above: str) -> Iterator[Table]:
    if len(run) < 2:
        return
    heads = tuple(bare(cell.text.replace("\n", " ")) for cell in run[0].cells)
    if run[0].cells[0].text.rstrip().endswith(":"):
        return
    named = sum(bool(COLUMNS.match(head) or YEAR.match(head)) for head in heads)
    told = named + sum(map(_tells_moment, heads))
    if told >= 2 or (named and told >= len([head for head in heads if head]) - 1):
        rows = tuple(line.cells for line in run[1:])
        if all(len(row) == len(heads) + 1 for row in rows):
            heads = ("", *heads)  # the corner was left empty
        yield Table(heads, rows, above, run[0].start)


def _tells_moment(head: str) -> bool:
    """*Haettu*, *Toteutunut 2019*: what else heads a column of sums."""
    if COLUMNS.match(head) or len(head.split()) > 4 or re.search(r"\d\.", head):
        return False
    return any(sign.match(head) for _kind, sign in MOMENTS)


def sentences(line: Span) -> Iterator[Span]:
    """Its sentences; an abbreviation or a day of a month ends none."""
    start = 0
    for end in SENTENCE_END.finditer(line.text):
        following = line.text[end.end() : end.end() + 1]
        number = line.text[end.start() - 1].isdigit()
        said = line.text[start : end.start() + 1]
        if (number and following.isdigit()) or (not number and ABBREVIATION.search(said)):
            continue
        yield line.part(start, end.end())
        start = end.end()
    if line.text[start:].strip():
        yield line.part(start, len(line.text))
