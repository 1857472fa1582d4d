"""Project pages as lists show them: each with its own words, and its facts from the catalogue."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import translation

from .catalogue import catalogue
from .models import ProjectPage


def cards(keys: Iterable[UUID], language: str | None = None) -> list[ProjectPage]:
    """The best page of each project for a reader, in the order given. One query."""
    language = language or translation.get_language()
    known = catalogue()
    wanted = [known.page(key, language)[0] for key in keys if key in known.pages]
    pages = ProjectPage.objects.select_related("locale").defer("body").in_bulk(wanted)
    return [pages[pk] for pk in wanted if pk in pages]
