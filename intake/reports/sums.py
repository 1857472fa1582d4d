"""Whole sums and parts of them by whose money it is: budgets, grants, and what was spent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .blocks import Line, Span, Text
from .entries import Entry, Table, is_label, sentences
from .money import Amount, amount_of_cell, amounts
from .vocabulary import cues

SOURCES = cues("money_sources")
KINDS = cues("money_kinds")
BARE_SOURCES = cues("bare_sources")
PUBLIC_TOTAL = re.compile(
    r"julki\w+ rahoitu\w+(?: \w+){0,3} yhteensä|offentlig\w* finansiering\w* (?:totalt|sammanlagt)"
    r"|total public funding",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
SPENT = re.compile(r"kustannukset (?:ovat|olivat|yhteensä olivat)|kostnaderna var|costs were", re.I)
PAYER = re.compile(r"\s[A-ZÅÄÖ][a-zåäö]+\s[^.]*\($")  # whose sum it is, in brackets
AFTER = re.compile(r"\s?[^\W\d]+(?::n)?(?: [^\W\d]+(?::n)?){0,3}")  # *… of EUR 98,000 was granted*
OF_WHICH = re.compile(r"\s*,?\s*(?:josta|joista|varav|of which)\b", re.IGNORECASE)
GRANTS, UNNAMED = ("eu", "state", "eu_and_state"), ("", "funding")
REFERS = re.compile(
    r"\b(?:sitä|siitä|tästä|tukea|tuesta|tuki|avustus\w*|avustuks\w+|rahoituksesta|det|bidraget|stödet"
    r"|grant|it)\b",
    re.IGNORECASE,
)
LEAST = 100  # euro; what is less is no budget
FAR = 90  # characters
MOST_BELOW = 8  # lines below a heading that it still speaks of


@dataclass(frozen=True)
class Sum:
    """``source`` and ``kind`` as project files have them; ``year`` 0 for the whole project.

    ``refers``: its words only point to a grant that was named before.
    """

    source: str
    kind: str
    year: int
    amount: Amount
    place: Span
    refers: bool = False

    @property
    def is_public_and_spent(self) -> bool:
        told = self.kind == "realised" and self.source in ("public", "funding")
        return told and not self.year


def sums(text: Text, known: list[Entry], tables: list[Table]) -> list[Sum]:
    """Each source and kind once, labels and tables before sentences."""
    found: dict[tuple, Sum] = {}
    for each in _all(text, known, tables):
        if each.source and each.amount.value >= LEAST:
            found.setdefault((each.source, each.kind, each.year), each)
    return list(found.values())


def _all(text: Text, known: list[Entry], tables: list[Table]) -> Iterator[Sum]:
    told: set[int] = set()
    for table in tables:
        yield from _of_table(table)
        if is_by_year(table) or is_of_sources(table):
            told |= {row[1].start for row in table.rows if len(row) > 1}
    for entry in known:
        if entry.value.start not in told and (not entry.under or len(entry.value.text) < FAR):
            yield from _of_entry(text, entry)
    for line in text.lines:
        if line.kind != "row":
            yield from _of_line(line)


def _of_entry(text: Text, entry: Entry) -> Iterator[Sum]:
    is_told = bool(told_kind(f"{entry.label} {entry.value.text}"))
    for each in _of_words(entry.label, entry.value):
        above = "" if is_told else _moment_above(text, entry.value.start)
        yield replace(each, kind=above or each.kind)


def _of_line(line: Line) -> Iterator[Sum]:
    """Those of its sentences; one that only refers to a grant is of the last that was named."""
    last = ""
    for span in sentences(line):
        for each in _of_words("", span):
            found = replace(each, source=last) if each.refers and last else each
            last = found.source if found.source in GRANTS else last
            yield found


def _moment_above(text: Text, start: int) -> str:
    """Which moment of the grant the heading tells (*Rahoitus, toteutunut*)."""
    for line in text.lines_back(start, MOST_BELOW):
        if is_label(line) and not amounts(line.text):
            return told_kind(line.text)
    return ""


def _of_words(label: str, span: Span) -> Iterator[Sum]:
    """Each sum by the words before it, back to the sum before that."""
    start, before = 0, ""
    told = amounts(span.text) or list(filter(None, [amount_of_cell(span.text)]))
    for amount in told if label or amounts(span.text) else ():
        words = span.text[max(start, amount.start - FAR) : amount.start]
        if start and OF_WHICH.match(words):
            words = before + words
        before = words
        if PAYER.search(words) and not label:
            continue
        if not words.strip(" :,–-(") or (label and amount is told[0]):
            words = f"{label} {words}"
        yield _sum(words, amount, span)
        start = amount.end


def _sum(words: str, amount: Amount, span: Span) -> Sum:
    """What the words before don't tell, the few after it may."""
    place = Span(span.text[amount.start : amount.end], span.start + amount.start)
    match = AFTER.match(span.text, amount.end)
    after = match[0] if match else ""
    kind, source = kind_of(words), source_of(words)
    if after and not told_kind(words):
        kind = kind_of(after)
    if after and source in UNNAMED:
        source = source_of(after) or source
    refers = source in UNNAMED and bool(REFERS.search(words))
    return Sum(source, kind, told_year(words), amount, place, refers)


def source_of(words: str) -> str:
    """The source that is named last: the nearest to the sum."""
    if PUBLIC_TOTAL.search(words):
        return "public"
    places = [
        (kind != "funding", match.end(), -match.start(), -at, kind)
        for at, (kind, sign) in enumerate(SOURCES)
        for match in sign.finditer(words)
    ]
    return max(places)[-1] if places else ""


def bare_source(cell: str) -> str:
    """The source that a cell names by one word: *EU*, *Kunnat*."""
    words = re.sub(r"\s*\([^()]*\)|,.*", "", cell).strip(" :,.€")
    return next((kind for kind, sign in BARE_SOURCES if sign.fullmatch(words)), "")


def is_by_year(table: Table) -> bool:
    """Whether the columns of a table are years."""
    return sum(bool(YEAR.fullmatch(head.strip())) for head in table.heads) > 1


def is_of_sources(table: Table) -> bool:
    """Whether a table tells sources at several moments of the grant, and not who pays."""
    kinds = {told_kind(head) for head in table.heads} - {""}
    return len(kinds) > 1 and sum(map(is_source_row, table.rows)) > 1


def is_source_row(row: tuple[Span, ...]) -> bool:
    return bool(source_of(row[0].text) or bare_source(row[0].text))


def kind_of(words: str) -> str:
    """Which moment of the grant; what isn't told is the plan."""
    if SPENT.search(words):
        return "realised"
    return next((kind for kind, sign in KINDS if sign.search(words)), "planned")


def told_kind(words: str) -> str:
    """As :func:`kind_of`, but nothing where it isn't told."""
    return next((kind for kind, sign in KINDS if sign.search(words)), "")


def told_year(words: str) -> int:
    years = YEAR.findall(words)
    return int(years[0]) if len(years) == 1 else 0


def _of_table(table: Table) -> Iterator[Sum]:
    """By the words of its row and of its column; those above it say when, unless they are a sum."""
    above = "" if amounts(table.above) else table.above
    for row in table.rows:
        for at, cell in enumerate(row[1:], 1):
            amount = amount_of_cell(cell.text)
            head = table.heads[at] if len(row) == len(table.heads) else ""
            first = row[0].text
            source = source_of(first) or bare_source(first) or source_of(head)
            source = source or bare_source(head).replace("total", "")
            if amount and source:
                kind = told_kind(head) or told_kind(first) or kind_of(above)
                found = _sum(f"{head} {first}", amount, cell)
                yield replace(found, source=source, kind=kind)
