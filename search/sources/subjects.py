"""What projects have in common, as pages of its own: organisations, programmes, terms, places.

Records come to the public and leave it with the projects that name them, without being saved:
whoever follows a project asks :func:`strays`.
"""

from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import QuerySet
from django.utils import timezone, translation

from projects.public import place_name, registers
from projects.public.addresses import MODELS, TERMS, shown_keys, url_of
from projects.public.catalogue import catalogue

from ..documents import SearchDocument, document_id
from .base import OFFICIAL, Context, Failure, Source, place_names, tell

CAUSES = {"project", "person"}
"""Kinds whose documents decide which subjects the public meets."""


class RecordSource(Source):
    """One register; ``kind`` is that of its addresses and of its documents alike."""

    def __init__(self, kind: str) -> None:
        self.kind, self.model = kind, MODELS[kind]

    def keys(self) -> list[UUID]:
        known = registers().of_model(self.model).languages
        return sorted(shown_keys(self.model, timezone.localdate()) & known.keys())

    def visible(self) -> QuerySet:
        keys = shown_keys(self.model, timezone.localdate())
        return self.model.objects.filter(translation_key__in=keys, is_draft=False)

    def document(self, record, locale: str, context: Context) -> SearchDocument:
        register = registers().of(record)
        versions = register.languages.get(record.translation_key, {}).values()
        names = {name for each in versions for name in (each.name, getattr(each, "short_name", ""))}
        value = record.slug if self.kind in TERMS else str(record.translation_key)
        return super().document(
            record,
            locale,
            context,
            title=record.name,
            lead=str(record.get_kind_display()) if self.kind == "organisation" else "",
            names=sorted(names - {record.name, ""}),
            codes=[code for code in [getattr(record, "business_id", "")] if code],
            numbers=[getattr(record, "phone", "")],
            url=url_of(self.kind, value, locale),
            facets={"language": context.languages},
        )


def place_key(kind: str, code: str) -> UUID:
    """Places have no key of their own, and every document has one."""
    return uuid5(NAMESPACE_URL, f"{kind}/{code}")


class PlaceSource(Source):
    """Municipalities and regions in which there are projects, in every language alike."""

    kind = "place"

    def keys(self) -> list[UUID]:
        return list(self.places())

    def places(self) -> dict[UUID, tuple[str, str]]:
        masks = catalogue().masks
        known = (place for place in registers().places if place[1] in masks[place[0]])
        return {place_key(*place): place for place in known}

    def documents(
        self, keys: Iterable | None = None, failed: Failure | None = None
    ) -> Iterator[SearchDocument]:
        context, known = Context(), self.places()
        wanted = known if keys is None else {UUID(str(key)) for key in keys}
        for key in known.keys() & wanted:
            try:
                documents = [
                    self.of_place(key, *known[key], each) for each in context.codes.values()
                ]
            except Exception as error:
                tell(failed, self.kind, key, error)
            else:
                yield from documents

    def of_place(self, key: UUID, kind: str, code: str, locale: str) -> SearchDocument:
        place = registers().places[kind, code]
        title, language = place_name(place, locale)
        region = place_name(place.region, locale)[0] if kind == "municipality" else ""
        with translation.override(locale):
            return SearchDocument(
                id=document_id(self.kind, key, locale),
                key=str(key),
                type=self.kind,
                locale=locale,
                language=language,
                title=title,
                lead=region,
                names=[name for name in place_names([place], locale) if name != title],
                url=url_of(kind, code, locale),
                suggestions={"place": place_names([place], locale)},
                facets={"language": list(OFFICIAL)},
            )


SUBJECTS: dict[str, Source] = {
    **{kind: RecordSource(kind) for kind in MODELS},
    PlaceSource.kind: PlaceSource(),
}


def strays(engine, records: Iterable[tuple[str, object]]) -> set[tuple[str, str]]:
    """Kind and key of subjects that these records have brought to the public or taken from it.

    The index lacks them, or has them though the public meets them no more.
    """
    records = {(kind, str(key)) for kind, key in records}
    if CAUSES.isdisjoint(kind for kind, _key in records):
        return set()
    wanted = {(kind, str(key)) for kind, source in SUBJECTS.items() for key in list(source.keys())}
    indexed = {tuple(id.split(":", 2)[:2]) for id, _fingerprint in engine.ids(*SUBJECTS)}
    return (wanted ^ indexed) - records
