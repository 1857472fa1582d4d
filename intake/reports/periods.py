"""When a project runs: which of the dates in a report begin it, end it and prolong it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .blocks import Span, Text
from .dates import Date, Range, dates, ranges
from .entries import Entry, sentences
from .vocabulary import pattern

AREA = re.compile(
    r"ohjelma|rakennerahasto|kausi|program|politi|strategi|kestävää kasvua|uudistuva|hankehak", re.I
)
PROJECT = pattern("periods", "PROJECT")
PERIOD = pattern("periods", "PERIOD")
START = pattern("periods", "START")
END = pattern("periods", "END")
ABOUT = re.compile(
    r"hanke|hankk|projekt|project|toiminta|\btyö (?:aloit|käynnist|alko|päätt)|kesti|kestää"
    r"|päättyi|alkoi"
    r"|\bit (?:ran|ended|began|started)",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\b(?:klo|kl\.?) \d")  # of a meeting
ORIGINAL = re.compile(r"alun ?perin|alkuperäi|ursprunglig|originally", re.IGNORECASE)
EXTENSION = pattern("periods", "EXTENSION")


@dataclass
class Period:
    """What was found, each date with its place in the whole text."""

    start: Date | None = None
    end: Date | None = None
    extension: Date | None = None

    def take(self, **dates: Date | None) -> None:
        """Set what isn't known yet."""
        for name, date in dates.items():
            if date is not None and getattr(self, name) is None:
                setattr(self, name, date)


def period(text: Text, known: list[Entry]) -> Period:
    """By labels first, then by what sentences say, last by the first dates of the text."""
    found = Period()
    for entry in known:
        _from_entry(found, entry)
    spans = [each for line in text.lines for each in sentences(line)]
    for span in spans:
        _from_extension(found, span)
    if found.start is None:
        _best_range(found, spans)
    for exact in (True, False):  # a year alone is told of much else too
        for span in spans:
            _from_sentence(found, span, exact)
    return _agreeing(found)


def moved(date: Date, by: int) -> Date:
    return Date(date.value, date.start + by, date.end + by)


def _from_entry(found: Period, entry: Entry) -> None:
    kinds, value = entry.kinds - {"programme", "funder"}, entry.value
    known = [moved(date, value.start) for date in dates(value.text)]
    is_headline = entry.under and len(entry.label.split()) > 3
    if (
        not known
        or CLOCK.search(value.text)
        or (entry.under and len(value.text) > 200)
        or is_headline
    ):
        return
    if "extension" in kinds:
        found.take(extension=max(known, key=lambda date: date.value))
    elif "start" in kinds and "end" not in kinds and "contact" not in kinds:
        found.take(start=known[0])
    elif "end" in kinds and "start" not in kinds and "place" not in kinds:
        found.take(end=known[-1])
    elif kinds & {"period", "start", "end"}:
        _from_original(found, value)
        _from_extension(found, value)
        for pair in ranges(_without_extension(value.text)):
            _pair(found, pair, value.start)
        _from_sentence(found, value)
        if found.start is None:
            found.take(start=known[0], end=known[1] if len(known) > 1 else None)


def _from_original(found: Period, span: Span) -> None:
    """*1.1.2023–30.4.2025 (alun perin 31.12.2024 asti)*."""
    match = ORIGINAL.search(span.text)
    pairs = ranges(span.text[: match.start()]) if match else []
    planned = [each for each in dates(span.text) if match and each.start >= match.end()]
    if pairs and planned and found.start is None:
        first, last = (moved(each, span.start) for each in (pairs[0].first, pairs[0].last))
        found.take(start=first, end=moved(planned[0], span.start), extension=last)


def _without_extension(text: str) -> str:
    match = EXTENSION.search(text)
    return text[: match.start()] if match and dates(text[: match.start()]) else text


def _pair(found: Period, pair: Range, by: int) -> None:
    if found.start is None:
        found.take(start=moved(pair.first, by), end=moved(pair.last, by))


def _from_extension(found: Period, span: Span) -> None:
    """``jatkoaika 6/2023–9/2023``; ``piti päättyä 31.5., mutta jatkettiin 30.9.2023 saakka``."""
    match = EXTENSION.search(span.text)
    if not match or found.extension:
        return
    later = [each for each in dates(span.text) if each.start > match.start()]
    before = [each for each in dates(span.text) if each.end <= match.start()]
    if later:
        found.take(extension=moved(later[-1], span.start))
        if (
            before
            and END.search(span.text[: match.start()])
            and not ranges(span.text[: match.start()])
        ):
            found.take(end=moved(before[-1], span.start))
    elif before and re.search(
        r"(?:saakka|asti|till|until)\W+(?:\w+\W+){0,3}$", span.text[: match.start()]
    ):
        found.take(extension=moved(before[-1], span.start))


def _from_sentence(found: Period, span: Span, exact: bool = False) -> None:
    known = dates(span.text)
    if not known or not ABOUT.search(span.text):
        return
    text = _without_extension(span.text)
    for date in dates(text):
        if exact and date.precision == "year":
            continue
        _by_verb(found, date, span)


def _best_range(found: Period, spans: list[Span]) -> None:
    """The range that words of a project's time come before, and that is told most exactly."""
    best, score = None, 0
    for order, span in enumerate(spans):
        about = bool(PROJECT.search(span.text))
        for pair in ranges(_without_extension(span.text)):
            value = _weight(span.text, pair, about) - min(order, 100) / 1000
            if value > score:
                best, score = (pair, span), value
    if best:
        pair, span = best
        _pair(found, pair, span.start)


def _weight(text: str, pair: Range, about: bool) -> int:
    """``about``: whether the sentence speaks of the project."""
    before = text[max(0, pair.first.start - 45) : pair.first.start]
    if AREA.search(before) and not PERIOD.search(before):
        return 0
    said = about or PERIOD.search(before)
    if text.rstrip().endswith(".") and pair.last.precision == "month" and not said:
        return 0
    exact = {"year": 1, "month": 3, "day": 4}[pair.last.precision]
    return exact + 4 * bool(PERIOD.search(before)) + about


def _by_verb(found: Period, date: Date, span: Span) -> None:
    """The nearest verb of beginning or ending says what a date is."""
    near = span.text[max(0, date.start - 60) : date.start], span.text[date.end : date.end + 25]
    begins = [match.end() for match in START.finditer(near[0])]
    ends = [match.end() for match in END.finditer(near[0])]
    if re.match(r"\s*(?:saakka|asti|mennessä)", near[1]):
        found.take(end=moved(date, span.start))
    elif re.match(r"\s*(?:alkaen|lähtien)", near[1]) or (
        begins and (not ends or begins[-1] > ends[-1])
    ):
        found.take(start=moved(date, span.start))
    elif ends:
        found.take(end=moved(date, span.start))


def _agreeing(found: Period) -> Period:
    """An extension that ends no later than the plan is no extension."""
    if found.extension and found.end and found.extension.value <= found.end.value:
        found.extension = None
    if found.start and found.end and found.end.value < found.start.value[: len(found.end.value)]:
        found.start = None
    return found


def each_of(found: Period) -> Iterator[tuple[str, Date]]:
    for name, date in (
        ("start", found.start),
        ("end", found.end),
        ("extension_end", found.extension),
    ):
        if date:
            yield name, date
