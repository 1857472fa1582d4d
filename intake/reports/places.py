"""Municipalities and regions where a project works, in any inflected form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from projects.models import Municipality, Region

from .blocks import Span, Text
from .entries import Entry, sentences
from .mention import Mention
from .vocabulary import pattern
from .words import Token, classes, lemmas, tokens

WHERE = pattern("places", "WHERE")
AREA = pattern("places", "AREA")
ELSEWHERE = pattern("places", "ELSEWHERE")
ADDRESS = pattern("places", "ADDRESS")
LOCAL = pattern("places", "LOCAL")
PREPOSITION = re.compile(
    r"\b(?:i|på|in|from|till|från|around|across|and|och|samt)\s$", re.IGNORECASE
)
LIST = re.compile(
    r"^\s*(?:,|ja\b|sekä\b|och\b|and\b|samt\b|tai\b|–|-)|(?:,|ja|sekä|och|and|samt|tai)\s$"
)
NAMES = {"paikannimi"}


@dataclass(frozen=True)
class Place:
    """A place of the official list, where it is named."""

    code: str
    name: str
    is_region: bool
    span: Span
    weight: int = 0


class Gazetteer:
    """The official places by their names in Finnish and Swedish."""

    @cached_property
    def known(self) -> dict[str, list[tuple[str, str, bool]]]:
        found: dict[str, list[tuple[str, str, bool]]] = {}
        for model, is_region in ((Municipality, False), (Region, True)):
            for place in model.objects.all():
                names = {place.name_fi, place.name_sv, getattr(place, "name_en", "")}
                for name in filter(None, names):
                    key = name.removesuffix(" kunta").lower()
                    found.setdefault(key, []).append((place.code, place.name_fi, is_region))
        return found

    @cached_property
    def regions(self) -> dict[str, tuple[str, str]]:
        """By the code of a municipality: the code and name of its region."""
        rows = Municipality.objects.select_related("region")
        return {row.code: (row.region.code, row.region.name_fi) for row in rows}

    def of_word(self, word: str) -> list[tuple[str, str, bool]]:
        """The places that a word can name, in any form."""
        forms = lemmas(word) | {word.lower()}
        if word.lower().endswith("s"):
            forms |= {word.lower()[:-1]}
        return [place for form in forms for place in self.known.get(form, ())]


def in_text(text: str, gazetteer: Gazetteer) -> Iterator[tuple[Token, list]]:
    """Capitalised words that name a place, and what they name; two words together first."""
    words = list(tokens(text))
    skip = -1
    for at, word in enumerate(words):
        if not word.text[:1].isupper() or at <= skip:
            continue
        pair = _longest(text, words, at, gazetteer)
        if pair:
            yield pair, gazetteer.known[pair.text.lower()]
            skip = at + len(pair.text.split()) - 1
        elif found := gazetteer.of_word(word.text):
            yield word, found


def _longest(text: str, words: list[Token], at: int, gazetteer: Gazetteer) -> Token | None:
    """Three words or two that are the name of one place."""
    for size in (3, 2):
        pair = _together(text, words[at : at + size], size)
        if pair and pair.text.lower() in gazetteer.known:
            return pair
    return None


def _together(text: str, words: list[Token], size: int) -> Token | None:
    if len(words) < size:
        return None
    whole = text[words[0].start : words[-1].end]
    if "\n" in whole or len(whole) > 40 or not re.fullmatch(r"[\w-]+(?:\s[\w-]+)+", whole):
        return None
    return Token(re.sub(r"(?<=and)s$|(?<=\w{4})s$", "", whole), words[0].start, words[-1].end)


PARTNER = re.compile(r"partner|kumppan|yhteisty", re.IGNORECASE)


class Finder:
    """Weighs every mention of a place by what stands around it."""

    def __init__(self, text: Text, gazetteer: Gazetteer, language: str) -> None:
        self.text, self.gazetteer, self.language = text, gazetteer, language

    def labelled(self, entries: list[Entry]) -> Iterator[Place]:
        """What stands beside a label of places counts as it is."""
        for entry in entries:
            if "place" not in entry.kinds or (entry.under and len(entry.value.text) > 300):
                continue
            if PARTNER.search(entry.label):
                continue  # a town that takes part need not be where the work is
            for word, found in in_text(entry.value.text, self.gazetteer):
                yield from self._places(word, found, entry.value.start, 10)

    def told(self, organisations: list[Mention]) -> Iterator[Place]:
        """What running text says, but for names of organisations and of people."""
        taken = [(each.start, each.end) for each in organisations]
        for line in self.text.lines:
            for span in sentences(line):
                yield from self._of_sentence(span, taken)

    def _of_sentence(self, span: Span, taken: list[tuple[int, int]]) -> Iterator[Place]:
        found = list(in_text(span.text, self.gazetteer))
        for word, places in found:
            start, end = span.start + word.start, span.start + word.end
            if any(a < end and start < b for a, b in taken):
                continue
            weight = self._weight(span.text, word, places, len(found))
            if weight > 0:
                yield from self._places(word, places, span.start, weight)

    def _weight(self, text: str, word: Token, places: list, others: int) -> int:
        before, after = text[: word.start], text[word.end : word.end + 30]
        if ADDRESS.search(before) or ELSEWHERE.search(text) or _is_person(before, after):
            return 0
        is_region = any(region for _code, _name, region in places)
        if AREA.search(text) and not re.search(r"kansallis|valtakunnal", text):
            return 5
        if LOCAL.search(word.text) and self.language == "fi":
            return 2 if before.strip() or not _is_common(word.text) else 0
        if PREPOSITION.search(before) and self.language != "fi":
            return 2
        if others > 1 and (LIST.search(after) or LIST.search(before)):
            return 2 if WHERE.search(text) or is_region else 1
        if is_region:
            return 1
        return 1 if re.match(r"\s(?:alue|seutu|seudu|kunta|kunna|kaupun)", after) else 0

    def _places(self, word: Token, found: list, by: int, weight: int) -> Iterator[Place]:
        wants_region = any(region for _code, _name, region in found)
        for code, name, is_region in dict.fromkeys(found):
            if is_region or not wants_region:
                yield Place(code, name, is_region, Span(word.text, by + word.start), weight)


def _is_common(word: str) -> bool:
    """Whether the word has a meaning besides the place's name."""
    known = classes(word)
    return bool(known - NAMES) and len(word) < 9


def _is_person(before: str, after: str) -> bool:
    """*Matti Salo*, *Kemi Virtanen*."""
    last = re.search(r"([A-ZÅÄÖ][\w-]+)\s$", before)
    if last and classes(last[1]) & {"etunimi"} and not classes(last[1]) & {"paikannimi"}:
        return True
    following = re.match(r"\s([A-ZÅÄÖ][\w-]+)", after)
    return bool(following and "sukunimi" in classes(following[1]))


def chosen(labelled: list[Place], told: list[Place], municipal: list[Place]) -> list[Place]:
    """Each place once, by its first mention: labels and named areas before passing mentions.

    ``municipal`` are the municipalities that take part or pay.
    """
    towns = [place for place in labelled if not place.is_region]
    areas = [place for place in labelled if place.is_region]
    strong = [place for place in told if place.weight >= 5]
    if not towns:
        towns = [x for x in strong if not x.is_region] or [
            x for x in told if not x.is_region and x.weight >= 2
        ]
        towns = [*towns, *municipal]
    if not areas:
        areas = [x for x in strong if x.is_region] or [x for x in told if x.is_region]
    found: dict[tuple[str, bool], Place] = {}
    for place in sorted((*towns, *areas), key=lambda each: each.span.start):
        found.setdefault((place.code, place.is_region), place)
    return list(found.values())
