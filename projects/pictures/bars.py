"""Bars along a line: how much money, and when projects run.

Widths are in per cent and heights in pixels: words keep their size on a narrow screen.
"""

from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.formatting import euro, number, percent
from cms.core.languages import language_direction

from . import heading, link, tag, text
from .rows import Row, Span

ROW, BAR, TOP = 46, 14, 26
MONEY_ROW = 64
MOST = 12
"""As many rows have a bar; the table has all."""


def share(part, whole) -> str:
    """In per cent, as an attribute."""
    return f"{float(part) / float(whole) * 100:.2f}%" if whole else "0%"


def drawing(content: str, height: int, title: str, name: str) -> str:
    return tag(
        "svg",
        content,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"bars bars--{name}",
        width="100%",
        height=height,
        role="group",
        aria_label=title,
    )


def amount_of(row: Row, whole: Decimal | None = None) -> str:
    """With its share, if there is a whole."""
    if not row.money.is_known:
        return _("not known")
    amount = euro(row.money.known)
    return f"{amount} ({percent(row.money.known / whole)})" if whole else amount


def money(rows: list[Row], title: str, whole: Decimal | None = None) -> str:
    """The first rows by what is known; a row of which nothing is known has no bar, and says so.

    ``whole``: what the rows are shares of; otherwise the longest bar is the greatest sum.
    """
    shown = rows[:MOST]
    longest = whole or max((row.money.known for row in shown), default=Decimal(0))
    from_right = language_direction(translation.get_language()) == "rtl"
    parts = []
    for place, row in enumerate(shown):
        y = place * MONEY_ROW
        amount = amount_of(row, whole)
        bar = {"x": 0, "y": y + 22, "height": BAR}
        inside = [heading(row.label, row.language, y + 16)]
        inside.append(tag("rect", **bar, width="100%", class_="bars__ground"))
        if row.money.is_known:
            width = share(row.money.known, longest)
            bar["x"] = share(longest - row.money.known, longest) if from_right else 0
            inside.append(tag("rect", **bar, width=width, class_="bars__bar"))
        inside.append(heading(amount, "", y + 52))
        parts.append(link(row.url, f"{row.label}: {amount}", inside))
    return drawing("".join(parts), len(shown) * MONEY_ROW, title, "money")


class Scale:
    """From days to shares of the width, over whole years."""

    def __init__(self, spans: list[Span], today: date) -> None:
        self.first = min(span.start for span in spans).year
        self.last = max([*(span.end for span in spans), today]).year + 1
        self.days = (date(self.last, 1, 1) - date(self.first, 1, 1)).days

    def at(self, day: date) -> str:
        return share((day - date(self.first, 1, 1)).days, self.days)

    def long(self, start: date, end: date) -> str:
        """At least what can be seen."""
        return share(max((end - start).days + 1, self.days / 200), self.days)


def timeline(spans: list[Span], today: date, title: str) -> str:
    """Bars on years; the extension is lighter, and today a line through all."""
    if not spans:
        return ""
    scale, height = Scale(spans, today), TOP + len(spans) * ROW
    parts = [_years(scale, height)]
    parts += [_span(span, scale, TOP + place * ROW) for place, span in enumerate(spans)]
    if scale.first <= today.year < scale.last:
        x = scale.at(today)
        parts.append(tag("line", x1=x, x2=x, y1=TOP - 6, y2=height, class_="bars__today"))
    return drawing("".join(parts), height, title, "timeline")


def _span(span: Span, scale: Scale, y: int) -> str:
    label = span.label if span.count == 1 else _grouped(span)
    planned, bar = min(span.planned, span.end), {"y": y + 22, "height": BAR}
    width = scale.long(span.start, planned)
    inside = [heading(label, span.language, y + 16)]
    inside.append(tag("rect", **bar, x=scale.at(span.start), width=width, class_="bars__bar"))
    if planned < span.end:
        width = scale.long(planned, span.end)
        inside.append(
            tag("rect", **bar, x=scale.at(planned), width=width, class_="bars__extension")
        )
    return link(span.url, f"{label}: {years_of(span)}", inside)


def _years(scale: Scale, height: int) -> str:
    step = max(1, -(-(scale.last - scale.first) // 6))
    lines = []
    for year in range(scale.first, scale.last, step):
        x = scale.at(date(year, 1, 1))
        lines.append(tag("line", x1=x, x2=x, y1=TOP - 6, y2=height, class_="bars__line"))
        lines.append(text(str(year), x=x, y=14, class_="bars__year"))
    return tag("g", "".join(lines), aria_hidden="true")


def _grouped(span: Span) -> str:
    told = ngettext(
        "%(year)s: %(count)s project begins", "%(year)s: %(count)s projects begin", span.count
    )
    return told % {"year": span.label, "count": number(span.count)}


def years_of(span: Span) -> str:
    end = "" if span.open_end and span.count == 1 else str(span.end.year)
    return str(span.start.year) if end == str(span.start.year) else f"{span.start.year}–{end}"
