"""The numbers that pictures are drawn from: a set of projects counted by place, year and money.

A set is an integer with a bit for each project of the catalogue. Picture, table and download are
all made from these rows, so none can say anything else than another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.utils import timezone

from cms.core.lists import members, places, sort_key

from ..public import place_name, registers
from ..public.addresses import url_of
from ..public.catalogue import catalogue
from ..public.facets import facet_names
from ..public.filters import NOT_STATED
from .money import Money, Sum, all_money, sum_of

NONE = NOT_STATED


@dataclass(frozen=True)
class Row:
    """``value`` is as the facet has it; "none" for projects that state none."""

    value: str
    label: str
    language: str
    count: int
    money: Sum
    url: str = ""


FEW, MOST_SETS = 300, 200


def places_of(mask: int) -> list[int]:
    if mask.bit_count() < FEW:
        return list(places(mask))
    known = catalogue()
    return members(mask, len(known.keys), range(len(known.keys)))


def counted(count: Callable) -> Callable:
    """Keep what was counted of the sets that were asked for last, as long as the catalogue lasts.

    The number of sets is that of what visitors may choose: only so many are kept.
    """

    @wraps(count)
    def look(mask: int, *asked) -> Any:
        memory = catalogue().worked_out
        name = (count.__name__, mask, timezone.localdate(), *asked)
        found = memory.pop(name, None)
        if found is None:
            found = count(mask, *asked)
        memory[name] = found
        while len(memory) > MOST_SETS:
            memory.popitem(last=False)
        return found

    return look


@counted
def by_place(mask: int, kind: str, language: str, region: str = "") -> list[Row]:
    """Regions, or the towns of one, by name: those without projects too.

    A project of several places counts in each. "none": those that name no place.
    """
    known, names = catalogue(), facet_names(language)
    masks, rows = known.masks[kind], []
    for (facet, code), place in registers().places.items():
        if facet != kind or (region and place.region.code != region):
            continue
        found = masks.get(code, 0) & mask
        if kind == "municipality" and not (found or place.in_force):
            continue
        label, spoken = place_name(place, language)
        rows.append(_row(code, label, spoken, found, url_of(kind, code, language)))
    rows.sort(key=lambda row: sort_key(row.label, language))
    if not region and (found := masks.get(NONE, 0) & mask):
        rows.append(_row(NONE, names(kind, NONE).label, "", found))
    return rows


def _row(value: str, label: str, language: str, mask: int, url: str = "") -> Row:
    return Row(value, label, language, mask.bit_count(), sum_of(places_of(mask)), url)


@counted
def by_facet(mask: int, kind: str, language: str) -> list[Row]:
    """Programmes and the like, the most money first."""
    names, rows = facet_names(language), []
    for value, each in catalogue().masks[kind].items():
        if found := each & mask:
            name = names(kind, value)
            url = url_of(kind, value, language) if value != NONE else ""
            rows.append(_row(value, name.label, name.language, found, url))
    return sorted(rows, key=lambda row: _richest(row, language))


@counted
def by_funder(mask: int, language: str, untold: str) -> list[Row]:
    money = all_money()
    return funders_of([money[place] for place in places_of(mask)], language, untold)


def funders_of(projects: Iterable[Money], language: str, untold: str) -> list[Row]:
    """What each funder gives, and a row called ``untold`` for money of which no funder is told."""
    sums: dict[UUID, Sum] = defaultdict(Sum)
    rest = Sum()
    for money in projects:
        for funder, amount in money.by_funder.items():
            sums[funder].add(amount)
        if money.untold or not money.by_funder:
            rest.add(money.untold)
    names, rows = facet_names(language), []
    for funder, found in sums.items():
        name, url = names("funder", str(funder)), url_of("organisation", str(funder), language)
        rows.append(Row(str(funder), name.label, name.language, found.projects, found, url))
    rows.sort(key=lambda row: _richest(row, language))
    if rest.projects:
        rows.append(Row(NONE, untold, "", rest.projects, rest))
    return rows


@counted
def by_start(mask: int, language: str) -> list[Row]:
    """By the year in which projects begin."""
    known, years = catalogue(), defaultdict(list)
    for place in places_of(mask):
        start = known.facts[known.keys[place]].start_date
        years[str(start.year) if start else NONE].append(place)
    label = facet_names(language)("year", NONE).label
    return [
        Row(year, label if year == NONE else year, "", len(found), sum_of(found))
        for year, found in sorted(years.items(), key=lambda item: (item[0] == NONE, item[0]))
    ]


def _richest(row: Row, language: str) -> tuple:
    return (row.value == NONE, -row.money.known, -row.count, sort_key(row.label, language))


@dataclass(frozen=True)
class Span:
    """Days of one project, or of ``count`` that begin in one year."""

    label: str
    language: str
    url: str
    count: int
    start: date
    planned: date
    end: date
    open_end: bool = False


MOST_BARS = 40
"""As many projects have a bar each; more are told by the year in which they begin."""


@counted
def spans(mask: int, language: str, today: date) -> tuple[list[Span], int]:
    """In the order of their beginning; and how many projects do not tell their days."""
    known, found, untold = catalogue(), [], 0
    for place in places_of(mask):
        if days := _days(known.facts[known.keys[place]], today):
            found.append((days, place))
        else:
            untold += 1
    if len(found) > MOST_BARS:
        return _grouped([days for days, _place in found]), untold
    each = [_span(known.page(known.keys[place], language), days) for days, place in found]
    each.sort(key=lambda span: (span.start, span.end, sort_key(span.label, language)))
    return each, untold


Days = tuple[date, date, date, bool]
"""The beginning, the planned end, the end, and whether there is none yet."""


def _days(facts, today: date) -> Days | None:
    start, last = facts.start_date or facts.last_day, facts.last_day
    if start is None or (last and last < start):
        return None
    end = last or max(start, today)
    return start, min(facts.end_date or end, end), end, last is None


def _span(words, days: Days) -> Span:
    return Span(words.title, words.language_code, words.url, 1, *days)


def _grouped(found: Iterable[Days]) -> list[Span]:
    """By the year in which they begin."""
    years: dict[int, list[Days]] = defaultdict(list)
    for days in found:
        years[days[0].year].append(days)
    return [
        Span(
            str(year),
            "",
            "",
            len(each),
            min(days[0] for days in each),
            max(days[2] for days in each),
            max(days[2] for days in each),
            any(days[3] for days in each),
        )
        for year, each in sorted(years.items())
    ]
