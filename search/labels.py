"""What a facet's value is called, in the reader's language: all names in one SQL statement."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.content_epoch import current_epoch
from cms.core.languages import language_name
from cms.core.querysets import language_chain
from projects.models import (
    Municipality,
    Organisation,
    Programme,
    Region,
    Status,
    TargetGroup,
    Theme,
)
from projects.public import named_publicly

from .engines.base import NOT_STATED

FACET_TITLES = {
    "type": _("Type"),
    "status": _("Status"),
    "theme": _("Theme"),
    "target_group": _("Target group"),
    "region": _("Region"),
    "municipality": _("Municipality"),
    "funder": _("Funder"),
    "programme": _("Programme"),
    "year": _("Year"),
    "language": _("Language"),
}
TYPE_TITLES = {
    "project": _("Projects"),
    "publication": _("Publications"),
    "person": _("People"),
    "page": _("Other pages"),
}
KIND_TITLES = {
    "project": _("Project"),
    "publication": _("Publication"),
    "person": _("Person"),
    "page": _("Page"),
    "organisation": _("Organisation"),
    "place": _("Place"),
    "word": _("Search word"),
}
TERMS = {"theme": Theme, "target_group": TargetGroup}
RECORDS = {"funder": Organisation, "programme": Programme}
PLACES = {"region": Region, "municipality": Municipality}


def uuids(values: Iterable[str]) -> list[UUID]:
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def text(expression) -> Cast:
    return Cast(expression, CharField())


def rows(model, facet: str, wanted: Q, key: str, name, locale):
    """(facet, key, name, language of the name, parent code) of the records wanted, as strings."""
    parent = F("region__code") if model is Municipality else Value("")
    return (
        model.objects.filter(wanted)
        .order_by()
        .annotate(
            facet_name=text(Value(facet)),
            facet_key=text(key),
            facet_label=text(name),
            facet_locale=text(locale),
            facet_parent=text(parent),
        )
        .values_list("facet_name", "facet_key", "facet_label", "facet_locale", "facet_parent")
    )


def fetch(values: dict[str, Iterable[str]], language: str) -> list[tuple]:
    statements = []
    for facet, model in TERMS.items():
        if wanted := list(values.get(facet, ())):
            statements.append(
                rows(
                    model,
                    facet,
                    Q(slug__in=wanted) & named_publicly(model),
                    "slug",
                    "name",
                    F("locale__language_code"),
                )
            )
    for facet, model in RECORDS.items():
        if wanted := uuids(values.get(facet, ())):
            condition = Q(translation_key__in=wanted) & named_publicly(model)
            statements.append(
                rows(model, facet, condition, "translation_key", "name", F("locale__language_code"))
            )
    for facet, model in PLACES.items():
        if wanted := list(values.get(facet, ())):
            column = f"name_{language}"
            known = {field.name for field in model._meta.fields}
            name = column if column in known else "name_fi"
            shown = Value(name.removeprefix("name_"))
            statements.append(rows(model, facet, Q(code__in=wanted), "code", name, shown))
    if not statements:
        return []
    first, *others = statements
    return list(first.union(*others, all=True) if others else first)


class Labels:
    """Names of facet values. ``parents`` gives a municipality's region code."""

    def __init__(self, values: dict[str, Iterable[str]], language: str | None = None) -> None:
        language = language or translation.get_language() or "fi"
        ranks = {code: rank for rank, code in enumerate(language_chain(language))}
        self.names: dict[tuple[str, str], tuple[str, str]] = {}
        self.parents: dict[str, str] = {}
        best: dict[tuple[str, str], int] = {}
        for facet, key, name, code, parent in fetch(values, language):
            if facet in RECORDS:
                key = str(UUID(str(key)))
            rank = ranks.get(code, len(ranks))
            if rank < best.get((facet, key), len(ranks) + 1):
                best[facet, key], self.names[facet, key] = rank, (name, code)
            if parent:
                self.parents[key] = parent

    def name(self, facet: str, value: str) -> str:
        if value == NOT_STATED:
            return gettext("Not stated")
        if facet == "type":
            return str(TYPE_TITLES.get(value, value))
        if facet == "status":
            return str(Status(value).label) if value in Status.values else value
        if facet == "language":
            return language_name(value)
        return self.names.get((facet, value), (value, ""))[0]

    def language(self, facet: str, value: str) -> str:
        """The language of the name, where it comes from a record; "" for the reader's own."""
        if facet == "language":
            return value if value != NOT_STATED else ""
        return self.names.get((facet, value), ("", ""))[1]


@lru_cache(maxsize=256)
def _labels(values: frozenset[tuple[str, str]], language: str, epoch: str) -> Labels:
    by_facet: dict[str, list[str]] = {}
    for facet, value in values:
        by_facet.setdefault(facet, []).append(value)
    return Labels(by_facet, language)


def labels_of(values: dict[str, Iterable[str]], language: str) -> Labels:
    """The labels, read once for each epoch: the same facets stand beside most questions."""
    pairs = frozenset((facet, value) for facet, found in values.items() for value in found)
    return _labels(pairs, language, current_epoch())
