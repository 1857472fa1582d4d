"""The records that pages name: read from their facts, a query for each kind of reference."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Model
from wagtail.models import Page

from .facts import FactsPage
from .records import FactsRecord


@dataclass
class Needed:
    """A record as it was first written, and the locales in which it is there."""

    source: FactsRecord
    locales: set[int] = field(default_factory=set)


def records_of(pages: Iterable[Page]) -> dict[UUID, list[Needed]]:
    """By the key of a page what it names and has words; employers of people too."""
    named = _named(pages)
    known = _known({ref for refs in named.values() for ref in refs})
    employers = {
        ref: [
            (field.related_model, pk)
            for field in _references(ref[0])
            if (pk := getattr(needed.source, field.attname))
        ]
        for ref, needed in known.items()
    }
    known |= _known({ref for refs in employers.values() for ref in refs} - known.keys())
    found: dict[UUID, list[Needed]] = {}
    for key, refs in named.items():
        refs = [one for ref in refs for one in (ref, *employers.get(ref, ()))]
        things = {known[ref].source: known[ref] for ref in refs if ref in known}
        found[key] = [one for one in things.values() if has_words(one.source)]
    return found


def has_words(record: FactsRecord) -> bool:
    return any(getattr(record, word) for word in record.words)


def _references(model: type[Model], names: Iterable[str] | None = None) -> list:
    """Foreign keys of a model to records of registers; of these names, if any are given."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.many_to_one
        and issubclass(field.related_model, FactsRecord)
        and (names is None or field.name in names)
    ]


def _named(pages: Iterable[Page]) -> dict[UUID, dict[tuple, None]]:
    """By the key of a page (model, primary key) of each record, in the order of the facts."""
    found: dict[UUID, dict[tuple, None]] = defaultdict(dict)
    by_model = defaultdict(set)
    for page in pages:
        if page.specific_class and issubclass(page.specific_class, FactsPage):
            by_model[page.specific_class].add(page.translation_key)
    for model, keys in by_model.items():
        carriers = model._base_manager.filter(translation_key__in=keys, carries_facts=True)
        for reference in _references(model, model.fact_fields):
            rows = carriers.exclude(**{reference.name: None})
            for key, pk in rows.values_list("translation_key", reference.attname):
                found[key][reference.related_model, pk] = None
        for name in model.fact_relations:
            child = model._meta.get_field(name).related_model
            rows = child._base_manager.filter(page__in=carriers.order_by().values("pk"))
            for reference in _references(child):
                filled = rows.exclude(**{reference.name: None}).order_by("sort_order", "pk")
                columns = ("page__translation_key", reference.attname)
                for key, pk in filled.values_list(*columns):
                    found[key][reference.related_model, pk] = None
    return found


def _known(refs: Iterable[tuple]) -> dict[tuple, Needed]:
    by_model = defaultdict(set)
    for model, pk in refs:
        by_model[model].add(pk)
    found = {}
    for model, pks in by_model.items():
        keys = model._base_manager.filter(pk__in=pks).values("translation_key")
        things: dict[UUID, Needed] = {}
        key_of = {}
        for record in model._base_manager.filter(translation_key__in=keys).order_by("pk"):
            thing = things.setdefault(record.translation_key, Needed(record))
            thing.locales.add(record.locale_id)
            key_of[record.pk] = record.translation_key
        found |= {(model, pk): things[key_of[pk]] for pk in pks if pk in key_of}
    return found
