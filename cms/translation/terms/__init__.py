"""Agreed words: which of them a text has, in any form, and what others say.

Texts are plain, or with inline tags, which are passed over. Nothing is asked of the database but
the glossary itself, once until it changes.
"""

from collections import defaultdict
from dataclasses import dataclass

from cms.analysis.base import unique

from ..models import TermWord
from .glossary import Entry, Match, connect, entries, finder, pieces_of
from .inflection import is_said

__all__ = ["Found", "Misuse", "Saying", "connect", "misused", "terms_in"]

MISSED, FORBIDDEN = "missed", "forbidden"


@dataclass(frozen=True)
class Saying:
    """A word in the target's language, and the note that belongs to it."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    """A term in a text: ``start`` and ``end`` in characters of it, ``text`` as it stands there.

    ``terms``: keys of what it may be, mostly one; all else is of all of them. ``is_part``: inside a
    compound, which may well be translated otherwise. ``is_avoided``: the source itself has a word
    that is not to be used.
    """

    start: int
    end: int
    text: str
    terms: tuple[int, ...]
    agreed: tuple[Saying, ...]
    also: tuple[Saying, ...]
    forbidden: tuple[Saying, ...]
    notes: tuple[str, ...]
    is_part: bool = False
    is_avoided: bool = False

    @property
    def term(self) -> int:
        return self.terms[0]


@dataclass(frozen=True)
class Misuse:
    """``kind``: ``missed``, where ``word`` is what the source says, or ``forbidden``, where it is
    what the target says. ``instead``: words that are right, the agreed one first; ``note``: why.
    """

    kind: str
    word: str
    instead: tuple[str, ...]
    term: int
    note: str = ""


def terms_in(text: str, source_language: str, target_language: str) -> list[Found]:
    """Terms of a text in its order, without overlaps; those too that lack words in the target's
    language.
    """
    pieces, same = pieces_of(text), defaultdict(list)
    for match in finder(source_language).matches(text):
        same[match.first, match.last].append(match)
    return [
        _found(text, pieces[first].start, pieces[last].end, matches, target_language)
        for (first, last), matches in same.items()
    ]


def _found(text: str, start: int, end: int, matches: list[Match], language: str) -> Found:
    right = [match for match in matches if not match.word.is_forbidden]
    known = entries()
    terms = tuple(dict.fromkeys(match.word.term for match in right or matches))
    notes = unique(known[term].note for term in terms)
    words = _words([known[term] for term in terms], language)
    is_part = all(match.is_part for match in matches)
    return Found(start, end, text[start:end], terms, *words, notes, is_part, is_avoided=not right)


def _words(found: list[Entry], language: str) -> tuple[tuple[Saying, ...], ...]:
    """Agreed, allowed and forbidden ones; what one sense allows, no other forbids."""
    by_kind: dict[str, dict[str, Saying]] = {kind: {} for kind in TermWord.Kind}
    for entry in found:
        for word in entry.words.get(language, ()):
            by_kind[word.kind].setdefault(word.text, Saying(word.text, word.note))
    agreed, also, forbidden = by_kind.values()
    also = {text: word for text, word in also.items() if text not in agreed}
    wrong = {t: word for t, word in forbidden.items() if t not in agreed and t not in also}
    return tuple(tuple(words.values()) for words in (agreed, also, wrong))


def misused(source: str, target: str, source_language: str, target_language: str) -> list[Misuse]:
    """Agreed terms of the source that the target does not have, and forbidden words that it has.

    In doubt nothing: a compound may be said otherwise, a relative of an agreed word will do.
    """
    found = terms_in(source, source_language, target_language)
    there = _words_of(target)
    missed: dict[tuple[str, ...], Misuse] = {}
    for term in found:
        right = tuple(word.text for word in (*term.agreed, *term.also))
        if not term.agreed or term.is_part or term.is_avoided:
            continue
        if not any(is_said(target_language, _words_of(word), there) for word in right):
            note = next(iter(unique([*(word.note for word in term.agreed), *term.notes])), "")
            missed.setdefault(right, Misuse(MISSED, term.text, right, term.term, note))
    return [*missed.values(), *_forbidden(found, target, source_language, target_language)]


def _words_of(text: str) -> list[str]:
    return [piece.text for piece in pieces_of(text)]


def _forbidden(
    found: list[Found], target: str, source_language: str, target_language: str
) -> list[Misuse]:
    """Of terms that the source has, or that have no word in its language."""
    in_source = {term for one in found for term in one.terms}
    pieces, known, misuses = pieces_of(target), entries(), {}
    matches = [match for match in finder(target_language).matches(target) if not match.is_part]
    right = {(match.first, match.last) for match in matches if not match.word.is_forbidden}
    for match in matches:
        entry = known[match.word.term]
        counts = entry.pk in in_source or source_language not in entry.words
        if counts and (match.first, match.last) not in right:
            said = target[pieces[match.first].start : pieces[match.last].end]
            words = entry.words.get(target_language, ())
            instead = tuple(word.text for word in words if not word.is_forbidden)
            note = match.word.note or entry.note
            misuses.setdefault(said, Misuse(FORBIDDEN, said, instead, entry.pk, note))
    return list(misuses.values())
