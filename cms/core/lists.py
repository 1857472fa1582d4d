"""What the public's long lists share: narrowed as sets of bits, shown a page at a time.

A set of places is an integer with a bit for each: ten thousand are narrowed and counted at once.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

PAGE_SIZE = 20
MAX_PAGE = 100_000


def set_of(places: Iterable[int], size: int) -> int:
    """The set of these places, all below ``size``."""
    found = bytearray(size // 8 + 1)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


def places(chosen: int) -> Iterator[int]:
    """The places of a set, the lowest first."""
    while chosen:
        lowest = chosen & -chosen
        yield lowest.bit_length() - 1
        chosen ^= lowest


def members(chosen: int, size: int, order: Iterable[int]) -> list[int]:
    """The places of a set of at most ``size``, in the order given."""
    flags = f"{chosen:0{size or 1}b}"[::-1]
    return [place for place in order if flags[place] == "1"]


def page_number(text: str) -> int:
    """The page that an address asks for, from 1; anything that is no such number is the first."""
    return min(max(int(text), 1), MAX_PAGE) if re.fullmatch("[0-9]{1,20}", text) else 1


def page_at(things: Sequence | QuerySet, number: int) -> Page:
    """The page of this number, or the last where there are fewer."""
    return Paginator(things, PAGE_SIZE).get_page(number)


class LongSelect(forms.Select):
    """A list of hundreds of options (municipalities), of which a form has several.

    Django renders two templates for each option: two thirds of the time of a project's form.
    """

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        options = (
            (flatatt({"value": str(option["value"]), **option["attrs"]}), option["label"])
            for _group, found, _index in widget["optgroups"]
            for option in found
        )
        return format_html(
            "<select{}>{}</select>",
            flatatt({"name": widget["name"], **widget["attrs"]}),
            format_html_join("", "<option{}>{}</option>", options),
        )
