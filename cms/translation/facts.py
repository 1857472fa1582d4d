"""One thing, one set of facts: each language of a page or record adds only words.

Facts of a page lie on the one of its languages that was first written, and nowhere else
(:class:`FactsPage`). A record of a register is small: each language has a copy of the facts, and
saving the one first written changes all of them (:class:`FactsRecord`). Every way in goes through
``save``: facts put on another language, by a form, a file, an alias or an old revision, fall away.
"""

from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.functional import cached_property
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import TranslatableField


class FactsRecord(TranslatableMixin, models.Model):
    """A record of a register. ``words`` are the fields that each language has for itself."""

    words: tuple[str, ...] = ("name",)

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.translatable_fields = [TranslatableField(name) for name in cls.words]

    def save(self, *args, **kwargs):
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
        own = {"id", "locale", "translation_key", *cls.words}
        return [field.name for field in cls._meta.concrete_fields if field.name not in own]

    @property
    def carrier(self):
        """The record first written: its facts are those of all languages."""
        records = type(self)._base_manager.filter(translation_key=self.translation_key)
        return records.order_by("pk").first() or self

    def _facts(self) -> dict:
        attnames = (self._meta.get_field(name).attname for name in self.fact_names())
        return {attname: getattr(self, attname) for attname in attnames}


class FactsPage(models.Model):
    """A page that carries the facts of its thing, or leaves them to the language that does."""

    carries_facts = models.BooleanField(default=True, editable=False)

    fact_fields: tuple[str, ...] = ()
    fact_relations: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self._state.adding:
            same = type(self).objects.filter(translation_key=self.translation_key)
            self.carries_facts = not same.filter(carries_facts=True).exists()
        if not self.carries_facts:
            self.drop_facts()
        return super().save(*args, **kwargs)

    @classmethod
    def fact_names(cls) -> list[str]:
        return [*cls.fact_fields, *cls.fact_relations]

    @cached_property
    def carrier(self):
        """The page that carries the facts; this one where no other does."""
        if self.carries_facts:
            return self
        found = type(self).objects.filter(translation_key=self.translation_key, carries_facts=True)
        return found.first() or self

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
            if name in loaded:
                getattr(self, name).set([])

    def take_facts(self, other) -> None:
        """Have the facts of another language of the page; saving keeps them."""
        for name in self.fact_fields:
            attname = self._meta.get_field(name).attname
            setattr(self, attname, getattr(other, attname))
        for name in self.fact_relations:
            other.copy_child_relation(name, self)

    def with_content_json(self, content):
        """Who carries the facts is no matter of a revision.

        One that was written while another language carried them has none to give back.
        """
        page = super().with_content_json(content)
        page.carries_facts = self.carries_facts
        if not self.carries_facts:
            page.drop_facts()
        elif not content.get("carries_facts", True):
            for name in self.fact_fields:
                attname = self._meta.get_field(name).attname
                setattr(page, attname, getattr(self, attname))
            for name in self.fact_relations:
                setattr(page, name, list(getattr(self, name).all()))
        return page


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
