"""What a visitor may ask of the project list, and asked: GET parameters become one clean object.

``FACET_TYPES`` is the table of facets, for the list and (all of these) for the search.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.core.lists import page_number

from ..models import Status
from ..models.facts import NOT_STATED

VIEWS = (
    *("map", "map-money", "timeline"),
    *("money-funder", "money-programme", "money-start", "money-region"),
)
"""Pictures of the projects that are found, by their names (:mod:`projects.pictures`)."""
YEARS = range(1990, 2101)
MAX_VALUES = 30


class Sort(models.TextChoices):
    NEWEST = "newest", _("Newest first")
    TITLE = "title", _("By title")
    ENDING = "ending", _("Ending soonest")


def _uuid(value: str) -> str | None:
    try:
        return str(UUID(value))
    except ValueError:
        return None


def _matching(pattern: str) -> Callable[[str], str | None]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: value if compiled.fullmatch(value) else None


_slug = _matching(r"[-a-zA-Z0-9_]{1,120}")


@dataclass(frozen=True)
class FacetType:
    """``clean`` gives a value as it is compared, or ``None`` for what can be none.

    ``register``: whose records the values are, a name in :class:`projects.public.Registers`.
    ``may_lack``: the projects that have none can be asked for. ``short``: few choices: unfolded,
    and those that would find nothing are shown too. ``hidden``: asked for by links alone (there
    would be hundreds of choices); what is chosen is shown as a chip.
    """

    title: str
    clean: Callable[[str], str | None]
    register: str = ""
    may_lack: bool = False
    short: bool = False
    hidden: bool = False


# The order is that of the form and of the address. What values a project has: ``Facts.values``.
FACET_TYPES = {
    "status": FacetType(_("Status"), _matching("|".join(Status)), may_lack=True, short=True),
    "theme": FacetType(_("Theme"), _slug, "themes", short=True),
    "target_group": FacetType(_("Target group"), _slug, "target_groups", short=True),
    "region": FacetType(_("Region"), _matching(r"\d{2}"), may_lack=True),
    "municipality": FacetType(_("Municipality"), _matching(r"\d{3}")),
    "funder": FacetType(_("Funder"), _uuid, "organisations", may_lack=True),
    "programme": FacetType(_("Programme"), _uuid, "programmes", may_lack=True),
    "organisation": FacetType(_("Organisation"), _uuid, "organisations", hidden=True),
    "year": FacetType(_("Running in the year"), _matching("|".join(map(str, YEARS)))),
}
FACETS = tuple(FACET_TYPES)
FACET_TITLES = {name: facet.title for name, facet in FACET_TYPES.items()}
HIDDEN = frozenset(name for name, facet in FACET_TYPES.items() if facet.hidden)
OF_THE_DAY = ("status", "year")
"""Facets whose values change with the days."""


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
    organisation: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    sort: str = Sort.NEWEST.value
    page: int = 1
    view: str = ""
    """The picture that is shown of what is found, "" for none."""

    @classmethod
    def parse(cls, data: QueryDict) -> Self:
        """Never fails: what has the wrong form is left out, as if it had not been sent."""
        values = {}
        for name, facet in FACET_TYPES.items():
            sent = {value.strip() for value in data.getlist(name)[:MAX_VALUES]}
            lacks = sent & {NOT_STATED} if facet.may_lack else set()
            known = {facet.clean(value) for value in sent} - {None}
            values[name] = tuple(sorted(known | lacks))
        sort = data.get("sort", "")
        return cls(
            **values,
            sort=sort if sort in Sort.values else Sort.NEWEST.value,
            page=page_number(data.get("page", "")),
            view=view if (view := data.get("view", "")) in VIEWS else "",
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

    @property
    def query(self) -> str:
        """The address's query string, ``?`` included, in one canonical order; defaults left out."""
        pairs = self.pairs
        if self.sort != Sort.NEWEST:
            pairs.append(("sort", self.sort))
        if self.view:
            pairs.append(("view", self.view))
        if self.page > 1:
            pairs.append(("page", self.page))
        return f"?{urlencode(pairs)}" if pairs else ""
