"""What a visitor asked of the project list: GET parameters become one object without nonsense."""

import re
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..models import Status
from ..models.status import NOT_STATED

FIRST_YEAR, LAST_YEAR = 1990, 2100
MAX_VALUES = 30
MAX_PAGE = 10_000_000


class Sort(models.TextChoices):
    NEWEST = "newest", _("Newest first")
    TITLE = "title", _("By title")
    ENDING = "ending", _("Ending soonest")


def _uuid(value: str) -> str | None:
    try:
        return str(UUID(value))
    except ValueError:
        return None


def _matching(pattern: str):
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: value if compiled.fullmatch(value) else None


def _year(value: str) -> str | None:
    known = value.isascii() and value.isdigit() and len(value) == 4
    return value if known and FIRST_YEAR <= int(value) <= LAST_YEAR else None


_slug = _matching(r"[-a-zA-Z0-9_]{1,120}")
_region = _matching(rf"\d{{2}}|{NOT_STATED}")

# The order is that of the form and of the address.
CLEANERS = {
    "status": lambda value: value if value in (*Status.values, NOT_STATED) else None,
    "theme": _slug,
    "target_group": _slug,
    "region": _region,
    "municipality": _matching(r"\d{3}"),
    "funder": lambda value: value if value == NOT_STATED else _uuid(value),
    "programme": lambda value: value if value == NOT_STATED else _uuid(value),
    "year": _year,
}
FACETS = tuple(CLEANERS)


@dataclass(frozen=True)
class ProjectFilters:
    """Values of one facet are alternatives; facets narrow each other. Hashable, in one order."""

    status: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    target_group: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    municipality: tuple[str, ...] = ()
    funder: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    sort: str = Sort.NEWEST.value
    page: int = 1

    @classmethod
    def parse(cls, data: QueryDict) -> Self:
        """Never fails: what has the wrong form is left out, as if it had not been sent."""
        values = {}
        for name, clean in CLEANERS.items():
            cleaned = (clean(value.strip()) for value in data.getlist(name)[:MAX_VALUES])
            values[name] = tuple(sorted({value for value in cleaned if value is not None}))
        sort = data.get("sort", "")
        page = data.get("page", "")
        known_page = page.isascii() and page.isdigit() and len(page) <= 20
        return cls(
            **values,
            sort=sort if sort in Sort.values else Sort.NEWEST.value,
            page=min(max(int(page), 1), MAX_PAGE) if known_page else 1,
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        return {name: getattr(self, name) for name in FACETS if getattr(self, name)}

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.chosen.items() for value in values]

    def without(self, name: str, value: str) -> Self:
        kept = tuple(other for other in getattr(self, name) if other != value)
        return replace(self, **{name: kept}, page=1)

    def on_page(self, page: int) -> Self:
        return replace(self, page=page)

    def keeping(self, known: dict[str, set[str]]) -> Self:
        """Without the values that nothing in the database has."""
        return replace(
            self,
            **{
                name: tuple(value for value in getattr(self, name) if value in values)
                for name, values in known.items()
            },
        )

    @property
    def query(self) -> str:
        """The address's query string, ``?`` included, in one canonical order; defaults left out."""
        pairs = self.pairs
        if self.sort != Sort.NEWEST:
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", self.page))
        return f"?{urlencode(pairs)}" if pairs else ""
