"""What a visitor asked of the project list: GET parameters become one object without nonsense."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django.db import models
from django.db.models import Exists, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.restrictions import closed_paths

from .models import (
    ProjectFunding,
    ProjectMunicipality,
    ProjectPage,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
    Status,
)
from .models.querysets import NOT_STATED, status_condition

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
        return any(getattr(self, name) for name in FACETS)

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
        pairs = [(name, value) for name in FACETS for value in getattr(self, name)]
        if self.sort != Sort.NEWEST:
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", self.page))
        return f"?{urlencode(pairs)}" if pairs else ""

    def condition(self, name: str, today: date | None = None) -> Q:
        """The facet's condition on ``ProjectQuerySet.with_period()``; empty if none is chosen."""
        values = getattr(self, name)
        return CONDITIONS[name](values, today or timezone.localdate()) if values else Q()


def _of_project(model: type[models.Model], **lookups) -> Q:
    """Projects with such a child. ``IN`` is worked out once where ``EXISTS`` would be a row."""
    return Q(pk__in=model.objects.filter(**lookups).values("page"))


def _unknown(model: type[models.Model], **lookups) -> Q:
    """True if no visible project has it: then the visitor's value means nothing and is ignored."""
    visible = ProjectPage.objects.visible()
    if model is ProjectPage:
        return Q(~Exists(visible.filter(**lookups)))
    pages = {"page__in": visible.values("pk")} if closed_paths() else {"page__live": True}
    return Q(~Exists(model.objects.filter(**pages, **lookups)))


def _related(model: type[models.Model], lookup: str):
    def condition(values: tuple[str, ...], today: date) -> Q:
        match = Q(pk__in=[])
        named = [value for value in values if value != NOT_STATED]
        if named:
            wanted = {lookup: named}
            match = _of_project(model, **wanted)
            if NOT_STATED not in values:
                match |= _unknown(model, **wanted)
        if NOT_STATED in values:
            match |= ~_of_project(model)
        return match

    return condition


def _status(values: tuple[str, ...], today: date) -> Q:
    return status_condition(*values, today=today)


def _region_condition(values: tuple[str, ...], today: date) -> Q:
    named = tuple(value for value in values if value != NOT_STATED)
    match = Q(pk__in=[])
    if named:
        match = _of_project(ProjectRegion, region__code__in=named) | _of_project(
            ProjectMunicipality, municipality__region__code__in=named
        )
        if NOT_STATED not in values:
            match |= _unknown(ProjectRegion, region__code__in=named) & _unknown(
                ProjectMunicipality, municipality__region__code__in=named
            )
    if NOT_STATED in values:
        match |= ~_of_project(ProjectRegion) & ~_of_project(ProjectMunicipality)
    return match


def _programme(values: tuple[str, ...], today: date) -> Q:
    named = [value for value in values if value != NOT_STATED]
    match = Q(programme__isnull=True) if NOT_STATED in values else Q(pk__in=[])
    if named:
        match |= Q(programme__translation_key__in=named)
        if NOT_STATED not in values:
            match |= _unknown(ProjectPage, programme__translation_key__in=named)
    return match


def _running_in(values: tuple[str, ...], today: date) -> Q:
    match = Q(pk__in=[])
    for year in map(int, values):
        match |= Q(first_day__lte=date(year, 12, 31), final_day__gte=date(year, 1, 1))
    return match


CONDITIONS = {
    "status": _status,
    "theme": _related(ProjectTheme, "theme__slug__in"),
    "target_group": _related(ProjectTargetGroup, "target_group__slug__in"),
    "region": _region_condition,
    "municipality": _related(ProjectMunicipality, "municipality__code__in"),
    "funder": _related(ProjectFunding, "organisation__translation_key__in"),
    "programme": _programme,
    "year": _running_in,
}
