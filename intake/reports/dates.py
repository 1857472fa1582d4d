"""Days, months and years as people write them."""

import calendar
import re
from dataclasses import dataclass

from .vocabulary import VOCABULARY, cues, joined, pattern

STEMS = [(sign, int(month)) for month, sign in cues("months")]
NAME = joined(VOCABULARY["dates"]["NAME"])
YEAR = r"(?:19[89]\d|20[0-4]\d)"
DAY = rf"(?P<d>\d{{1,2}})\s?[./]\s?(?P<m>\d{{1,2}})\s?[./]\s?(?P<y>{YEAR})(?!\d)"
ISO = rf"(?P<iy>{YEAR})-(?P<im>\d{{1,2}})-(?P<id>\d{{1,2}})(?!\d)"
NAMED = (
    rf"(?:(?P<nd>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?)?"
    rf"{NAME.format('nm')}\s*(?:,\s*)?(?P<ny>{YEAR})(?!\d)"
)
ENGLISH = rf"{NAME.format('em')}\s+(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<ey>{YEAR})(?!\d)"
MONTH = rf"(?P<mm>\d{{1,2}})\s?[/.]\s?(?P<my>{YEAR})(?!\d)"
TURN_WORD = r"(?:u[ns]|ussa|usta|ulla|pu(?:un)?)(?!\w)"
TURN = rf"vuoden\s(?P<ty>{YEAR})\s(?P<turn>al|lop){TURN_WORD}"  # until its end, from its beginning
MONTH_TURN = (
    rf"{NAME.format('um')}\s+(?:(?P<us>al|lop){TURN_WORD}\s+(?P<uy>{YEAR})"
    rf"|(?P<uz>{YEAR})\s+(?P<ut>al|lop){TURN_WORD})"
)
ALONE = rf"(?P<yy>{YEAR})(?![\d/])"
DATE = re.compile(
    rf"(?<![\d/])(?:{ISO}|{TURN}|{MONTH_TURN}|{DAY}|{ENGLISH}|{NAMED}|{MONTH}|{ALONE})",
    re.IGNORECASE,
)
FROM_TO = re.compile(
    r"kuusta\s+\d{4}\s+\w+kuuhun\s+\d{4}$|(?:alkaen|lähtien)\s+\S+$", re.IGNORECASE
)
NEAR = 60  # characters in which a pair begins
SHORT_START = pattern("dates", "SHORT_START")
TO = pattern("dates", "TO")
DASH = re.compile(TO.pattern + r"$|(?<=\d)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Date:
    """A day, month or year: ``value`` as project files write it."""

    value: str
    start: int
    end: int

    @property
    def precision(self) -> str:
        return {4: "year", 7: "month"}.get(len(self.value), "day")


@dataclass(frozen=True)
class Range:
    """From one date to another; ``text`` is where they stand."""

    first: Date
    last: Date


def _value(match: re.Match) -> str:
    group = match.groupdict()
    if group.get("ty"):
        return f"{group['ty']}-{'01-01' if group['turn'].lower() == 'al' else '12-31'}"
    if year := group.get("uy") or group.get("uz"):
        return _turn(year, _month(group["um"]), group["us"] or group["ut"])
    for day, month, year in (
        ("id", "im", "iy"),
        ("d", "m", "y"),
        ("ed", "em", "ey"),
        ("nd", "nm", "ny"),
        ("", "mm", "my"),
    ):
        if group.get(year):
            return written(group[year], group[month], group.get(day) or "")
    return group["yy"]


def _turn(year: str, month: int, which: str) -> str:
    """The first or the last day of a month; nothing if there is no such month."""
    if not month:
        return ""
    last = calendar.monthrange(int(year), month)[1]
    return f"{year}-{month:02}-{'01' if which.lower() == 'al' else last}"


def written(year: str, month: str, day: str = "") -> str:
    """``2016-05-01`` or ``2016-05``; nothing if there is no such day."""
    number = int(month) if month.isdigit() else _month(month)
    if not 1 <= number <= 12:
        return ""
    if not day:
        return f"{year}-{number:02}"
    if not 1 <= int(day) <= calendar.monthrange(int(year), number)[1]:
        return ""
    return f"{year}-{number:02}-{int(day):02}"


def _month(name: str) -> int:
    return next((month for stem, month in STEMS if stem.match(name)), 0)


def dates(text: str) -> list[Date]:
    found = []
    for match in DATE.finditer(text):
        if value := _value(match):
            found.append(Date(value, match.start(), match.end()))
    return found


def ranges(text: str) -> list[Range]:
    """Pairs with a dash between them. ``1.5.–31.12.2018``: the year stands for both."""
    found, known = [], dates(text)
    ending = {date.end: date for date in known}
    for last in known:
        floor = max(0, last.start - NEAR)
        dash = DASH.search(text[floor : last.start])
        if not dash or not (dash[0].strip() or FROM_TO.search(text[floor : last.end])):
            continue
        at = floor + dash.start()
        first = ending.get(at) or _short(text[:at], last)
        if first and _order(first) <= _order(last):
            found.append(Range(first, last))
    return found


def _short(before: str, last: Date) -> Date | None:
    match = SHORT_START.search(before, max(0, len(before) - NEAR))
    if not match or last.precision == "year":
        return None
    month = match["m"] or match["mm"] or match["nm"] or ""
    if (last.precision == "day" and not match["d"]) or not month:
        return None
    value = written(last.value[:4], month, match["d"] or "")
    return Date(value, match.start(), match.end()) if value else None


def _order(date: Date) -> str:
    return date.value
