"""Projects as lists show them: the words of one page each, and the facts of the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils import translation

from .catalogue import Words, catalogue
from .facts import ProjectFacts
from .models import ProjectPage


@dataclass
class Card:
    """A project in the best language for a reader. ``lead`` is empty where none was asked for."""

    key: UUID
    words: Words
    language: str
    lead: str = ""

    @property
    def title(self) -> str:
        return self.words.title

    @property
    def language_code(self) -> str:
        """The language of the words."""
        return self.words.language

    @cached_property
    def url(self) -> str:
        return self.words.url

    @cached_property
    def facts(self) -> ProjectFacts:
        return ProjectFacts(catalogue().facts[self.key], self.language)


def cards(keys: Iterable[UUID], language: str | None = None, leads: bool = False) -> list[Card]:
    """In the order given. With leads it costs one query."""
    language = language or translation.get_language()
    known = catalogue()
    found = [Card(key, known.page(key, language), language) for key in keys if key in known.pages]
    if leads:
        pages = ProjectPage.objects.filter(pk__in=[card.words.pk for card in found])
        texts = dict(pages.values_list("pk", "lead"))
        for card in found:
            card.lead = texts.get(card.words.pk, "")
    return found
