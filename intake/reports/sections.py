"""The story of a report: its sections by their headings, or by what their sentences speak of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .blocks import Line, Span, Text
from .contact import EMAIL, PHONE
from .entries import _of_line, is_label, sentences
from .vocabulary import FREE, LEAD, bare, cues, label_kinds, pattern, section_kind

LONGEST = 49_000
EARLY = 400  # characters; what stands before says what a project is
FEW = 320
PAID = re.compile(
    r"rahoitta|rahoitti|finansiera|funded by|financed by|kumppan|samarbet|partner", re.IGNORECASE
)
NO_STORY = pattern("sections", "NO_STORY")
CUES = cues("section_cues", before=r"(?<![^\W_])")


@dataclass
class Section:
    """A part of the body, with the lines that it is made of."""

    kind: str
    heading: str = ""
    title: Line | None = None
    lines: list[Span] = field(default_factory=list)
    is_lead: bool = False

    @property
    def start(self) -> int:
        return self.title.start if self.title else self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end if self.lines else self.title.end


def sections(text: Text, title: Span | None, used: list[tuple[int, int]]) -> list[Section]:
    """Sections in the order of the text. ``used`` are places of facts: their lines are no story."""
    found: list[Section] = []
    current: Section | None = None
    for line in text.lines:
        if title and line.start <= title.start < line.end and not current:
            continue
        if line.kind == "row":
            current = _row(found, current, line, used)
        elif (kind := heading_kind(line)) == "free" and _is_below(line, current):
            current.lines.append(line)
        elif kind is not None:
            current = Section(kind, "" if kind != "free" else bare(line.text)[:255], line)
            current.is_lead = bool(LEAD.fullmatch(bare(line.text)))
            found.append(current)
        elif inline := _inline(line):
            current = Section(inline[0], "", line, [inline[1]])
            found.append(current)
        elif _is_story(line, used, current):
            if current is None:
                current = Section("", "")
                found.append(current)
            current.lines.append(line)
    return _settled(found)


def _is_below(line: Line, current: Section | None) -> bool:
    """Whether a heading divides the section that it stands in."""
    above = current.title.block.level if current and current.title else 0
    return bool(above) and line.block.level > above and current.kind not in ("none", "")


def heading_kind(line: Line) -> str | None:
    """The kind of section that a heading begins, ``none`` for one of facts; or ``None``."""
    if not line.looks_like_heading or line.text.rstrip().endswith((";", ",")):
        return None
    words = bare(line.text)
    styled = line.kind == "heading" or line.block.is_bold
    kind, labels = section_kind(words), label_kinds(words)
    if NO_STORY.search(words) and (styled or is_label(line)):
        return "none"
    if (
        kind
        and (styled or (len(words.split()) <= 6 and not re.search(r"\d{3}", words)))
        and not labels - {"partner", "funder", "themes", "programme"}
    ):
        return kind if styled or is_label(line) else None
    if labels and is_label(line):
        return (
            "free" if styled and FREE.search(words) and not labels & {"title", "code"} else "none"
        )
    return "free" if styled and len(words.split()) <= 12 else None


def _inline(line: Line) -> tuple[str, Span] | None:
    """``Tavoite: …`` in one line."""
    match = re.match(r"([^:.]{3,50}):\s+(?=\S)", line.text)
    if not match or line.kind == "item":
        return None
    kind = section_kind(match[1])
    if kind and not label_kinds(match[1]) and len(match[1].split()) <= 5:
        return kind, line.part(match.end(), len(line.text))
    return None


def _row(found: list[Section], current: Section | None, line: Line, used: list) -> Section | None:
    """A row whose first cell is a heading of a section; others are facts, or stay in the text."""
    label = line.cells[0].text.replace("\n", " ")
    kind = section_kind(label)
    rest = (
        line.part(line.cells[1].start - line.start, len(line.text)) if len(line.cells) > 1 else None
    )
    if kind and rest and rest.text and not label_kinds(label) - {"partner", "themes"}:
        section = Section(kind, "", None, _lines_of(rest))
        found.append(section)
        return None
    is_fact = label_kinds(label) or any(a < line.end and line.start < b for a, b in used)
    if (
        current is not None
        and current.kind != "none"
        and not is_fact
        and not EMAIL.search(line.text)
    ):
        current.lines.append(line)
    return current


def _lines_of(span: Span) -> list[Span]:
    """The lines of a cell, each of which may be an item."""
    found, start = [], 0
    for piece in span.text.split("\n"):
        if piece.strip():
            found.append(Span(piece, span.start + start))
        start += len(piece) + 1
    return found


def _is_story(line: Line, used: list[tuple[int, int]], current: Section | None) -> bool:
    if current is not None and current.kind == "none":
        return len(line.text) > 200 and not EMAIL.search(line.text)
    if (EMAIL.search(line.text) or PHONE.search(line.text)) and len(line.text) < 160:
        return False
    if list(_of_line(line)) and len(line.text) < 200 and (current is None or not current.kind):
        return False
    short = len(line.text) < 80 and not re.search(r"[.!?]$", line.text)
    inside = any(a <= line.start and line.end <= b for a, b in used)
    if re.fullmatch(
        r"\S+\.(?:jpe?g|png|pdf).*|.{0,40}?(?:https?://\S+\s*)+", line.text, re.IGNORECASE
    ):
        return False
    return not (current is None and short and line.kind == "paragraph") and not (short and inside)


def _settled(found: list[Section]) -> list[Section]:
    """Without those that say nothing; text without a heading is divided by what it speaks of."""
    headed = any(section.title and section.kind not in ("none", "free") for section in found)
    settled: list[Section] = []
    for section in found:
        if section.kind in ("", "none"):
            settled += list(_by_cues(section, headed)) if section.lines else []
        elif (section.lines and not _is_only_facts(section)) or section.kind != "free":
            settled.append(section)
    return settled


def _is_only_facts(section: Section) -> bool:
    """Whether a heading of facts (*Rahoitus*) has no story below it."""
    labelled = section.title is not None and label_kinds(section.title.text)
    return bool(labelled) and all(len(line.text) < 120 for line in section.lines)


def _by_cues(section: Section, headed: bool) -> Iterator[Section]:
    """Each paragraph by the cue of its first sentences; one without stays with the one before."""
    if headed and not _is_long(section):
        yield Section("free", "", None, section.lines, is_lead=True)
        return
    current = Section("background", "", None, [], is_lead=section.start < EARLY)
    for at, line in enumerate(section.lines):
        if at and _is_only_about_payers(line):
            continue
        listed = isinstance(line, Line) and line.kind == "item" and len(line.text) < 60
        kind = "" if listed else _kind_of(line)
        if not at and section.start < EARLY and kind in ("measures", "background", "remarks"):
            kind = ""
        if kind and kind != current.kind:
            if current.lines:
                yield current
            current = Section(kind, "", None, [])
        elif not at and not kind:
            current.kind = "background"
        current.lines.append(line)
    if current.lines:
        yield current


def _is_long(section: Section) -> bool:
    """Whether a story without a heading is rather all of it than its beginning."""
    return len(section.lines) > 2 and sum(len(line.text) for line in section.lines) > FEW * 2


def _is_only_about_payers(line: Span) -> bool:
    said = list(sentences(line)) if len(line.text) < FEW else []
    return bool(said) and all(PAID.search(each.text) for each in said)


def _kind_of(line: Span) -> str:
    for sentence in list(sentences(line))[:2]:
        found = ((sign.search(sentence.text), kind) for kind, sign in CUES)
        if places := [(match.start(), kind) for match, kind in found if match]:
            return min(places)[1]
    return ""
