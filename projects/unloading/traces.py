"""What a site notes of things beside them: translations, logs, links, work of translators."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail_localize.models import (
    String,
    StringTranslation,
    Template,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)

from cms.repair.models import Found, Link, Reading


class Traces:
    """:meth:`note` before the things go, :meth:`remove` after."""

    def __init__(self) -> None:
        self.pages: set[int] = set()
        self.keys: set = set()
        self.records: dict[int, set[str]] = defaultdict(set)
        self.strings: set[int] = set()
        self.templates: set[int] = set()

    def note(self, things: Iterable[Model]) -> None:
        for thing in things:
            if isinstance(thing, Page):
                self.pages.add(thing.pk)
            if hasattr(thing, "translation_key"):
                self.keys.add(thing.translation_key)
            self.records[ContentType.objects.get_for_model(thing).pk].add(str(thing.pk))
        of_these = {"object__in": self.keys}
        sources = TranslationSource.objects.filter(**of_these)
        contexts = TranslationContext.objects.filter(**of_these)
        in_text = Q(segments__source__in=sources) | Q(translations__context__in=contexts)
        self.strings |= set(String.objects.filter(in_text).values_list("pk", flat=True))
        templates = Template.objects.filter(segments__source__in=sources)
        self.templates |= set(templates.values_list("pk", flat=True))

    def remove(self) -> None:
        # In the order in which they refer to each other.
        TranslationSource.objects.filter(object__in=self.keys).delete()
        contexts = TranslationContext.objects.filter(object__in=self.keys)
        StringTranslation.objects.filter(context__in=contexts).delete()
        contexts.delete()
        TranslatableObject.objects.filter(translation_key__in=self.keys).delete()
        # What was translated for nothing else.
        String.objects.filter(pk__in=self.strings, segments=None, translations=None).delete()
        Template.objects.filter(pk__in=self.templates, segments=None).delete()
        PageLogEntry.objects.filter(page__in=self.pages).delete()
        for kind, keys in self.records.items():
            ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys).delete()
        self._remove_readings()

    def _remove_readings(self) -> None:
        page_kind = ContentType.objects.get_for_model(Page).pk
        keys = {**self.records, page_kind: {str(pk) for pk in self.pages}}
        for model in (Reading, *Found.__subclasses__()):
            for kind, pks in keys.items():
                model.objects.filter(content_type=kind, object_id__in=pks).delete()
        Link.objects.filter(uses=None).delete()
