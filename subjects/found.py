"""What a wrong address may have been for: pages of subjects and their lists."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cms.core.addresses import Place
from projects.public.addresses import MODELS, PLACES, SEGMENTS, addresses, shown_keys

from .subject import TITLES, Subject

LANGUAGES = dict(settings.LANGUAGES)


def places(today: date) -> Iterator[Place]:
    """Every subject that visitors meet by name, and the lists of each kind."""
    for kind, segment in SEGMENTS.items():
        versions = {}
        for language in LANGUAGES:
            with translation.override(language):
                title = str(TITLES[kind][1])
                versions[language] = (title, reverse("subjects:list", args=[segment]))
        yield Place(versions)
        keys = {str(key) for key in shown_keys(MODELS[kind], today)} if kind in MODELS else None
        for of, value in addresses().slugs:
            if of == kind and (kind in PLACES or _key(kind, value) in keys):
                yield _place(kind, value)


def _key(kind: str, value: str) -> str:
    return str(Subject(kind, value, settings.LANGUAGE_CODE).key)


def _place(kind: str, value: str) -> Place:
    subjects = {language: Subject(kind, value, language) for language in LANGUAGES}
    return Place({code: (each.title, each.url) for code, each in subjects.items() if each.url})
