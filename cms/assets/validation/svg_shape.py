"""How much work a drawing is: its size, its elements, and what ``<use>`` multiplies them to."""

import math
import re
from xml.etree.ElementTree import Element

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .common import refuse

MAX_ELEMENTS = 20_000
MAX_DEPTH = 100
MAX_DRAWN = 200_000
MAX_COORDINATE = 1_000_000


def check_shape(root: Element) -> None:
    """Refuse a drawing that is cheap to send and costly to draw.

    ``<use>`` can repeat a group that repeats a group: thirty lines become a billion shapes.
    """
    elements = 0
    stack = [(root, 1)]
    while stack:
        element, depth = stack.pop()
        elements += 1
        if elements > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise _too_complex()
        stack.extend((child, depth + 1) for child in element)
    if _drawn(root) > MAX_DRAWN:
        raise _too_complex()
    _check_view_box(root.get("viewBox", ""))


def _check_view_box(value: str) -> None:
    if not value.strip():
        return
    try:
        numbers = [float(number) for number in re.split(r"[\s,]+", value.strip())]
    except ValueError:
        numbers = []
    if (
        len(numbers) != 4
        or not all(math.isfinite(n) and abs(n) <= MAX_COORDINATE for n in numbers)
        or min(numbers[2:]) <= 0
        or max(numbers[2:]) / min(numbers[2:]) > 1000
    ):
        raise refuse(
            "svg_size",
            _("The viewBox of the drawing makes no sense: “%(value)s”. Save the drawing anew."),
            value=value[:60],
        )


def _drawn(root: Element) -> int:
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    sizes: dict[int, int] = {}
    open_elements: set[int] = set()

    def size(element: Element) -> int:
        key = id(element)
        if key in sizes:
            return sizes[key]
        if key in open_elements or len(open_elements) > 400:
            raise _too_complex()
        open_elements.add(key)
        total = 1 + sum(size(child) for child in element)
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] == "href" and value.strip()[1:] in by_id:
                target = by_id[value.strip()[1:]]
                # A gradient or a link may point at a relative; only <use> draws it again.
                if str(element.tag).endswith("}use"):
                    total += size(target)
        open_elements.discard(key)
        sizes[key] = min(total, MAX_DRAWN + 1)
        return sizes[key]

    return size(root)


def _too_complex() -> ValidationError:
    return refuse(
        "svg_complex",
        _("The drawing has too many shapes or repeats. Simplify it, or save it as PNG."),
    )
