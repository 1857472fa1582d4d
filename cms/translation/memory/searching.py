"""The memory asked by words: how was this said before?

The database narrows by the beginnings of words, which inflected forms have in common; the analysis
of the language then knows which texts have the words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Q, QuerySet
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from cms.analysis import get_analyser, tokens
from cms.core.admin import any_case

from ..models import MemoryEntry
from ..strings.checks import is_blank, is_unread
from ..strings.wording import plain
from .comparing import translated
from .matching import Origins, name_of

MOST_READ = 5_000
MOST_FOUND = 200
MOST_WORDS = 8
ENDING = 3
"""Letters that inflection may change at the end of a word."""


@dataclass(frozen=True)
class Hit:
    """Both texts as they are read."""

    source: str
    target: str
    origin: str
    url: str
    who: str
    made_at: datetime


def search(user, words: str, source: Locale, target: Locale) -> list[Hit]:
    """Translations whose source or wording has all of the words, in any form; the newest first."""
    site = list(_of_site(words, source, target))
    known = Origins(user, target.pk, site)
    found = []
    for row in site:
        if origin := known.of(row):
            text, said = plain(row.translation_of.data), plain(row.data)
            who = name_of(row.last_translated_by)
            found.append(Hit(text, said, origin.name, origin.url, who, row.updated_at))
    for entry in _of_files(words, source, target):
        text, said = plain(entry.source), plain(entry.target)
        found.append(Hit(text, said, entry.origin, "", entry.author, entry.made_at))
    return sorted(found, key=lambda hit: hit.made_at, reverse=True)


def _of_site(words: str, source: Locale, target: Locale) -> Iterator[StringTranslation]:
    rows = translated(source.pk, target.pk).exclude(carried__needs_check=True)
    rows = rows.select_related("translation_of", "context", "last_translated_by")
    names = "translation_of__data", "data"
    rows = _beginning(rows, words, names).order_by("-updated_at", "-pk")[:MOST_READ]
    wanted = Wanted(words, source.language_code), Wanted(words, target.language_code)
    count = 0
    for row in rows.iterator():
        if is_blank(row.data) or is_unread(row):
            continue
        if wanted[0].are_in(row.translation_of.data) or wanted[1].are_in(row.data):
            yield row
            count += 1
        if count == MOST_FOUND:
            return


def _of_files(words: str, source: Locale, target: Locale) -> list[MemoryEntry]:
    rows = MemoryEntry.objects.filter(source_locale=source, target_locale=target)
    rows = _beginning(rows, words, ("source", "target")).order_by("-made_at", "-pk")[:MOST_READ]
    wanted = Wanted(words, source.language_code), Wanted(words, target.language_code)
    found = [row for row in rows if wanted[0].are_in(row.source) or wanted[1].are_in(row.target)]
    return found[:MOST_FOUND]


def _beginning(rows: QuerySet, words: str, names: tuple[str, str]) -> QuerySet:
    """Rows of which one text has a beginning of every word."""
    asked = [token.text for token in islice(tokens(words), MOST_WORDS)]
    # Of Finnish these change inside a word: katto, katon; sopia, sovitaan.
    begins = [word[: max(3, len(word) - ENDING)].rstrip("kptKPT") or word[:2] for word in asked]
    either = Q(pk=None)
    for name in names:
        either |= Q(*(any_case([name], begin) for begin in begins))
    return rows.filter(either) if begins else rows.none()


class Wanted:
    """The words of a question, in a language."""

    def __init__(self, words: str, language: str) -> None:
        self.analyser = get_analyser(language)
        asked = [token.text for token in islice(tokens(words), MOST_WORDS)]
        self.forms = [frozenset(self.analyser.query_forms(word).lemmas) for word in asked]

    def are_in(self, text: str) -> bool:
        there: set[str] = set()
        for token in tokens(plain(text)):
            there |= self.analyser.forms(token.text).all()
        return bool(self.forms) and all(forms & there for forms in self.forms)
