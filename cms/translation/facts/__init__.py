"""One thing, one set of facts: each language of a page or record adds only words.

Facts of a page lie on the one of its languages that was first written, and nowhere else
(:class:`FactsPage`; of registers' records see :mod:`.records`). Every way in goes through ``save``:
facts put on another language, by a form, a file, an alias or an old revision, fall away. Place,
address and end of a page are the thing's too: :mod:`.structure`.
"""

import json
from collections import defaultdict
from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.signals import page_published


class FactsPage(models.Model):
    """A page that carries the facts of its thing, or leaves them to the language that does."""

    carries_facts = models.BooleanField(default=True, editable=False)

    fact_fields: tuple[str, ...] = ()
    fact_relations: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if self._state.adding:
            same = type(self).objects.filter(translation_key=self.translation_key)
            self.carries_facts = not same.filter(carries_facts=True).exists()
            if self.carries_facts and self.alias_of_id:
                self._take_facts_of_original()
        if self.carries_facts:
            self._leave_unchanged()
        else:
            self.drop_facts()
        result = super().save(*args, **kwargs)
        if not self.carries_facts:
            self._know_no_children()
        return result

    @classmethod
    def from_db(cls, db, field_names, values) -> Self:
        page = super().from_db(db, field_names, values)
        if not page.__dict__.get("carries_facts", True):
            page._know_no_children()
        return page

    def _leave_unchanged(self) -> None:
        """Of a form or revision, children that are as they were: each would be saved again."""
        loaded = getattr(self, "_cluster_related_objects", None) or {}
        for name in self.fact_relations if self.pk else ():
            if name in loaded:
                model = self._meta.get_field(name).related_model
                columns = [field.attname for field in model._meta.concrete_fields]
                stored = model._base_manager.filter(page=self.pk).order_by("sort_order", "pk")
                given = [tuple(getattr(row, column) for column in columns) for row in loaded[name]]
                if given == list(stored.values_list(*columns)):
                    del loaded[name]

    def _know_no_children(self) -> None:
        """Nobody has to ask the database for facts that are not there."""
        self._cluster_related_objects = {
            **(getattr(self, "_cluster_related_objects", None) or {}),
            **{name: [] for name in self.fact_relations},
        }

    @classmethod
    def fact_names(cls) -> list[str]:
        return [*cls.fact_fields, *cls.fact_relations]

    @cached_property
    def carrier(self) -> Self:
        """The page that carries the facts; this one where no other does."""
        return self.carrier_with()

    def carrier_with(self, *related: str) -> Self:
        """The same, with what these keys name."""
        if self.carries_facts:
            return self
        found = type(self).objects.filter(translation_key=self.translation_key, carries_facts=True)
        return (found.select_related(*related) if related else found).first() or self

    @property
    def is_shown_by_others(self) -> bool:
        """Other languages show what this row says, be it live or not."""
        return self.carries_facts

    def drop_facts(self) -> None:
        for name in self.fact_fields:
            field = self._meta.get_field(name)
            setattr(self, field.attname, field.get_default())
        loaded = getattr(self, "_cluster_related_objects", None) or {}
        for name in self.fact_relations:
            # Not saved, since not loaded.
            loaded.pop(name, None)

    def take_facts(self, other) -> None:
        """Have the facts of another language of the page; saving keeps them."""
        for name in self.fact_fields:
            attname = self._meta.get_field(name).attname
            setattr(self, attname, getattr(other, attname))
        for name in self.fact_relations:
            other.copy_child_relation(name, self)

    def _take_facts_of_original(self) -> None:
        """An alias with a key of its own has a copy of them, be it of a language without facts."""
        original = type(self).objects.filter(pk=self.alias_of_id, carries_facts=False).first()
        if original is not None:
            self.take_facts(original.carrier)

    def to_json(self) -> str:
        """What translators get: words. Facts are no words."""
        content = self.serializable_data()
        for name in self.fact_names():
            content.pop(name, None)
        return json.dumps(content, cls=DjangoJSONEncoder)

    def copy_for_translation(
        self, locale, copy_parents=False, alias=False, exclude_fields=None
    ) -> Self:
        left_out = [*(exclude_fields or ()), *self.fact_relations]
        return super().copy_for_translation(locale, copy_parents, alias, left_out)

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False) -> Self | None:
        if check_fks and not strict_fks:
            data, check_fks = cls._without_the_gone(data), False
        return super().from_serializable_data(data, check_fks, strict_fks)

    @classmethod
    def _without_the_gone(cls, data: dict) -> dict:
        """A revision's content without records that are there no more: one query a register.

        Wagtail asks for each record by itself.
        """
        named: dict[type, set] = defaultdict(set)
        own = _references(cls, cls.fact_fields)
        children = {
            name: _references(cls._meta.get_field(name).related_model)
            for name in cls.fact_relations
        }
        rows = [
            (own, data),
            *((keys, row) for n, keys in children.items() for row in data.get(n, ())),
        ]
        for keys, row in rows:
            for name, model in keys.items():
                named[model].add(row.get(name))
        there = {
            model: set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
            for model, keys in named.items()
            if keys - {None}
        }
        kept = {
            name: None for name, model in own.items() if data.get(name) not in there.get(model, ())
        }
        for relation, keys in children.items():
            child = cls._meta.get_field(relation).related_model
            kept[relation] = [
                row
                for row in _passed_on(child, data, relation, keys, there)
                if all(row.get(name) in there.get(model, ()) for name, model in keys.items())
            ]
        return {**data, **{name: value for name, value in kept.items() if name in data}}

    def with_content_json(self, content) -> Self:
        """Who carries the facts is no matter of a revision.

        One that was written while another language carried them has none to give back.
        """
        page = super().with_content_json(content)
        page.carries_facts = self.carries_facts
        if not self.carries_facts:
            page.drop_facts()
            page._know_no_children()
        elif not content.get("carries_facts", True):
            for name in self.fact_fields:
                attname = self._meta.get_field(name).attname
                setattr(page, attname, getattr(self, attname))
            for name in self.fact_relations:
                setattr(page, name, list(getattr(self, name).all()))
        return page


def _passed_on(child: type, data: dict, relation: str, keys: dict, there: dict) -> list[dict]:
    """Rows of a draft: what is gone may live on in another language, which the stored row names."""
    rows = data.get(relation, ())
    lost = {
        (row["pk"], name)
        for row in rows
        for name, model in keys.items()
        if row.get("pk") and row.get(name) not in there.get(model, ())
    }
    if not lost:
        return rows
    stored = child._base_manager.filter(page=data.get("pk")).in_bulk([pk for pk, _name in lost])
    found = {(pk, n): getattr(stored[pk], f"{n}_id") for pk, n in lost if pk in stored}
    for (_pk, name), value in found.items():
        there.setdefault(keys[name], set()).add(value)
    return [
        {**row, **{n: found[row["pk"], n] for n in keys if (row.get("pk"), n) in found}}
        for row in rows
    ]


def _references(model: type, names: tuple[str, ...] = ()) -> dict[str, type]:
    """Foreign keys of a model (of these names, if any are given) but the one to its page."""
    return {
        field.name: field.related_model
        for field in model._meta.concrete_fields
        if field.many_to_one
        and not isinstance(field, ParentalKey)
        and (field.name in names or not names)
    }


@receiver(page_published, dispatch_uid="aliases-of-translations-follow")
def follow_facts(sender, instance, **kwargs) -> None:
    """Wagtail brings the aliases of a published page up to date, not those of its translations."""
    if isinstance(instance, FactsPage) and instance.carries_facts:
        aliases = sender.objects.filter(alias_of__translation_key=instance.translation_key)
        for alias in aliases.filter(carries_facts=True).exclude(alias_of=instance.pk):
            alias.take_facts(instance)
            alias.save(clean=False)


@receiver(pre_delete, dispatch_uid="facts-are-passed-on")
def pass_on(sender, instance, origin=None, **kwargs) -> None:
    """Give the facts to the oldest other language of a page that is about to go.

    ``origin``: the queryset that goes with it, whose pages inherit nothing.
    """
    if not (isinstance(instance, FactsPage) and instance.carries_facts):
        return
    others = sender.objects.filter(translation_key=instance.translation_key)
    if isinstance(origin, models.QuerySet) and issubclass(sender, origin.model):
        others = others.exclude(pk__in=origin.values("pk"))
    oldest_first = (models.F("alias_of").asc(nulls_first=True), "pk")
    heir = others.exclude(pk=instance.pk).order_by(*oldest_first).first()
    if heir is not None:
        heir.carries_facts = True
        heir.take_facts(instance)
        heir.save(clean=False)
