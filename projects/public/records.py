"""Registers as the public meets them: small, changed rarely, held in memory for one epoch."""

from collections import defaultdict
from functools import cached_property
from typing import Any
from uuid import UUID

from cms.core.content_epoch import held
from cms.core.languages import best_version, locales

from ..models import Municipality, Organisation, Person, Programme, Region, TargetGroup, Theme

NAMES = {
    Organisation: "organisations",
    Person: "people",
    Programme: "programmes",
    Theme: "themes",
    TargetGroup: "target_groups",
}


class Register:
    """One model's records in all languages, by the primary key of any or by what they share.

    A draft leads to its record, but never shows its own words: nobody has approved them.
    """

    def __init__(self, model, *related: str) -> None:
        self.keys: dict[int, UUID] = {}
        self.languages: dict[UUID, dict] = defaultdict(dict)
        self.best_of: dict[tuple, object] = {}
        known = locales()
        records = model.objects.select_related(*related).order_by("locale_id", "pk")
        pictures = (f"{name}__renditions" for name in related)
        for record in records.prefetch_related(*pictures):
            record.locale = known[record.locale_id]
            self.keys[record.pk] = record.translation_key
            if not record.is_draft:
                self.languages[record.translation_key][record.locale.language_code] = record
        self.keys = {pk: key for pk, key in self.keys.items() if key in self.languages}
        self.keys_of_slugs = {
            record.slug: key
            for key, records in self.languages.items()
            for record in records.values()
            if hasattr(record, "slug")
        }

    @cached_property
    def members(self) -> set[UUID]:
        """Of organisations: the association's members."""
        return {
            key
            for key, records in self.languages.items()
            if any(record.is_member for record in records.values())
        }

    def slug(self, pk: int) -> str:
        """Of a term: the same in all its languages."""
        return next(iter(self.languages[self.keys[pk]].values())).slug

    def get(self, pk: int | None, language: str) -> Any:
        """The record for a reader of ``language``, or ``None``: its best translation."""
        key = self.keys.get(pk)
        return None if key is None else self.by_key(key, language)

    def by_key(self, key: UUID, language: str) -> Any:
        if (key, language) not in self.best_of:
            self.best_of[key, language] = best_version(self.languages.get(key, {}), language)
        return self.best_of[key, language]


class Registers:
    """Each register is read when somebody first asks for it."""

    organisations = cached_property(lambda self: Register(Organisation, "logo"))
    people = cached_property(lambda self: Register(Person, "photo"))
    programmes = cached_property(lambda self: Register(Programme, "national_logo"))
    themes = cached_property(lambda self: Register(Theme))
    target_groups = cached_property(lambda self: Register(TargetGroup))

    def of(self, record) -> Register:
        return self.of_model(type(record))

    def of_model(self, model: type) -> Register:
        return getattr(self, NAMES[model])

    @cached_property
    def regions(self) -> dict[int, Region]:
        return {region.pk: region for region in Region.objects.all()}

    @cached_property
    def municipalities(self) -> dict[int, Municipality]:
        towns = {town.pk: town for town in Municipality.objects.all()}
        for town in towns.values():
            town.region = self.regions[town.region_id]
        return towns

    @cached_property
    def places(self) -> dict[tuple[str, str], Region | Municipality]:
        """Facet and code → the place."""
        regions = {("region", place.code): place for place in self.regions.values()}
        towns = {("municipality", place.code): place for place in self.municipalities.values()}
        return regions | towns


@held
def registers() -> Registers:
    return Registers()


def place_name(place, language: str) -> tuple[str, str]:
    """The official name for a reader of ``language``, and the language that it is in."""
    known = language if getattr(place, f"name_{language}", "") else "fi"
    return place.name_in(known), known


def named(record) -> tuple[str, str]:
    return (record.name, record.locale.language_code) if record else ("", "")
