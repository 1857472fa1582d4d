"""What the public sees of projects; here, what all of it is made from: registers and plain facts.

Registers are small, change rarely and are on every page: they are held in memory for one content
epoch, so that a name in the reader's language costs no query.

The facts of a project are those of the model (``ProjectPage.fact_fields``): one that is added there
is here by itself. Records are primary keys, in the editor's order; :mod:`.listing` names them for a
reader.
"""

from collections.abc import Iterable, Iterator
from dataclasses import field, make_dataclass
from datetime import date
from typing import Self
from uuid import UUID

from django.db.models import QuerySet

from ..models import ProjectPage, Status
from .filters import YEARS
from .records import NAMES, Register, Registers, named, place_name, registers

__all__ = [
    "NAMES",
    "Facts",
    "Register",
    "Registers",
    "named",
    "place_name",
    "read_facts",
    "registers",
]

COLUMNS = {
    column.attname: column for column in map(ProjectPage._meta.get_field, ProjectPage.fact_fields)
}
CHILDREN = {
    "organisations": ("organisation_id", "role", "start_date", "end_date"),
    "funding": ("organisation_id", "role", "amount", "kind", "year"),
    "municipalities": ("municipality_id",),
    "regions": ("region_id",),
    "themes": ("theme_id",),
    "target_groups": ("target_group_id",),
    "contacts": ("person_id", "public_until"),
    "codes": ("code", "scheme"),
    "amounts": ("source", "kind", "year", "amount"),
    "areas": ("code",),
    "links": ("other_id", "kind"),
}
"""Relation → columns of a row; the first is the record or value that the row is for."""
FEW = 500
"""As many pages are named in a query; for more, the table is read whole."""


class Facts(
    make_dataclass(
        "Columns",
        [
            ("key", UUID),
            *(
                (name, object, None if column.is_relation else column.get_default())
                for name, column in COLUMNS.items()
            ),
            *((name, list[tuple], field(default_factory=list)) for name in CHILDREN),
        ],
        slots=True,
    )
):
    """Of one project, as plain values."""

    __slots__ = ()

    @classmethod
    def of_page(cls, page) -> Self:
        """Of the page in hand, saved or not; children without the record they are for are not."""
        facts = cls(page.translation_key, *(getattr(page, name) for name in COLUMNS))
        for name, columns in CHILDREN.items():
            children = getattr(page, name).all()
            rows = (tuple(getattr(child, column) for column in columns) for child in children)
            setattr(facts, name, [row for row in rows if row[0]])
        return facts

    @property
    def last_day(self) -> date | None:
        return self.extension_end_date or self.end_date

    @property
    def status(self) -> Status | None:
        return Status.of(self.start_date, self.last_day)

    # As rows, like the other records that it names.
    programmes = property(lambda self: [(self.programme_id,)])

    def running_years(self, today: date) -> Iterable[int]:
        """In which the project runs; one without an end goes on until ``today``."""
        first = self.start_date or self.last_day
        last = self.last_day or (max(first, today) if first else None)
        if first is None or last < first:
            return ()
        return range(max(first.year, YEARS[0]), min(last.year, YEARS[-1]) + 1)

    def values(self) -> Iterator[tuple[str, str]]:
        """Facet and value, for every value that the same project has in every language.

        ``named_region`` is no facet: regions that the editor named, not those of the towns. An
        ``organisation`` is one in any role, a funder too.
        """
        known = registers()
        for facet, rows, register in (
            ("theme", self.themes, known.themes),
            ("target_group", self.target_groups, known.target_groups),
        ):
            for (pk,) in rows:
                if pk in register.keys:
                    yield facet, register.slug(pk)
        for (pk,) in self.municipalities:
            if town := known.municipalities.get(pk):
                yield "municipality", town.code
                yield "region", town.region.code
        for (pk,) in self.regions:
            if region := known.regions.get(pk):
                yield "region", region.code
                yield "named_region", region.code
        for pk, *_rest in self.funding:
            if key := known.organisations.keys.get(pk):
                yield "funder", str(key)
        for pk, *_rest in (*self.organisations, *self.funding):
            if key := known.organisations.keys.get(pk):
                yield "organisation", str(key)
        if key := known.programmes.keys.get(self.programme_id):
            yield "programme", str(key)

    def facets(self) -> dict[str, list[str]]:
        """Facet → values, each once."""
        found: dict[str, dict[str, None]] = {}
        for facet, value in self.values():
            found.setdefault(facet, {})[value] = None
        return {facet: list(values) for facet, values in found.items()}


def read_facts(pages: QuerySet) -> dict[UUID, Facts]:
    """Facts by translation key, of these pages (those that carry them), by a query a table."""
    found, by_pk = {}, {}
    for pk, key, *values in pages.order_by().values_list("pk", "translation_key", *COLUMNS):
        found[key] = by_pk[pk] = Facts(key, *values)
    for name, columns in CHILDREN.items():
        rows = ProjectPage._meta.get_field(name).related_model.objects.order_by("sort_order", "pk")
        if len(by_pk) <= FEW:
            rows = rows.filter(page__in=by_pk)
        for page, *values in rows.values_list("page_id", *columns):
            if page in by_pk:
                getattr(by_pk[page], name).append(tuple(values))
    return found
