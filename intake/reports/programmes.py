"""Under which programme a project ran: named, or told by its fund, its code and its years."""

import re
from dataclasses import dataclass

from projects.models import Programme as Registered

from .blocks import Span, Text
from .entries import Entry
from .funds import PROGRAMMES, Programme
from .vocabulary import pattern

# How the codes of Finland's structural funds begin in each period.
CODES = (
    (re.compile(r"S1\d{4}$"), "esf", 2007),
    (re.compile(r"S2\d{4}$"), "esf", 2014),
    (re.compile(r"A3\d{4}$"), "erdf", 2007),
    (re.compile(r"A7\d{4}$"), "erdf", 2014),
    (re.compile(r"S[3-9]\d{4,5}$"), "esf-plus", 2021),
    (re.compile(r"A8\d{4,5}$"), "erdf", 2021),
    (re.compile(r"J\d{4,6}$"), "jtf", 2021),
    (re.compile(r"SMDno", re.I), "amif", 2014),
)
NAMED = pattern("programmes", "NAMED")
UMBRELLA = pattern("programmes", "UMBRELLA")
"""Names that the structural funds share: the code or the fund says which programme is meant."""


@dataclass(frozen=True)
class Found:
    """A programme as project files have it, where it is told, and whether that is sure."""

    record: dict
    span: Span | None
    sure: bool = True


def programme(
    text: Text,
    known: list[Entry],
    code: str,
    years: tuple[int, int],
    registered: list,
    funders: list[str],
) -> Found | None:
    """The registered one that fits; else the European one that fits; else the one named."""
    fund, first = _by_code(code)
    told = _labelled(known) or _interreg(text)
    if told and not (
        UMBRELLA.search(told.text) or any(each.signs.search(told.text) for each in PROGRAMMES)
    ):
        return _as_named(registered, told)
    meant = [each.fund for each in PROGRAMMES if told and each.signs.search(told.text)]
    if meant and fund not in meant:
        fund, first = "", 0  # a code that only looks like one of another fund
    guess = _european(told.text if meant and not fund else text.text, fund, first, years)
    if match := _registered(registered, text.text, guess, funders):
        return Found(
            {"name": match.name, "short_name": match.short_name},
            None,
            sure=guess is None or bool(first),
        )
    named = _named(text, known)
    if guess:
        record = _record(guess)
        if named and _is_same(named.text, guess):
            return Found(record, named)
        return Found(record, _sign(text, guess), sure=bool(first))
    return _as_named([], named) if named else None


def _as_named(registered: list, named: Span) -> Found:
    name = " ".join(named.text.split())[:255]
    for each in registered:
        if name.lower() in (each.name.lower(), (each.short_name or "").lower()):
            return Found({"name": each.name, "short_name": each.short_name}, named)
    return Found({"name": name, "publicity": "none"}, named)


def _by_code(code: str) -> tuple[str, int]:
    return next(((fund, first) for sign, fund, first in CODES if sign.match(code)), ("", 0))


def _european(text: str, fund: str, first: int, years: tuple[int, int]) -> Programme | None:
    fits = [x for x in PROGRAMMES if fund == x.fund or (not fund and x.signs.search(text))]
    if first:
        return next((x for x in fits if x.first == first), None)
    period = _period(text, years)
    fits = [each for each in fits if each.first == period]
    if len(fits) > 1:  # the fund that is named first
        fits.sort(key=lambda each: each.signs.search(text).start())
    return fits[0] if fits else None


def _period(text: str, years: tuple[int, int]) -> int:
    for first, last in ((2007, 13), (2014, 20), (2021, 27)):
        if re.search(rf"{first}\s?[–—-]\s?(?:20)?{last}", text):
            return first
    plus = re.search(
        r"ES[RF] ?\+|sosiaalirahasto\w*\s(?:plus|\+)|socialfonden plus|Social Fund Plus", text, re.I
    )
    if plus and years[1] >= 2021:
        return 2021
    year = years[0] or years[1]
    return 0 if not year else 2007 if year < 2014 else 2014 if year < 2022 else 2021


def _record(found: Programme) -> dict:
    record = {
        "name": found.name,
        "short_name": found.short_name,
        "period_start": found.first,
        "period_end": found.last,
        "fund": found.fund,
        "publicity": found.publicity,
    }
    if found.record_url_pattern:
        record["record_url_pattern"] = found.record_url_pattern
    return record


def _sign(text: Text, found: Programme) -> Span | None:
    match = found.signs.search(text.text)
    return Span(match[0], match.start()) if match else None


def _registered(
    registered: list, text: str, guess: Programme | None, funders: list[str]
) -> Registered | None:
    if guess:
        same = [
            x
            for x in registered
            if x.fund == guess.fund and (x.period_start or guess.first) == guess.first
        ]
        return same[0] if same else None
    for each in registered:
        if len(each.name) > 5 and each.name.lower() in text.lower():
            return each
    return next(
        (x for x in registered if x.short_name and x.short_name in funders and not x.fund), None
    )


def _interreg(text: Text) -> Span | None:
    """Paid by the regional fund, and no programme of that."""
    match = re.search(
        r"(?<!\w)Interreg (?=[A-ZÅÄÖ])\w+(?: (?=[A-ZÅÄÖ])[\w-]+)?(?: 20\d\d\s?[–-]\s?20\d\d)?",
        text.text,
    )
    return Span(match[0], match.start()) if match else None


def _labelled(known: list[Entry]) -> Span | None:
    for entry in known:
        if entry.kinds == {"programme"} and not entry.under and len(entry.value.text) < 160:
            return Span(entry.value.text.split("\n")[0], entry.value.start)
    return None


def _named(text: Text, known: list[Entry]) -> Span | None:
    if told := _labelled(known):
        return told
    match = NAMED.search(text.text)
    return Span(match[0], match.start()) if match else None


def _is_same(named: str, guess: Programme) -> bool:
    return named.split(" 20")[0].lower() in guess.name.lower()
