"""A page by what is left of its address: typed by hand, cut out of a mail, or of an old list.

Everything that visitors may meet is held in memory by its way, its codes and the words of its
title, for one content epoch and day: a flood of wrong addresses costs look-ups and no search.
Rooms above say what they have (:func:`register`). Where this leads is always an address that one
of them gave, never a piece of what was asked.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.text import slugify
from rapidfuzz import fuzz, process
from wagtail.coreutils import string_to_ascii
from wagtail.models import Page

from .content_epoch import held
from .languages import best_version, language_codes
from .permissions import LocalisedPageQuerySet
from .routing import served_below, url_parts

WITHOUT_LANGUAGE = ("/api/", "/admin/", "/documents/", "/media/", "/static/", "/style/")
LONGEST = 300
"""Characters of an address that are read."""
MOST_SEGMENTS = 12
MOST_WORDS = 8
SHORTEST_WORD, SHORTEST_BEGINNING = 3, 4
MOST_ALIKE = 20
ALIKE = 80
"""Of 100, how like two words are."""
OFFERED = 5
STRAY = " \t\r\n.,;:!?()[]{}<>«»‹›\"'`´“”„‟‘’‚،؛؟。…*"
"""What a mail or a sentence leaves around an address."""


class Place(NamedTuple):
    """Something with a page: language → (title, address). Whoever asks for a code means it."""

    versions: Mapping[str, tuple[str, str]]
    codes: tuple[str, ...] = ()


class Destination(NamedTuple):
    """Where a visitor is led; ``guessed``: the language is the reader's and not the address's."""

    url: str
    guessed: bool


Provider = Callable[[date], Iterable[Place]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Have a room's places found. They are what everybody may see on the day given."""
    if provider not in _providers:
        _providers.append(provider)


def pages(today: date) -> Iterator[Place]:
    """Every page that is open to everybody."""
    found: dict = defaultdict(dict)
    rows = LocalisedPageQuerySet(Page).visible().filter(depth__gt=1).order_by("locale_id")
    for key, locale, title, way in rows.values_list(
        "translation_key", "locale_id", "title", "url_path"
    ):
        if parts := url_parts(way):
            found[key][language_codes()[locale]] = (title, parts[2])
    return map(Place, found.values())


def plain(text: str) -> str:
    """A code or a segment without case and signs: ``S-22354`` is ``s22354``."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def words_of(text: str) -> list[str]:
    """The words of a title or an address, as addresses have them."""
    found = slugify(string_to_ascii(text)).replace("_", "-").split("-")
    return [word for word in dict.fromkeys(found) if len(word) >= SHORTEST_WORD]


class Directory:
    """All places, by way, code and word."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = [place for place in places if place.versions]
        self.ways: dict[tuple[str, str], int] = {}
        self.codes: dict[str, set[str]] = defaultdict(set)
        self.words: dict[str, set[int]] = defaultdict(set)
        self._by_code: dict[str, int] = {}
        for number, place in enumerate(self.places):
            self._add(number, place)
        self.spelt = sorted(self.words)

    def _add(self, number: int, place: Place) -> None:
        for language, (title, url) in place.versions.items():
            way = below(url)
            self.ways[language, way] = number
            self.ways.setdefault(("", way), number)
            for word in words_of(f"{title} {way.rpartition('/')[2]}"):
                self.words[word].add(number)
        # A page is told of more than once: by its address it is one.
        same = min(url for _title, url in place.versions.values())
        for code in filter(None, map(plain, place.codes)):
            self.codes[code].add(same)
            self._by_code[code] = number
            self.words[code].add(number)

    def find(self, segments: list[str], language: str) -> Place | None:
        """The place at this way, or the only one with this code where nothing else is named."""
        way = "/".join(segments)
        number = self.ways.get((language, way), self.ways.get(("", way)))
        if number is None and segments:
            code, above = plain(segments[-1]), "/".join(segments[:-1])
            if len(self.codes.get(code, ())) == 1 and (not above or ("", above) in self.ways):
                number = self._by_code[code]
        return None if number is None else self.places[number]

    def url_for(self, place: Place, language: str) -> str:
        """For a reader; what has no words in the language is shown in others at its address."""
        url = best_version(dict(place.versions), language)[1]
        if language in place.versions or (language, "") not in self.ways:
            return url
        return served_below(language) + url.split("/", 2)[2]

    def like(self, words: Iterable[str]) -> list[Place]:
        """Places whose titles have the words, those with the most and the rarest first."""
        scores: dict[int, float] = defaultdict(float)
        for word in list(words)[:MOST_WORDS]:
            for found, share in self._met(word):
                rarity = share * math.log(1 + len(self.places) / len(self.words[found]))
                for number in self.words[found]:
                    scores[number] += rarity
        ranked = sorted(scores, key=lambda number: (-round(scores[number], 6), number))
        return [self.places[n] for n in ranked if scores[n] >= scores[ranked[0]] / 3]

    def _met(self, word: str) -> Iterator[tuple[str, float]]:
        """(a known word, how far it is the one asked for): itself, beginnings, or alike ones."""
        if word in self.words:
            yield word, 1.0
            return
        if len(word) < SHORTEST_BEGINNING:
            return
        start = bisect_left(self.spelt, word)
        longer = [x for x in self.spelt[start : start + MOST_ALIKE] if x.startswith(word)]
        yield from ((found, 0.8) for found in longer)
        if not longer:
            alike = process.extract(
                word, self.spelt, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=3
            )
            yield from ((found, score / 200) for found, score, _number in alike)


def below(url: str) -> str:
    """An address without its language, in lower case."""
    return "/".join(unquote(url).casefold().strip("/").split("/")[1:])


@held
def directory(today: date) -> Directory:
    return Directory(place for provider in (pages, *_providers) for place in provider(today))


def read(path: str) -> tuple[str, list[str]]:
    """(the language that an address names or "", its segments in lower case without stray signs)"""
    segments = [part.strip(STRAY).casefold() for part in path[:LONGEST].split("/")]
    segments = [part for part in segments if part][: MOST_SEGMENTS + 1]
    codes = {code.casefold(): code for code, _name in settings.LANGUAGES}
    language = codes.get(segments[0].replace("_", "-"), "") if segments else ""
    return language, segments[1:] if language else segments


def destination(path: str) -> Destination | None:
    """Where somebody wanted to go who asked for an address that is none, if that is certain."""
    named, segments = read(path)
    if len(path) > LONGEST or path.startswith(WITHOUT_LANGUAGE) or not (named or segments):
        return None
    language = named or translation.get_language() or settings.LANGUAGE_CODE
    known = directory(timezone.localdate())
    if named and ("", "") in known.ways and (named, "") not in known.ways:
        return None  # a language without a home page has no pages
    place = known.find(segments, language)
    url = known.url_for(place, language) if place else _of_a_view(language, segments)
    return Destination(url, not named) if url and unquote(url) != path else None


def _of_a_view(language: str, segments: list[str]) -> str:
    """The address of a view without arguments: the search, a feed."""
    way = "/".join(["", language, *segments])
    with translation.override(language):
        for url in (f"{way}/", way):
            try:
                match = resolve(url)
            except Resolver404:
                continue
            if not (match.args or match.kwargs):
                return url
    return ""


def likely(path: str) -> list[tuple[str, str, str]]:
    """(language, title, address) of a few pages that an address may have been for."""
    if path.startswith(WITHOUT_LANGUAGE):
        return []
    _named, segments = read(path)
    language, found = translation.get_language() or settings.LANGUAGE_CODE, {}
    words = [word for segment in reversed(segments) for word in words_of(segment)]
    for place in directory(timezone.localdate()).like(dict.fromkeys(words)):
        codes = {url: code for code, (_title, url) in place.versions.items()}
        title, url = best_version(dict(place.versions), language)
        found.setdefault(url, (codes[url], title, url))
        if len(found) == OFFERED:
            break
    return list(found.values())
