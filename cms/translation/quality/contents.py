"""What of a text must be the same in every language: figures, codes, addresses, signs for programs.

Each thing is taken out of the text once it is known, so that the digits of a date or a telephone
number are not taken for others.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from cms.core.numbers import telephone_parts

from .months import months_in
from .numerals import AFTERNOON, MIDNIGHT, latin_digits, lone_values, word_values

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd](?!\w)|\{\{[^{}]*\}\}|\{\w*\}|\{%[^{}]*%\}")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"»”“)،؛]+[^\s<>\"»”“).,;:!?،؛؟…'’]", re.IGNORECASE)
BARE_ADDRESS = re.compile(
    r"(?<![\w.@/-])(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+(?:fi|eu|org|com|net|info|se|ru)(?![\w@]|\.\w)"
    r"(?:/[\w/%=&?#.-]*[\w/%=&#-])?"
)
# A word with capitals and digits: S20688, 2014FI16RFOP001, EURA-2027, KaPa-2. COVID-19 is a name.
CODE = re.compile(
    r"(?<![\w/-])(?=[A-Za-z/-]*\d)(?=\d*[A-Z])"
    r"(?:[A-Z]{1,8}[-/ ]?(?=\d{3})|[A-Z]{2,}[a-z]?(?=\d)|\d+[A-Z]{2,})[\w/-]*(?!\w)"
)
YEAR_FIRST = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
TIME = re.compile(
    r"(?:(?<=klo[ \u00a0])|(?<=kello )|(?<=kl\. )|(?<=kl )|(?<=klockan ))"
    r"(\d{1,2})[.:](\d{2})"
    r"|\b(\d{1,2}):(\d{2})\b"
    r"|\b(\d{1,2})[.:](\d{2})\s*(?=[–-]\s*\d{1,2}[.:]\d{2}(?![.\d]))"
)
HALF_DAY = re.compile(
    r"(?<![\d.,:])(\d{1,2})(?:[.:](\d{2}))?(?:[dtk]a)?(?:\s?час\w{0,3})?\s{0,3}"
    rf"(?:(a\.?\s?m\b\.?|ص(?!\w)|صباح\w*|subax\w*|утра\b)|p\.?\s?m\b\.?|م(?!\w)|{AFTERNOON})",
    re.IGNORECASE,
)
DAY = re.compile(r"\b(\d{1,2})([./])(\d{1,2})(?:\2\s?(\d{4})\b|\2(?!\d))")
MONTH_OF_YEAR = re.compile(r"(?<![\d./])(0?[1-9]|1[0-2])[/.](\d{4})\b(?![./])")
NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009.,'’]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?")
_TIMES = {
    1_000_000: r"milj|mn\b|m€|million|mln|млн|миллион|مليون|ملايين|malyan|milyan|miljon",
    1_000_000_000: r"mrd|miljard|billion|млрд|миллиард|مليار|bilyan",
    1_000: r"tuha|t€|tusen|thousand|тыс|ألف|آلاف|kun\b",
}
MULTIPLIED = {
    value: re.compile(rf"\s*(?:{words})", re.IGNORECASE) for value, words in _TIMES.items()
}
CLOCK = re.compile(
    r"(?:klo|kello|kl\.?|klockan)\s+(?:(?:\d{1,2}|\u2063)\s*[–-]\s?)?$", re.IGNORECASE
)
ALWAYS = re.compile(r"(?<!\d)24\s?/\s?7(?!\d)")
"""Which many languages say in words: *dygnet runt*."""


@dataclass(frozen=True)
class Figure:
    """A number as it is written, and each value that it can mean."""

    text: str
    values: frozenset[float]


@dataclass
class Contents:
    placeholders: list[str] = field(default_factory=list)
    emails: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    telephones: set[str] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    perhaps: set[int] = field(default_factory=set)
    """Months of days without a year."""
    figures: list[Figure] = field(default_factory=list)
    words: set[float] = field(default_factory=set)
    lone_words: set[float] = field(default_factory=set)


def contents_of(text: str, language: str) -> Contents:
    """Of a text without tags."""
    found = Contents()
    text = latin_digits(text)
    rest = _Rest(text)
    found.placeholders = rest.take(PLACEHOLDER)
    found.emails = {one.lower() for one in rest.take(EMAIL)}
    found.addresses = {*rest.take(ADDRESS), *map(str.lower, rest.take(BARE_ADDRESS))}
    found.codes = {re.sub(r"\s", "", one) for one in rest.take(CODE)}
    rest.take(ALWAYS)
    _take_dates(rest, found)
    found.months |= months_in(rest.text, language)
    _take_telephones(rest, found)
    halves = bool(HALF_DAY.search(text))
    found.figures += [_figure(match, rest.text, halves) for match in NUMBER.finditer(rest.text)]
    found.words = word_values(rest.text, language)
    found.lone_words = lone_values(rest.text, language)
    return found


class _Rest:
    """What is left of a text; what was taken leaves a gap that joins nothing."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern, use: Callable[[re.Match], bool] | None = None) -> list[str]:
        taken: list[str] = []

        def out(match: re.Match) -> str:
            if use and not use(match):
                return match.group()
            taken.append(match.group())
            return " \u2063 "

        self.text = pattern.sub(out, self.text)
        return taken


def _plain(*values: float, text: str = "") -> Figure:
    return Figure(text or f"{values[0]:g}", frozenset(map(float, values)))


def _take_dates(rest: _Rest, found: Contents) -> None:
    """Days, months and times as people write them by figures."""
    rest.take(YEAR_FIRST, lambda m: _add_day(found, int(m[3]), int(m[2]), int(m[1])))

    halves = bool(HALF_DAY.search(rest.text))

    def half_day(match) -> bool:
        hour = int(match[1]) % 12 + (0 if match[3] else 12)
        return _add_time(found, hour, int(match[2] or 0), match.group(), said=_is_said(match))

    def time(match) -> bool:
        hour, minute = (int(one) for one in match.groups() if one is not None)
        return _add_time(found, hour, minute, match.group(), halves)

    rest.take(HALF_DAY, half_day)
    rest.take(TIME, time)
    rest.take(DAY, lambda m: _add_day(found, int(m[1]), int(m[3]), int(m[4] or 0)))

    def of_year(match) -> bool:
        found.months.add(int(match[1]))
        found.figures.append(_plain(int(match[2])))
        return True

    rest.take(MONTH_OF_YEAR, of_year)


def _add_day(found: Contents, day: int, month: int, year: int = 0) -> bool:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return False
    if year:
        found.months.add(month)
        found.figures += [_plain(day), _plain(year)]
    else:
        # At the end of a sentence it may be a version: WCAG 2.1.
        found.perhaps.add(month)
        found.figures.append(_plain(day, float(f"{day}.{month}"), text=f"{day}.{month}."))
    return True


def _is_said(match: re.Match) -> bool:
    """*3 дня* may be three days, *5 م* five metres."""
    return not re.search(r"(?:дня|\bم)$", match.group())


def _add_time(
    found: Contents, hour: int, minute: int, text: str, half: bool = False, said: bool = False
) -> bool:
    """Of a full hour the figure may stand alone: *15* is *3 pm*. ``half``: 5:30 may be 17:30.

    ``said``: the text says which half of the day it is.
    """
    if hour > 24 or minute > 59:
        return False
    values = [MIDNIGHT + hour * 60 + minute]
    values += [MIDNIGHT + (hour + 12) * 60 + minute] if half and hour < 12 else []
    values += [hour, *([hour - 12] if hour > 12 and not said else [])] if not minute else []
    found.figures.append(_plain(*values, text=text))
    return True


def _take_telephones(rest: _Rest, found: Contents) -> None:
    left = []
    for part in telephone_parts(rest.text):
        written = part.text.lstrip("( ")
        glued = left and left[-1][-1:].isalpha() and written.startswith("+")  # Erasmus+ 2021
        if part.number and written.startswith(("+", "0")) and not glued:
            found.telephones.add(part.number)
            left.append(" \u2063 ")
        else:
            left.append(part.text)
    rest.text = "".join(left)


def _figure(match: re.Match, text: str, halves: bool) -> Figure:
    """``halves``: hours have a half of the day, so that 1 may be 13."""
    values = {float(value) for value in _readings(match.group())}
    if halves:
        values |= {value + 12 for value in values if value < 12}
    for value, words in MULTIPLIED.items():
        if words.match(text[match.end() :]):
            values |= {one * value for one in list(values)}
    before = text[max(0, match.start() - 8) : match.start()]
    begin = re.search(r"(?<!\d)(\d{2})\d{2}\s?[–/-]\s?$", before)
    if begin and re.fullmatch(r"\d{2}", match.group()):
        values.add(float(begin[1] + match.group()))  # 2021–27
    if CLOCK.search(text[max(0, match.start() - 16) : match.start()]) and match.group().isdecimal():
        values |= {MIDNIGHT + 60 * value for value in values if value <= 24}
    if decade := re.fullmatch(r"(?:1[89]|20)(\d0)", match.group()):
        values.add(float(decade[1]))  # 1990-luvulla, the nineties
    minutes = re.fullmatch(r"(\d{1,2})\.(\d{2})", match.group())
    if minutes and int(minutes[1]) < 24 and int(minutes[2]) < 60:
        values.add(MIDNIGHT + int(minutes[1]) * 60 + int(minutes[2]))
    return Figure(match.group(), frozenset(values))


def _readings(written: str) -> list[str]:
    """A point or a comma may stand before decimals or between thousands."""
    bare = re.sub(r"[ \u00a0\u202f\u2009'’]", "", written)
    marks = re.findall(r"[.,]", bare)
    if not marks:
        return [bare]
    if len(set(marks)) == 2:
        last = marks[-1]
        other = "," if last == "." else "."
        return [bare.replace(other, "").replace(last, ".")]
    joined, decimal = re.sub(r"[.,]", "", bare), bare.replace(",", ".")
    if len(marks) > 1:
        return [joined]
    if len(re.split(r"[.,]", bare)[1]) == 3 and written == bare:
        return [joined, decimal]
    return [decimal]
