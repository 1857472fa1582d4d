"""The counts beside every choice of the project list, in one SQL statement.

Django's ORM has no ``WITH``: the base set is compiled from a queryset, the counting over it is
written by hand, in SQL that SQLite (3.35 or newer) and PostgreSQL share. The base is worked out
once; every facet counts over it by all conditions but its own, so that a choice does not empty
the counts beside it. ``CROSS JOIN`` keeps SQLite to the order written; PostgreSQL chooses its own.
The text of the SQL is made of names in this file; values are parameters.
"""

# ruff: noqa: S608

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, Case, CharField, F, Value, When
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.alphabet import sort_key
from cms.core.querysets import language_chain

from .filters import FACETS, FIRST_YEAR, LAST_YEAR, ProjectFilters
from .models import (
    Municipality,
    Organisation,
    Programme,
    ProjectFunding,
    ProjectMunicipality,
    ProjectPage,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
    Region,
    Status,
    TargetGroup,
    Theme,
)
from .models.querysets import NOT_STATED, status_condition

TOTAL = "total"
ONE_VALUED = {TOTAL, "status", "year", "programme"}
YEARS_AHEAD = 10


@dataclass(frozen=True)
class Choice:
    """One value of a facet. ``language`` is that of ``label`` where it is not the reader's."""

    value: str
    label: str
    count: int
    language: str = ""


@dataclass(frozen=True)
class Counts:
    total: int
    facets: dict[str, list[Choice]]

    @property
    def known(self) -> dict[str, set[str]]:
        return {name: {choice.value for choice in choices} for name, choices in self.facets.items()}


def count_facets(filters: ProjectFilters, language: str, today: date | None = None) -> Counts:
    """How many projects each choice would show, given all choices of the other facets. One query.

    Counted over one page a project, the same in every language; ``language`` is for the labels.
    """
    today = today or timezone.localdate()
    sql, params = _statement(filters, language, today)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    totals = {name: number or 0 for name, _v, _l, _c, number in rows if name == TOTAL}
    facets: dict[str, list[Choice]] = {name: [] for name in FACETS}
    years: dict[str, dict[int, tuple[int, int]]] = {"first_year": {}, "final_year": {}}
    for name, value, label, label_language, number in rows:
        if name in years and value:
            years[name][int(value)] = number or 0
        elif name in facets and value:
            facets[name].append(_choice(name, value, label, label_language, number, language))
    facets["year"] = _years(years["first_year"], years["final_year"], filters.year, today)
    for name in ("status", "year"):
        used = {choice.value for choice in facets[name]}
        unused = set(getattr(filters, name)) - used
        facets[name] += [_choice(name, value, value, "", 0, language) for value in unused]
    return Counts(
        totals.get(TOTAL, 0),
        {name: _sorted(name, found, language) for name, found in facets.items()},
    )


def _years(first: dict[int, int], final: dict[int, int], chosen, today: date) -> list[Choice]:
    """Projects running in each year: those begun by its end less those ended before it."""
    if not first:
        return []
    last = max(min(max(final), today.year + YEARS_AHEAD, LAST_YEAR), *map(int, chosen or ["0"]))
    years = range(max(min(first), FIRST_YEAR), last + 1)
    return [
        Choice(
            str(year),
            str(year),
            sum(number for begun, number in first.items() if begun <= year)
            - sum(number for ended, number in final.items() if ended < year),
        )
        for year in years
    ]


def _choice(name, value, label, label_language, number, language) -> Choice:
    if value == NOT_STATED:
        return Choice(value, _("Not stated"), number or 0)
    if name == "status":
        label = Status(value).label
    if name in {"funder", "programme"}:
        value = str(UUID(value))
    foreign = label_language if label_language and label_language != language else ""
    return Choice(value, str(label or value), number or 0, foreign)


def _sorted(name: str, choices: list[Choice], language: str) -> list[Choice]:
    """By name, but status by course of time and years from the newest; "not stated" last."""
    if name == "year":
        return sorted(choices, key=lambda choice: choice.value, reverse=True)
    if name == "status":
        order = [Status.RUNNING, Status.UPCOMING, Status.ENDED, NOT_STATED]
        return sorted(choices, key=lambda choice: order.index(choice.value))
    return sorted(
        choices, key=lambda c: (c.value == NOT_STATED, sort_key(c.label, language), c.value)
    )


def _statement(filters: ProjectFilters, language: str, today: date) -> tuple[str, list]:
    chosen = [name for name in FACETS if getattr(filters, name)]
    masks = {f"mask_{name}": _flag(filters.condition(name, today)) for name in chosen}
    base = (
        ProjectPage.objects.best_for(settings.LANGUAGE_CODE)
        .with_period(today)
        .order_by()
        .annotate(
            first_year=_year("first_day"),
            final_year=_year("final_day"),
            stated_status=_status_case(today),
            programme_key=F("programme__translation_key"),
            **masks,
        )
        .values_list("pk", "first_year", "final_year", "stated_status", "programme_key", *masks)
    )
    base_sql, base_params = base.query.sql_with_params()
    columns = ["id", "first_year", "final_year", "status", "programme_key", *masks]
    parts = list(_parts(chosen, language))
    counting = " UNION ALL ".join(sql for sql, _params in parts)
    return (
        f"WITH base({', '.join(columns)}) AS MATERIALIZED ({base_sql}) {counting}",
        [*base_params, *(value for _sql, params in parts for value in params)],
    )


def _flag(condition) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def _status_case(today: date) -> Case:
    return Case(
        *(
            When(status_condition(status, today=today), then=Value(str(status)))
            for status in Status.values
        ),
        default=Value(NOT_STATED),
        output_field=CharField(),
    )


def _year(field: str) -> Case:
    """The year as text; null where the period is unknown or upside down."""
    year = Substr(Cast(field, CharField()), 1, 4)
    return Case(When(final_day__gte=F("first_day"), then=year), output_field=CharField())


def _parts(chosen: list[str], language: str) -> Iterator[tuple[str, list]]:
    """SELECTs of ``(facet, value, label, language of the label, number of projects)``."""

    def counted(name: str) -> str:
        conditions = [f"b.mask_{other}" for other in chosen if other != name]
        passing = f"CASE WHEN {' AND '.join(conditions)} THEN b.id END" if conditions else "b.id"
        return f"COUNT({'' if name in ONE_VALUED else 'DISTINCT '}{passing})"

    def plain(name: str, column: str, facet: str) -> tuple[str, list]:
        return (
            f"SELECT '{name}', {column}, '', '', {counted(facet)} FROM base b GROUP BY {column}",
            [],
        )

    def none(name: str, *children) -> tuple[str, list]:
        missing = " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {_table(child)} c WHERE c.page_id = b.id)"
            for child in children
        )
        return (
            f"SELECT '{name}', '{NOT_STATED}', '', '', {counted(name)} FROM base b "
            f"WHERE {missing} HAVING COUNT(*) > 0",
            [],
        )

    def labelled(name: str, key: str, source: str, model) -> tuple[str, list]:
        """``source`` joins ``base b`` to the term ``t``; the label is its best translation."""
        table, order, params = _table(model), *_locale_order(language)
        best = (
            f"FROM {table} n JOIN wagtailcore_locale l ON l.id = n.locale_id "
            f"WHERE n.{key} = g.value ORDER BY {order} LIMIT 1"
        )
        return (
            f"SELECT '{name}', CAST(g.value AS VARCHAR(120)), (SELECT n.name {best}), "
            f"(SELECT l.language_code {best}), g.number "
            f"FROM (SELECT t.{key} AS value, {counted(name)} AS number {source} "
            f"GROUP BY t.{key}) g",
            [*params, *params],
        )

    def through(child, model, column: str) -> str:
        return (
            f"FROM base b CROSS JOIN {_table(child)} c CROSS JOIN {_table(model)} t "
            f"WHERE c.page_id = b.id AND t.id = c.{column}_id"
        )

    yield f"SELECT '{TOTAL}', '', '', '', {counted(TOTAL)} FROM base b", []
    yield plain("status", "b.status", "status")
    yield plain("first_year", "b.first_year", "year")
    yield plain("final_year", "b.final_year", "year")
    yield labelled("theme", "slug", through(ProjectTheme, Theme, "theme"), Theme)
    yield labelled(
        "target_group",
        "slug",
        through(ProjectTargetGroup, TargetGroup, "target_group"),
        TargetGroup,
    )
    yield labelled(
        "funder",
        "translation_key",
        through(ProjectFunding, Organisation, "organisation"),
        Organisation,
    )
    yield none("funder", ProjectFunding)
    yield labelled(
        "programme",
        "translation_key",
        f"FROM base b JOIN {_table(Programme)} t ON t.translation_key = b.programme_key",
        Programme,
    )
    yield (
        f"SELECT 'programme', '{NOT_STATED}', '', '', {counted('programme')} "
        "FROM base b WHERE b.programme_key IS NULL HAVING COUNT(*) > 0",
        [],
    )
    place = language if language in {"sv", "en"} else "fi"
    town = "sv" if language == "sv" else "fi"
    yield (
        f"SELECT 'region', r.code, r.name_{place}, '{place}', {counted('region')} FROM base b "
        f"JOIN (SELECT page_id, region_id FROM {_table(ProjectRegion)} UNION "
        f"SELECT c.page_id, m.region_id FROM {_table(ProjectMunicipality)} c "
        f"JOIN {_table(Municipality)} m ON m.id = c.municipality_id) p ON p.page_id = b.id "
        f"JOIN {_table(Region)} r ON r.id = p.region_id GROUP BY r.code, r.name_{place}",
        [],
    )
    yield none("region", ProjectRegion, ProjectMunicipality)
    yield (
        f"SELECT 'municipality', m.code, m.name_{town}, '{town}', {counted('municipality')} "
        f"FROM base b CROSS JOIN {_table(ProjectMunicipality)} c "
        f"CROSS JOIN {_table(Municipality)} m "
        f"WHERE c.page_id = b.id AND m.id = c.municipality_id "
        f"GROUP BY m.code, m.name_{town}",
        [],
    )


def _table(model) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _locale_order(language: str) -> tuple[str, list[str]]:
    chain = language_chain(language)
    ranks = " ".join(f"WHEN %s THEN {rank}" for rank, _code in enumerate(chain))
    return f"CASE l.language_code {ranks} ELSE {len(chain)} END, l.id", chain
