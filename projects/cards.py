"""Projects as lists show them: the words of one page each, and the facts of the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils import translation

from .catalogue import Words, catalogue
from .facts import ProjectFacts


@dataclass
class Card:
    """A project in the best language for a reader."""

    key: UUID
    words: Words
    language: str

    def __getattr__(self, name):
        return getattr(self.words, name)

    @property
    def language_code(self) -> str:
        """The language of the words."""
        return self.words.language

    @cached_property
    def facts(self) -> ProjectFacts:
        return ProjectFacts(catalogue().facts[self.key], self.language)


def cards(keys: Iterable[UUID], language: str | None = None) -> list[Card]:
    """In the order given, without a query."""
    language, known = language or translation.get_language(), catalogue()
    return [Card(key, known.page(key, language), language) for key in keys if key in known.pages]
