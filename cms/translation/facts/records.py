"""Records of registers in several languages: facts the same in all, names each its own.

A record is small: each language has a copy of the facts, and saving the one first written changes
all of them. What names a record that goes names it in another language from then on. Which records
a page names is read from its facts (:func:`records_of`), a query for each kind of reference.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from . import FactsPage


def _to_another_language(collector, field, rows, using, last) -> None:
    """What names a record goes on to name it in a language that stays; without one, ``last``."""
    model, going = field.remote_field.model, defaultdict(list)
    for row in rows:
        going[getattr(row, field.attname)].append(row)
    for pk, named in going.items():
        key = model._base_manager.filter(pk=pk).values("translation_key")
        others = model._base_manager.filter(translation_key__in=key).exclude(pk=pk).order_by("pk")
        gone = collector.data.get(model, ())
        heir = next((other for other in others if other not in gone), None)
        if heir:
            collector.add_field_update(field, heir, named)
        else:
            last(collector, field, named, using)


def PASS_ON_OR_CASCADE(collector, field, rows, using) -> None:
    """``on_delete`` of a foreign key to a record of a register: its languages are one thing."""
    _to_another_language(collector, field, rows, using, models.CASCADE)


def PASS_ON_OR_NULL(collector, field, rows, using) -> None:
    """The same, where a row may name nobody."""
    _to_another_language(collector, field, rows, using, models.SET_NULL)


class FactsRecord(index.Indexed, TranslatableMixin, models.Model):
    """A record of a register. ``words`` are the fields that each language has for itself.

    ``is_draft``: made for translators, and nobody has approved its words yet. The public never
    meets them: it reads the name in another language.
    """

    is_draft = models.BooleanField(
        _("draft"),
        default=False,
        editable=False,
        help_text=_("Made for a translation: not public until its words are approved."),
    )

    words: tuple[str, ...] = ("name",)
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def __init_subclass__(cls, **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        cls.translatable_fields = [TranslatableField(name) for name in cls.words]

    def save(self, *args, **kwargs) -> None:
        carrier = self.carrier
        if carrier.pk not in (None, self.pk):
            for attname, value in carrier._facts().items():
                setattr(self, attname, value)
        super().save(*args, **kwargs)
        if carrier.pk == self.pk:
            others = type(self)._base_manager.filter(translation_key=self.translation_key)
            others.exclude(pk=self.pk).update(**self._facts())

    @classmethod
    def fact_names(cls) -> list[str]:
        own = {"id", "locale", "translation_key", "is_draft", *cls.words}
        return [field.name for field in cls._meta.concrete_fields if field.name not in own]

    @property
    def carrier(self) -> Self:
        """The record first written: its facts are those of all languages."""
        records = type(self)._base_manager.filter(translation_key=self.translation_key)
        return records.order_by("pk").first() or self

    def _facts(self) -> dict:
        attnames = (self._meta.get_field(name).attname for name in self.fact_names())
        return {attname: getattr(self, attname) for attname in attnames}


def approve(record: FactsRecord) -> None:
    """From now on the public meets the record by its words.

    Before ``save_target``, in the same transaction: that notes what is public.
    """
    if record.is_draft:
        record.is_draft = False
        record.save(update_fields=["is_draft"])


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
