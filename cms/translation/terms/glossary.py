"""The glossary as it is looked words up in: read once, and kept until somebody changes it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models.signals import post_delete, post_save

from cms.analysis import tokens
from cms.core.content_epoch import drop_public_pages, held

from ..models import Term, TermWord
from .inflection import Keys, keys_of, keys_of_term, lemmas_of, parts_of

_PIECE = re.compile(r"[^-‐‑]+")
_TAG = re.compile(r"<[^<>]*>")
_BETWEEN = re.compile(r"[\s\-‐‑\u00a0]*$")


@dataclass(frozen=True)
class Word:
    """What a term is called. ``keys``: of each of its pieces (:mod:`.inflection`)."""

    term: int
    text: str
    kind: str
    note: str
    keys: tuple[Keys, ...]

    @property
    def is_forbidden(self) -> bool:
        return self.kind == TermWord.Kind.FORBIDDEN


@dataclass(frozen=True)
class Entry:
    """A term; words by the code of their language, the agreed one first."""

    pk: int
    note: str
    words: dict[str, tuple[Word, ...]]


@dataclass(frozen=True)
class Piece:
    """A word of a text, or a part of one between hyphens; places in characters of the text."""

    text: str
    start: int
    end: int
    is_joined: bool
    """A hyphen binds it to another."""


@dataclass(frozen=True)
class Match:
    """``first`` and ``last`` piece. ``is_part``: of a compound, and no word by itself."""

    word: Word
    first: int
    last: int
    is_part: bool = False


@dataclass
class Finder:
    """Words of one language, by their first piece, and by the part of a compound they may be."""

    language: str
    words: dict[str, list[Word]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, list[Word]] = field(default_factory=lambda: defaultdict(list))

    def add(self, word: Word) -> None:
        for key in word.keys[0]:
            self.words[key].append(word)
        if len(word.keys) == 1:
            for lemma in lemmas_of(self.language, word.text):
                self.parts[lemma].append(word)

    def matches(self, text: str) -> list[Match]:
        """The longest without overlaps, in their order; of equal ones all."""
        text = without_tags(text)
        pieces = pieces_of(text)
        keys = [keys_of(self.language, piece.text) for piece in pieces]
        found = []
        for first, piece in enumerate(pieces):
            whole = list(self._from(first, text, pieces, keys))
            found += whole or self._parts(first, piece)
        return _longest(found)

    def _from(self, first: int, text: str, pieces: list[Piece], keys: list[Keys]) -> list[Match]:
        matches = []
        for word in _each(self.words, keys[first]):
            last = first + len(word.keys) - 1
            run = keys[first : last + 1]
            if len(run) == len(word.keys) and all(
                own & there for own, there in zip(word.keys, run, strict=True)
            ):
                pairs = zip(pieces[first:last], pieces[first + 1 : last + 1], strict=True)
                if all(_BETWEEN.match(text[one.end : other.start]) for one, other in pairs):
                    alone = first == last and pieces[first].is_joined
                    matches.append(Match(word, first, last, is_part=alone))
        return matches

    def _parts(self, first: int, piece: Piece) -> list[Match]:
        words = _each(self.parts, parts_of(self.language, piece.text))
        longest = max((len(word.text) for word in words), default=0)
        return [Match(w, first, first, is_part=True) for w in words if len(w.text) == longest]


def _each(index: dict[str, list[Word]], keys: Iterable[str]) -> list[Word]:
    found = {id(word): word for key in keys for word in index.get(key, ())}
    return list(found.values())


def _longest(found: list[Match]) -> list[Match]:
    taken: dict[int, Match] = {}
    chosen = []
    for match in sorted(found, key=lambda m: (m.first - m.last, m.is_part, m.first)):
        places = range(match.first, match.last + 1)
        others = [taken[place] for place in places if place in taken]
        if all(_is_like(one, match) for one in others):
            taken.update(dict.fromkeys(places, match))
            chosen.append(match)
    return sorted(chosen, key=lambda match: match.first)


def _is_like(one: Match, other: Match) -> bool:
    return (one.first, one.last, one.is_part) == (other.first, other.last, other.is_part)


def without_tags(text: str) -> str:
    """Tags are no words, and part none; all else keeps its place."""
    return _TAG.sub(lambda tag: " " * len(tag[0]), text)


def pieces_of(text: str) -> list[Piece]:
    found = []
    for token in tokens(without_tags(text)):
        parts = list(_PIECE.finditer(token.text))
        for part in parts:
            start, end = token.start + part.start(), token.start + part.end()
            found.append(Piece(part[0], start, end, is_joined=len(parts) > 1))
    return found


@held
def entries() -> dict[int, Entry]:
    """Every term, by its key."""
    words: dict[int, dict[str, list[Word]]] = defaultdict(lambda: defaultdict(list))
    rows = TermWord.objects.order_by("pk").values_list(
        "term_id", "locale__language_code", "text", "kind", "note"
    )
    for term, language, text, kind, note in rows:
        keys = tuple(keys_of_term(language, piece.text) for piece in pieces_of(text))
        if keys:
            words[term][language].append(Word(term, text, kind, note, keys))
    kinds = list(TermWord.Kind)
    return {
        pk: Entry(
            pk,
            note,
            {
                language: tuple(sorted(found, key=lambda word: kinds.index(word.kind)))
                for language, found in words[pk].items()
            },
        )
        for pk, note in Term.objects.order_by("pk").values_list("pk", "note")
    }


@held
def finder(language: str) -> Finder:
    """Of all words that terms have in this language."""
    made = Finder(language)
    for entry in entries().values():
        for word in entry.words.get(language, ()):
            made.add(word)
    return made


def _changed(sender, **kwargs) -> None:
    """What is held of the glossary is old, and the public search asks it too."""
    drop_public_pages()


def connect() -> None:
    for signal in (post_save, post_delete):
        for model in (Term, TermWord):
            signal.connect(_changed, sender=model, dispatch_uid=f"glossary-{model.__name__}")
