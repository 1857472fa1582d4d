"""The list: what is to come, then news, then what is over; by year and kind, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images import get_image_model

from cms.core.lists import page_at, page_number

from . import Card, Item, items

KINDS = {"event": gettext_lazy("Events"), "news": gettext_lazy("News")}
PICTURES = [
    *(f"format-{each}|width-{width}" for each in ("avif", "webp", "jpeg") for width in (240, 480)),
    "max-480x480",
]


@dataclass(frozen=True)
class Filters:
    """What a visitor chose. Nonsense in the address is ignored."""

    kind: str = ""
    year: int | None = None

    @classmethod
    def from_query(cls, query: QueryDict, years: Iterable[int]) -> "Filters":
        kind, year = query.get("kind", ""), query.get("year", "")
        known = {str(each): each for each in years}
        return cls(kind if kind in KINDS else "", known.get(year))

    def __bool__(self) -> bool:
        return bool(self.kind or self.year)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        pairs = (("kind", self.kind), ("year", str(self.year or "")))
        return [pair for pair in pairs if pair[1]]

    def query_string(self) -> str:
        query = QueryDict(mutable=True)
        query.update(dict(self.pairs))
        return query.urlencode()

    def keeps(self, item: Item) -> bool:
        if self.kind and item.is_event != (self.kind == "event"):
            return False
        return self.year is None or item.day.year <= self.year <= item.end.year


@dataclass(frozen=True)
class Choice:
    """One link of a filter: ``query`` chooses it, ``without`` takes the choice back."""

    label: str
    count: int
    query: str
    without: str
    chosen: bool
    lang: str = ""


class NewsList:
    """``today`` decides what is over. Costs no query but for the pictures of the page shown."""

    def __init__(self, query: QueryDict, today: date | None = None) -> None:
        self.today = today or timezone.localdate()
        self.language = translation.get_language()
        self.all = items().in_order(self.today)
        self.known_years = sorted({year for item in self.all for year in _years(item)})[::-1]
        self.filters = Filters.from_query(query, self.known_years)
        chosen = [item for item in self.all if self.filters.keeps(item)]
        self.page = page_at(chosen, page_number(query.get("page", "")))

    @property
    def total(self) -> int:
        return self.page.paginator.count

    def groups(self) -> list[tuple[str, list[Card]]]:
        """Heading and cards of what stands on this page."""
        known = items()
        cards = [known.card(item, self.language) for item in self.page]
        add_pictures(cards)
        return [(head, list(group)) for head, group in groupby(cards, self._heading)]

    def _heading(self, card: Card) -> str:
        if not card.item.is_event:
            return _("News")
        return _("Past events") if card.item.is_over(self.today) else _("Coming events")

    def kinds(self) -> list[Choice]:
        labels = ((kind, str(label)) for kind, label in KINDS.items())
        return self._choices("kind", "", labels)

    def years(self) -> list[Choice]:
        """None where all is of one year: there is nothing to choose."""
        if len(self.known_years) < 2:
            return []
        return self._choices("year", None, ((year, str(year)) for year in self.known_years))

    def _choices(self, name: str, nothing: Any, labels: Iterable[tuple]) -> list[Choice]:
        without = replace(self.filters, **{name: nothing}).query_string()
        found = []
        for value, label in labels:
            filters = replace(self.filters, **{name: value})
            count = sum(1 for item in self.all if filters.keeps(item))
            is_chosen = getattr(self.filters, name) == value
            if count or is_chosen:
                found.append(Choice(label, count, filters.query_string(), without, is_chosen))
        return found

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The pairs of the address that mean something here (see :mod:`cms.core.page_cache`)."""
        return [*self.filters.pairs, ("page", str(self.page.number))]

    @property
    def pages(self) -> Iterable:
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1)


def _years(item: Item) -> range:
    return range(item.day.year, min(item.end.year, item.day.year + 20) + 1)


def add_pictures(cards: Iterable[Card]) -> None:
    """Those of the cards shown, with their renditions: two queries."""
    shown = [card for card in cards if card.item.image_id]
    if not shown:
        return
    model: Any = get_image_model()
    images = model.objects.prefetch_renditions(*PICTURES)
    found = images.in_bulk({card.item.image_id for card in shown})
    for card in shown:
        card.image = found.get(card.item.image_id)
