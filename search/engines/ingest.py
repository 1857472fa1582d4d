"""A document made ready for an engine: its words as tokens, its facts as plain values."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone

from cms.analysis import Analyser, Streams, get_analyser, tokens
from cms.analysis.base import code, fold
from cms.analysis.runs import run_tokens
from cms.core.hygiene import clean
from cms.core.lists import sort_key

from ..documents import DATED_TYPES, NOT_STATED, SearchDocument, stored, telephone_codes

TITLE_TIMES = 2
"""How often the title's words are counted; an engine sees them twice, the body's once."""
TITLE_AGAIN = 1_500
"""Once more for each so many characters of text: else a guide's name would drown in its pages."""
MOST_TITLE_TIMES = 40
LONGEST_TEXT = 300_000
"""Characters of a document that are analysed: a book of 150 pages."""
LONGEST_SHOWN = 20_000
"""Characters that are kept for excerpts."""
LONGEST_KEY = 60
SHORT = 100
"""Characters of a text that other records may have too, as names of places: it is remembered."""


def _analyse(analyser: Analyser, text: str) -> Streams:
    streams = analyser.analyse(text)
    streams.grams += run_tokens(analyser, text)
    return streams


_of_short = lru_cache(maxsize=10_000)(_analyse)

Analysed = dict[tuple[Analyser, str], Streams]
"""(analyser, text) → its words. A record's documents in each locale share most of their texts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What engines index. Token streams are lists of tokens without blanks.

    ``codes`` and ``keys`` are normalised; ``keys`` are (kind, beginning to type, text to show).
    """

    id: str
    locale: str
    type: str
    lemma: list[str]
    parts: list[str]
    bases: list[str]
    grams: list[str]
    words: list[str]
    codes: list[str]
    facets: dict[str, list[str]]
    keys: list[tuple[str, str, str]]
    start: str | None
    end: str | None
    published: str | None
    public_until: str | None
    title_sort: str
    fingerprint: str
    stored: dict[str, Any]


def ready_each(
    documents: Iterable[SearchDocument], failed: Callable[[str, str], None]
) -> Iterator[Entry]:
    """The documents made ready; ``failed`` is told of one whose words cannot be analysed."""
    record, analysed = None, {}
    for document in documents:
        if record != (document.type, document.key):
            record, analysed = (document.type, document.key), {}
        try:
            item = entry(document, analysed)
        except Exception as error:
            failed(document.id, f"{type(error).__name__}: {error}")
        else:
            yield item


def entry(document: SearchDocument | Entry, analysed: Analysed | None = None) -> Entry:
    """The document made ready. ``analysed`` is shared by those that have texts in common."""
    if isinstance(document, Entry):
        return document
    text = "\n".join(passage.text for passage in document.body if passage.text)
    streams = analyse(document, {} if analysed is None else analysed)
    kept = stored(document, text[:LONGEST_SHOWN])
    return Entry(
        id=document.id,
        locale=document.locale,
        type=document.type,
        lemma=streams.lemma,
        parts=streams.parts,
        bases=streams.bases,
        grams=list(dict.fromkeys(streams.grams)),
        words=list(dict.fromkeys(streams.words)),
        codes=codes_of(document),
        facets=facet_values(document),
        keys=list(suggestion_keys(document)),
        start=kept["start"],
        end=kept["end"],
        published=moment(document.published),
        public_until=document.public_until.isoformat() if document.public_until else None,
        title_sort=sort_key(clean(document.title), document.locale),
        fingerprint=document.fingerprint,
        stored=kept,
    )


def codes_of(document: SearchDocument) -> list[str]:
    numbers = [found for written in document.numbers for found in telephone_codes(written)]
    return list(dict.fromkeys(filter(None, [*map(code, document.codes), *numbers])))


def analyse(document: SearchDocument, analysed: Analysed) -> Streams:
    """All words of a document; those in another language also as the locale's reader types them."""
    streams, left = Streams(), LONGEST_TEXT
    length = sum(len(passage.text) for passage in document.body)
    times = min(TITLE_TIMES + length // TITLE_AGAIN, MOST_TITLE_TIMES)
    passages = [(document.title, "")] * times
    passages += [(document.lead, ""), *((name, "") for name in document.names)]
    passages += [(text, "") for text in document.codes]
    passages += [(passage.text, passage.language) for passage in document.body]
    for text, language in passages:
        text, left = text[:left], left - len(text[:left])
        analysers = [get_analyser(language or document.language), get_analyser(document.locale)]
        for analyser in dict.fromkeys(analysers):
            if len(text) <= SHORT:
                streams.add(_of_short(analyser, text))
                continue
            if (analyser, text) not in analysed:
                analysed[analyser, text] = _analyse(analyser, text)
            streams.add(analysed[analyser, text])
    return streams


def facet_values(document: SearchDocument) -> dict[str, list[str]]:
    """Each facet that applies to the document; one that states nothing gets a value of its own.

    The status is not among them: it depends on the day of the question.
    """
    values = {name: list(dict.fromkeys(found)) for name, found in document.facets.items()}
    values["type"] = [document.type]
    return {name: found or [NOT_STATED] for name, found in values.items()}


def suggestion_keys(document: SearchDocument) -> Iterator[tuple[str, str, str]]:
    texts = {document.type: [document.title]}
    for kind, found in document.suggestions.items():
        texts.setdefault(kind, []).extend(found)
    if document.type in DATED_TYPES:
        texts["word"] = headwords(document.language, document.title)
    seen = set()
    for kind, found in texts.items():
        for text in found:
            text = " ".join(clean(text).split())
            for beginning in beginnings(text):
                if (kind, beginning, text) not in seen:
                    seen.add((kind, beginning, text))
                    yield kind, beginning, text


@lru_cache(maxsize=64)
def headwords(language: str, title: str) -> list[str]:
    return get_analyser(language).headwords(title)


@lru_cache(maxsize=10_000)
def beginnings(text: str) -> tuple[str, ...]:
    """What one may begin to type to get a text: from any of its first words on."""
    folded = fold(text)
    starts = [token.start for token in tokens(folded)][:6]
    return tuple(dict.fromkeys(folded[start : start + LONGEST_KEY] for start in starts))


def moment(when: date | datetime | None) -> str | None:
    """A day or a moment as text that sorts by time."""
    if isinstance(when, datetime):
        when = timezone.localtime(when) if timezone.is_aware(when) else when
        return when.strftime("%Y-%m-%dT%H:%M:%S")
    return when.strftime("%Y-%m-%dT00:00:00") if when else None
