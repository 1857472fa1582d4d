"""The protocol that every language follows, and the part of it that is the same for all.

Words are analysed here, in Python, so that every engine retrieves the same tokens and none needs
a plugin. A language is one class: it says what a word of a text is filed under (``forms``) and what
a word of a question looks for (``query_forms``).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from cms.core.hygiene import clean

LONGEST_CODE = 60
CACHED_WORDS = 50_000
"""Distinct words an analyser remembers; a running text repeats itself, so nearly all are hits."""

STREAMS = ("lemma", "parts", "bases", "grams", "words")


@dataclass(frozen=True, slots=True)
class Forms:
    """What a word of a text is filed under, each token lower-cased and without blanks.

    lemmas: every base form (the word itself if it is unknown).
    parts: base forms of the parts of a compound, and of its longer sub-compounds.
    bases: what the word or its parts are derived from (*kotoutuja* → *kotoutua*).
    """

    lemmas: tuple[str, ...]
    parts: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()

    def all(self) -> frozenset[str]:
        return frozenset((*self.lemmas, *self.parts, *self.bases))


@dataclass(frozen=True, slots=True)
class QueryForms:
    """What a word of a question looks for.

    lemmas: base forms of the whole word.
    bases: what it is derived from, and the twin of a verb (*kotoutua* ↔ *kotouttaa*).
    parts: for a compound, the base forms of each part, in order.
    runs: (first part, last part, base form) of each run of parts short of the whole.
    known: whether the language's dictionary has the word (None: it has no dictionary).
    stop: the word only holds a sentence together (*ja*, *and*).
    """

    lemmas: tuple[str, ...]
    bases: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    runs: tuple[tuple[int, int, str], ...] = ()
    known: bool | None = None
    stop: bool = False

    @property
    def tokens(self) -> tuple[str, ...]:
        """Whatever of the word an index may have."""
        parts = (token for part in self.parts for token in part)
        return unique((*self.own, *parts, *(run for _first, _last, run in self.runs)))

    @property
    def own(self) -> tuple[str, ...]:
        """Tokens that show the word to be in an index; of a word without base form, its stem."""
        return (*self.lemmas, *self.bases) if self.known is False else self.lemmas


@dataclass(slots=True)
class Streams:
    """The tokens of a text in its order; ``words`` are whole words, for spelling."""

    lemma: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    grams: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def add(self, other: "Streams") -> None:
        for name in STREAMS:
            getattr(self, name).extend(getattr(other, name))


class Analyser:
    """One language, as the rest of the search sees it. Instances are shared between threads.

    Here is everything but the language: caching, streams and grams.

    A subclass gives ``name``, ``version`` and ``_forms`` and, where it can do better than the rest
    here, overrides it. The methods with an underscore get words that are normalised and folded.
    """

    name = ""
    version = ""
    gram_size = 4
    gram_floor = 0.6
    """The share of a word's grams that a document must have to be found by them."""
    lemmas_are_words = False
    """Whether base forms can be shown to people, as stems cannot."""
    stop_words: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self._cached_word = lru_cache(CACHED_WORDS)(self._word)
        self._cached_names = lru_cache(CACHED_WORDS)(self._names)
        self._cached_query_forms = lru_cache(2_000)(self._query_forms)

    def fold(self, word: str) -> str:
        """Drop what the language writes or leaves out at will (vowel signs, apostrophes)."""
        return word

    def _word(self, word: str) -> tuple[str, Forms, tuple[str, ...]]:
        """A word as it stands in a text: normalised, its forms, its grams."""
        normal = normalise(word)
        folded = self.fold(normal)
        return normal, self._forms(folded), self._grams(folded)

    def forms(self, word: str) -> Forms:
        return self._cached_word(word)[1]

    def names(self, word: str) -> frozenset[str]:
        """Under what a dictionary has the word: its lemmas, but of a noun no verb."""
        return self._cached_names(self.fold(normalise(word)))

    def _names(self, word: str) -> frozenset[str]:
        return frozenset(self._forms(word).lemmas)

    def query_forms(self, word: str) -> QueryForms:
        return self._cached_query_forms(self.fold(normalise(word)))

    def _forms(self, word: str) -> Forms:
        raise NotImplementedError

    def _query_forms(self, word: str) -> QueryForms:
        forms = self._forms(word)
        parts = tuple((part,) for part in forms.parts)
        return QueryForms(forms.lemmas, forms.bases, parts, stop=word in self.stop_words)

    def grams(self, word: str) -> tuple[str, ...]:
        """The distinct overlapping pieces of a word, none if it is shorter than one piece."""
        return self._grams(self.fold(normalise(word)))

    def _grams(self, word: str) -> tuple[str, ...]:
        word, size = "".join(pieces(word)), self.gram_size
        return tuple({word[start : start + size]: 1 for start in range(len(word) - size + 1)})

    def analyse(self, text: str) -> Streams:
        streams = Streams()
        for word, forms, grams in map(self._cached_word, WORD.findall(text)):
            streams.lemma += forms.lemmas
            streams.parts += forms.parts
            streams.bases += forms.bases
            streams.grams += grams
            streams.words.append(word)
            if self.lemmas_are_words:
                streams.words += forms.lemmas
        # How often they are there counts for nothing.
        streams.grams = list(dict.fromkeys(streams.grams))
        streams.words = list(dict.fromkeys(streams.words))
        return streams

    def headwords(self, text: str) -> list[str]:
        """Words of a text that are worth suggesting to somebody who begins to type them."""
        found = dict.fromkeys(normalise(token.text) for token in tokens(text))
        return [
            word
            for word in found
            if len(word) > 3 and word not in self.stop_words and not word.isdecimal()
        ]

    def repairs(self, word: str) -> Iterable[str]:
        """Words that the language itself proposes for a misspelt one, the likeliest first."""
        return ()

    def dotted(self, word: str) -> tuple[str, ...]:
        """Words that this may be, typed on a keyboard without the language's letters."""
        return ()


def unique(words: Iterable[str]) -> tuple[str, ...]:
    """The words once each, in order, without blanks."""
    return tuple(dict.fromkeys(word for word in words if word))


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LONGEST_WORD = 64
"""Characters of a word that count; longer runs are noise (and engines limit their terms)."""

# Marks that belong to a word without being letters: combining accents, Arabic vowel signs,
# soft hyphens and joiners. They are matched so that a word stays whole, then dropped or composed.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u00ad\u200b-\u200d\u2060\ufeff"
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_RUN = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
WORD = re.compile(rf"{_RUN}(?:[-‐‑'’ʼ:]{_RUN})*")
_UNLIKE = str.maketrans("‐‑’ʼ", "--''")
_STRAY = re.compile(r"[^\w\-':]|_")
_SPLIT = re.compile(r"[-':]+")


class Token(NamedTuple):
    """A word as it stands in the text, with its place (offsets in characters)."""

    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    for match in WORD.finditer(text):
        yield Token(match[0], match.start(), match.end())


def normalise(word: str) -> str:
    """Lower case, one form a character, only letters, digits, ``-'`` and ``:``; cut if endless."""
    word = unicodedata.normalize("NFKC", word.translate(_INVISIBLE)).lower().translate(_UNLIKE)
    if not word.isalnum():
        word = _STRAY.sub("", word).strip("-':")
    return word[:LONGEST_WORD]


def pieces(word: str) -> list[str]:
    """The parts of a word written with hyphens, apostrophes or colons."""
    return [piece for piece in _SPLIT.split(word) if piece]


def fold(text: str) -> str:
    """Lower case without accents and stray marks: *Äänekoski* is found by *aanek*."""
    plain = unicodedata.normalize("NFKD", clean(text)).lower()
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w\-']+", " ", kept).split())


@lru_cache(maxsize=20_000)
def code(text: str) -> str:
    """Letters and digits only, lower case: *S 22354* and *s22354* are one code."""
    plain = unicodedata.normalize("NFKC", clean(text)).lower()
    return "".join(letter for letter in plain if letter.isalnum())[:LONGEST_CODE]
