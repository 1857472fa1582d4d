"""Days, sums, shares, codes and business IDs as people write them, read without guessing.

Each reader gives the value as project files have it, or raises :class:`Unreadable` with a sentence
that shows a right example. Numbers by themselves: :mod:`.numbers`.
"""

import re
from datetime import date

from django.utils.translation import gettext as _

from .numbers import AmbiguousNumber, UnreadableNumber, read_number

MONTHS = {
    "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "sv": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
}
_MONTH_WORD = re.compile(r"(?:(\d{1,2})\.?\s+)?([a-zåäö]{3,})\.?\s+(\d{4})", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_MONTH = re.compile(r"(\d{1,2})\s?[./]\s?(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_YEAR = re.compile(r"(\d{4})\.?")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
LOST = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


class Unreadable(ValueError):
    """What was written can't be that; the message shows how to write it."""


def plain(text: object) -> str:
    """On one line, without signs that nobody sees."""
    return " ".join(str(text).translate(dict.fromkeys(map(ord, LOST))).split())


def read_rough_day(text: str) -> str:
    """``2016-05-01``, or ``2016-05`` or ``2016`` where no more is said.

    Takes 1.5.2016, 5/2016, 2016, 2016-05-01 and *toukokuu 2016*, also in Swedish and English.
    """
    written = plain(text).translate(_DASHES).strip(" .,")
    for pattern, order in ((_ISO, "ymd"), (_DAY, "dmy"), (_MONTH, "my"), (_YEAR, "y")):
        if match := pattern.fullmatch(written):
            parts = dict(zip(order, match.groups(), strict=True))
            return _checked(text, *(parts.get(each) for each in "ymd"))
    if match := _SLASHES.fullmatch(written):
        first, second, year = match.groups()
        if int(first) > 12 or first == second:
            return _checked(text, year, second, first)
        if int(second) > 12:
            return _checked(text, year, first, second)
    elif match := _MONTH_WORD.fullmatch(written):
        day, word, year = match.groups()
        if month := _month_of(word):
            return _checked(text, year, str(month), day)
    raise _no_day(text)


def _month_of(word: str) -> int:
    """The number of the month that the word begins with, or 0."""
    for language, names in MONTHS.items():
        for number, name in enumerate(names.split(), start=1):
            rest = word.casefold().removeprefix(name)
            if rest != word.casefold() and (language != "fi" or rest.startswith("kuu")):
                return number
    return 0


def _checked(text: str, year: str, month: str | None, day: str | None) -> str:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise _no_day(text) from error
    if not 1900 <= int(year) <= 2200:
        raise _no_day(text)
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


def _no_day(text: str) -> Unreadable:
    message = _("“%(text)s” is no day. Write it as 31.12.2026, 12/2026 or 2026.")
    return Unreadable(message % {"text": plain(text)[:40]})


def read_euro(text: str) -> str:
    """Euro with two decimals: ``290 780,50 €``, ``290.780,50``, ``0,29 M€``, ``290 t€``.

    Three digits after a single point or comma are thousands: no sum has three decimals.
    """
    written = plain(text).translate(_DASHES)
    try:
        amount = read_number(written)
    except AmbiguousNumber as error:
        amount = error.whole
    except UnreadableNumber as error:
        raise _no_euro(text) from error
    if amount < 0:
        raise Unreadable(_("“%(text)s”: a sum is never below zero.") % {"text": plain(text)[:40]})
    if amount != round(amount, 2) or amount >= 10**10:
        raise _no_euro(text)
    return f"{amount:.2f}"


def _no_euro(text: str) -> Unreadable:
    message = _("“%(text)s” is no sum in euro. Write it as 290 780,50 or 0,29 M€.")
    return Unreadable(message % {"text": plain(text)[:40]})


def read_percent(text: str) -> str:
    """Per cent with at most two decimals: ``75 %``, ``75,5``; ``0.75`` of a spreadsheet is 75."""
    written = plain(text)
    try:
        share = read_number(written.rstrip("% "))
    except (AmbiguousNumber, UnreadableNumber) as error:
        message = _("“%(text)s” is no share. Write it as 75 or 75,5 %%.")
        raise Unreadable(message % {"text": written[:40]}) from error
    if "%" not in written and 0 < share <= 1:
        share *= 100
    if not 0 <= share <= 100:
        raise Unreadable(_("“%(text)s”: a share is from 0 to 100 %%.") % {"text": written[:40]})
    return f"{share:.2f}"


def read_year(text: str) -> int:
    if match := _YEAR.fullmatch(plain(text)):
        return int(match[1])
    raise Unreadable(_("“%(text)s” is no year. Write it as 2026.") % {"text": plain(text)[:40]})


def read_code(text: str) -> str:
    """A code of a funder without the signs around it: ``#S 22354.`` is S22354."""
    written = plain(text).translate(_DASHES).strip(" .,;:#*\"'“”«»()[]")
    if re.fullmatch(r"[A-Za-zÅÄÖåäö]{1,4} \d{3,8}", written):
        return written.replace(" ", "")
    return written


def read_business_id(text: str) -> str:
    """A Finnish business ID: ``FI07375462``, ``737546-2`` and ``0737546–2`` are 0737546-2.

    Whether its check digit is right is the model's matter.
    """
    written = re.sub(r"\s", "", plain(text).translate(_DASHES)).upper().removeprefix("FI")
    match = re.fullmatch(r"(\d{7})-?(\d)|(\d{6})-(\d)", written)
    if not match:
        return plain(text)
    return f"{(match[1] or match[3]).zfill(7)}-{match[2] or match[4]}"
