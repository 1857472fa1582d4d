"""Who is who: the ids of files, the translation keys of objects, and the objects themselves."""

import re
import uuid
from collections import defaultdict

from django.utils.text import slugify
from wagtail.models import Page

from ..models import ImportRecord

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/katto/project-files")


def default_key(kind: str, identifier: str) -> uuid.UUID:
    """The translation key of what is first made by a file: the same on every site."""
    return uuid.uuid5(NAMESPACE, f"{kind}:{identifier}")


class Directory:
    """Looks ids and keys up in both directions. ``models`` maps kinds to their models."""

    def __init__(self, models: dict, locale):
        self.models, self.locale = models, locale
        self._keys: dict[tuple, uuid.UUID] = {}
        self._names: dict[tuple, str] = {}
        self._used: dict[str, set] = defaultdict(set)
        rows = ImportRecord.objects.filter(language=locale.language_code).order_by("pk")
        for kind, identifier, key in rows.values_list("kind", "identifier", "translation_key"):
            self.learn(kind, identifier, key)

    def learn(self, kind: str, identifier: str, key: uuid.UUID) -> None:
        self._keys[kind, identifier] = key
        self._names[kind, key] = identifier
        self._used[kind].add(identifier)

    def __contains__(self, pair: tuple[str, str]) -> bool:
        return pair in self._keys

    def key(self, kind: str, identifier: str) -> uuid.UUID:
        return self._keys.get((kind, identifier)) or default_key(kind, identifier)

    def identifier(self, kind: str, instance) -> str | None:
        """The id of an object; one made in the admin gets its own from its slug or name."""
        if instance is None:
            return None
        key = instance.translation_key
        if (kind, key) not in self._names:
            self._name_all(kind)
        return self._names.get((kind, key)) or str(key)

    def _name_all(self, kind: str) -> None:
        """Name every object of the kind at once, in the order of keys: the same names each time."""
        model = self.models[kind]
        word = "slug" if any(f.name == "slug" for f in model._meta.get_fields()) else "name"
        rows = model.objects.filter(locale=self.locale).order_by("translation_key")
        for key, text in rows.values_list("translation_key", word):
            if (kind, key) in self._names:
                continue
            base = re.sub("[-_]+", "-", slugify(text)[:70]).strip("-") or kind.replace("_", "-")
            name, number = base, 2
            while name in self._used[kind]:
                name, number = f"{base}-{number}", number + 1
            self.learn(kind, name, key)

    def owner(self, shape, key: uuid.UUID) -> str | None:
        """The id that the key has had so far, or the title of another kind of page that has it."""
        if (shape.kind, key) in self._names:
            return self._names[shape.kind, key]
        if not issubclass(shape.model, Page):
            return None
        page = Page.objects.filter(translation_key=key).first()
        return page.title if page and page.specific_class is not shape.model else None

    def names(self, kind: str) -> set[str]:
        return self._used[kind]

    def find(self, kind: str, identifier: str):
        """The object in the source language, or None."""
        return (
            self.models[kind]
            .objects.filter(translation_key=self.key(kind, identifier), locale=self.locale)
            .first()
        )
