"""Projects by their codes, for who has a code and no address."""

from collections.abc import Iterator
from datetime import date

from cms.core.addresses import Place, register

from .catalogue import catalogue


def coded_projects(today: date) -> Iterator[Place]:
    """The public projects, whatever the day."""
    known = catalogue()
    for key, versions in known.pages.items():
        facts = known.facts[key]
        codes = (facts.code, facts.acronym, *(code for code, _of in facts.codes))
        named = {language: (words.title, words.url) for language, words in versions.items()}
        yield Place(named, tuple(filter(None, codes)))


def connect() -> None:
    register(coded_projects)
