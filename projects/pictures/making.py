"""Pictures of a set of projects, each with its table: what pages show and files hold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.formatting import euro, number

from . import Cell, Picture, bars, map
from .money import sum_of
from .rows import NONE, Row, Span, by_facet, by_funder, by_place, by_start, places_of, spans

Narrowed = Callable[[str, str], str]
"""From a facet and a value to the address that an area or bar leads to."""


def map_of(
    mask: int,
    language: str,
    *,
    region: str = "",
    of: str = "projects",
    narrowed: Narrowed | None = None,
) -> Picture:
    """The regions, or the towns of one; ``of``: coloured by number of projects or by money."""
    kind = "municipality" if region else "region"
    rows = by_place(mask, kind, language, region)
    if narrowed:
        rows = [replace(row, url=narrowed(kind, row.value)) if row.count else row for row in rows]
    title = _("Projects by municipality") if region else _("Projects by region")
    name = f"map-{region}" if region else "map" if of == "projects" else "map-money"
    return Picture(
        name,
        title,
        map.draw(rows, kind, of, title, f"{name}-{of[0]}-"),
        [_("Municipality") if region else _("Region"), _("Projects"), _("Money known"), UNKNOWN()],
        table_of([row for row in rows if row.count]),
        [_("A project of several places counts in each of them."), *_unplaced(rows), SOURCE()],
    )


def SOURCE() -> str:
    return _("Boundaries: National Land Survey of Finland, 2024, CC BY 4.0.")


def UNKNOWN() -> str:
    return _("Money not known, projects")


def _unplaced(rows: list[Row]) -> list[str]:
    without = sum(row.count for row in rows if row.value == NONE)
    return (
        [_("Projects without a place: %(count)s.") % {"count": number(without)}] if without else []
    )


def sum_cell(row: Row) -> Cell:
    plain = f"{row.money.known:.2f}" if row.money.is_known else ""
    return Cell(bars.amount_of(row), plain=plain)


def table_of(rows: list[Row]) -> list[list[Cell]]:
    """Name, number of projects, euro that are known, and of how many projects they are not."""
    return [
        [
            Cell(row.label, row.url, row.language),
            Cell(number(row.count), plain=row.count),
            sum_cell(row),
            Cell(number(row.money.unknown), plain=row.money.unknown),
        ]
        for row in rows
    ]


MONEY = {
    "funder": lambda mask, language: by_funder(mask, language, _("Funder not told")),
    "programme": lambda mask, language: by_facet(mask, "programme", language),
    "start": lambda mask, language: by_start(mask, language),
    "region": lambda mask, language: by_facet(mask, "region", language),
}
"""By what the money of projects is told."""


def money_titles() -> dict[str, tuple[str, str]]:
    """The title, and what a row is."""
    return {
        "funder": (_("Money by funder"), _("Funder")),
        "programme": (_("Money by programme"), _("Programme")),
        "start": (_("Money by the year of beginning"), _("Year")),
        "region": (_("Money by region"), _("Region")),
    }


def money_of(
    mask: int, language: str, by: str = "funder", narrowed: Narrowed | None = None
) -> Picture:
    rows = MONEY[by](mask, language)
    if narrowed and by in ("funder", "programme", "region"):
        rows = [replace(row, url=narrowed(by, row.value)) for row in rows]
    title, heading = money_titles()[by]
    whole = sum_of(places_of(mask))
    notes = [_("Known in all: %(sum)s.") % {"sum": euro(whole.known)}] if whole.is_known else []
    if whole.unknown:
        unknown = _("Projects whose money is not known: %(count)s.")
        notes.append(unknown % {"count": number(whole.unknown)})
    if by == "region":
        notes.append(_("A project of several places counts in each of them."))
    headings = [heading, _("Projects"), _("Money known"), UNKNOWN()]
    drawn = bars.money(rows, title)
    return Picture(f"money-{by}", title, drawn, headings, table_of(rows), notes)


def timeline_of(mask: int, language: str, today: date | None = None) -> Picture:
    today = today or timezone.localdate()
    found, untold = spans(mask, language, today)
    title = _("Projects over time")
    notes = [_("The lighter part of a bar is an extension; the line is today.")]
    if untold:
        notes.append(_("Projects without known days: %(count)s.") % {"count": number(untold)})
    return Picture(
        "timeline",
        title,
        bars.timeline(found, today, title),
        [_("Project"), _("Projects"), _("Start"), _("Planned end"), _("End")],
        [_days(span) for span in found],
        notes,
    )


def _days(span: Span) -> list[Cell]:
    end = "" if span.open_end else span.end.isoformat()
    planned = "" if span.open_end else span.planned.isoformat()
    return [
        Cell(span.label, span.url, span.language),
        Cell(number(span.count), plain=span.count),
        *(Cell(day, plain=day) for day in (span.start.isoformat(), planned, end)),
    ]


PICTURES: dict[str, Callable[[int, str, Narrowed | None], Picture]] = {
    "map": lambda mask, language, to: map_of(mask, language, narrowed=to),
    "map-money": lambda mask, language, to: map_of(mask, language, of="money", narrowed=to),
    "timeline": lambda mask, language, to: timeline_of(mask, language),
    **{
        f"money-{by}": lambda mask, language, to, by=by: money_of(mask, language, by, to)
        for by in MONEY
    },
}
"""By the name in the address of its files; ``map-10`` is that of the towns of region 10."""


def forms_of(view: str) -> list[tuple[str, str, bool]]:
    """How a list can be looked at: label, view, whether it is the one at hand."""
    return [
        (_("List"), "", not view),
        (_("Map"), "map", view.startswith("map")),
        (_("Timeline"), "timeline", view == "timeline"),
        (_("Money"), "money-funder", view.startswith("money")),
    ]


def ways_of(view: str, at: Callable[[str], str]) -> list[tuple[str, str, bool]]:
    """Other forms of the same picture: label, address, whether it is the one at hand."""
    if view.startswith("map"):
        forms = [(_("By number of projects"), "map"), (_("By money"), "map-money")]
    elif view.startswith("money"):
        forms = [(heading, f"money-{by}") for by, (_title, heading) in money_titles().items()]
    else:
        forms = []
    return [(label, at(name), name == view) for label, name in forms]
