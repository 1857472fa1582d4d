"""The map: regions of the country, or the towns of a region, coloured by classes.

Colour is never alone: an area with projects shows its number where there is room, the key tells
the classes, and where colours are not the page's own (on paper, in forced colours) hatching does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.formatting import euro, number

from . import link, tag, text
from .outlines import Outline, around, outlines
from .rows import Row

CLASSES = 4
FINGER = 0.042
"""Of the width of the drawing: half the side of what a finger hits on a narrow telephone."""


@dataclass(frozen=True)
class Class:
    """From ``low`` to ``high``, both in it."""

    low: int
    high: int
    label: str


def classes_of(values: list[int], written: Callable[[int], str]) -> list[Class]:
    """At most four, each twice or more as wide as the one before; none where all is zero."""
    known = sorted({value for value in values if value > 0})
    if len(known) <= CLASSES:
        return [Class(value, value, written(value)) for value in known]
    step = (known[-1] / known[0]) ** (1 / CLASSES)
    bounds = [round(known[0] * step**place) for place in range(1, CLASSES)] + [known[-1]]
    found, low = [], known[0]
    for bound in bounds:
        inside = [value for value in known if low <= value <= bound]
        if inside:
            first, last = inside[0], inside[-1]
            label = written(first) if first == last else f"{written(first)}–{written(last)}"
            found.append(Class(first, last, label))
            low = bound + 1
    return found


def class_of(value: int, classes: list[Class]) -> int:
    """From 1; 0 for nothing."""
    return (
        next((place for place, each in enumerate(classes, 1) if value <= each.high), 0)
        if value
        else 0
    )


def told(row: Row) -> str:
    """What is said of an area: its name and number of projects."""
    count = ngettext("%(count)s project", "%(count)s projects", row.count)
    return f"{row.label}: {count % {'count': number(row.count)}}"


def told_in_euro(row: Row) -> str:
    known = euro(row.money.known) if row.money.is_known else _("not known")
    return f"{told(row)}, {known}"


def draw(rows: list[Row], kind: str, of: str, title: str, prefix: str) -> str:
    """``of``: "projects" or "money". ``prefix`` keeps ids apart from those of other pictures."""
    areas = outlines()[kind]
    shown = [row for row in rows if row.value in areas]
    values = {row.value: value_of(row, of) for row in shown}
    classes = classes_of(list(values.values()), written(of))
    box = around([areas[row.value].whole for row in shown])
    room = max(box.width, box.height) // 40 + 2
    drawing = [hatches(prefix, box.width)]
    for row in shown:
        drawing.append(
            _area(
                row, areas[row.value], class_of(values[row.value], classes), of, prefix, box.width
            )
        )
    view = (box.left - room, box.top - room, box.width + 2 * room, box.height + 2 * room)
    map_ = tag(
        "svg",
        "".join(drawing),
        xmlns="http://www.w3.org/2000/svg",
        class_=f"map map--{kind}",
        viewBox=" ".join(map(str, view)),
        role="group",
        aria_label=title,
    )
    return map_ + key_of(classes, of, prefix)


def value_of(row: Row, of: str) -> int:
    """What colours the area; a money of less than a euro is still some."""
    if of == "projects":
        return row.count
    return max(1, int(row.money.known)) if row.money.known else 0


def written(of: str) -> Callable[[int], str]:
    return number if of == "projects" else euro


def _area(row: Row, outline: Outline, place: int, of: str, prefix: str, width: int) -> str:
    shape = tag("path", d=outline.path, class_=f"map__area map__area--{place}")
    if not row.count:
        return shape
    hatch = tag("path", d=outline.path, class_="map__hatch", fill=f"url(#{prefix}h{place})")
    x, y = outline.largest.middle
    parts = [shape, hatch if place > 1 else ""]
    size = round(width * 0.055)
    if min(outline.largest.width, outline.largest.height) < 2 * FINGER * width:
        parts.append(tag("circle", cx=x, cy=y, r=round(FINGER * width), class_="map__finger"))
    elif of == "projects":
        parts.append(
            text(
                number(row.count),
                x=x,
                y=y + size // 3,
                font_size=size,
                class_="map__number",
                text_anchor="middle",
            )
        )
    label = told(row) if of == "projects" else told_in_euro(row)
    return link(row.url, label, parts)


def hatches(prefix: str, width: int) -> str:
    """A pattern for each class but the lightest: the darker, the closer its lines."""
    patterns = []
    for place, step in ((2, 0.05), (3, 0.03), (4, 0.018)):
        side = max(4, round(width * step))
        line = tag("path", d=f"M0 {side}L{side} 0", class_="map__line")
        patterns.append(
            tag(
                "pattern",
                line,
                id=f"{prefix}h{place}",
                width=side,
                height=side,
                patternUnits="userSpaceOnUse",
            )
        )
    return tag("defs", "".join(patterns))


def key_of(classes: list[Class], of: str, prefix: str) -> str:
    """What the colours mean."""
    if not classes:
        return ""
    swatches = []
    for place, each in enumerate(classes, 1):
        square = tag("rect", width=20, height=20, class_=f"map__area map__area--{place}")
        over = (
            tag("rect", width=20, height=20, class_="map__hatch", fill=f"url(#{prefix}h{place})")
            if place > 1
            else ""
        )
        swatch = tag("svg", square + over, width=20, height=20, aria_hidden="true")
        swatches.append(f"<li>{swatch} <bdi>{each.label}</bdi></li>")
    heading = _("Projects") if of == "projects" else _("Money")
    return f'<ul class="map__key" role="list" aria-label="{heading}">{"".join(swatches)}</ul>'
