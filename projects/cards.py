"""Project pages as lists show them: each with its own words, and its facts from the catalogue."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import translation

from .catalogue import catalogue
from .models import ProjectPage

SHOWN = ("title", "lead", "url_path", "locale", "translation_key", "carries_facts")


def cards(keys: Iterable[UUID], language: str | None = None) -> list[ProjectPage]:
    """The best page of each project for a reader, in the order given. One query."""
    from cms.core.routing import locales

    language = language or translation.get_language()
    known = catalogue()
    wanted = [known.page(key, language)[0] for key in keys if key in known.pages]
    pages = {page.pk: page for page in ProjectPage.objects.filter(pk__in=wanted).only(*SHOWN)}
    for page in pages.values():
        page.locale = locales()[page.locale_id]
    return [pages[pk] for pk in wanted if pk in pages]
