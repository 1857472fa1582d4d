"""Records of registers in several languages: facts the same in all, names each its own.

A record is small: each language has a copy of the facts, and saving the one first written changes
all of them. What names a record that goes names it in another language from then on.
"""

from collections import defaultdict
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import TranslatableField


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
