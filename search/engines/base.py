"""What every engine does, and the shapes that go in and out.

A plan is what is asked, in no engine's language: tokens with weights. A document's score is the sum
over its clauses. A clause stands for one word of the visitor. Its groups are the word itself, each
part of a compound, a repaired spelling; of each group the best term counts. Grams count a little,
so that a document found through them alone comes last.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.conf import settings

from cms.analysis import signature

from ..documents import Filters, Hit

STATUSES = ("upcoming", "running", "ended")
SORTS = ("relevance", "newest", "ending", "title")
DEEPEST = 1_000_000
"""Hits after this one are counted but not shown."""

LEMMA, PARTS, BASES = 1.0, 0.7, 0.6
"""How much a token weighs by the stream it is found in."""
FOUND = 0.9
"""Added for each of the visitor's words that a document has at all, beside how well it fits: it
puts documents that have all words before those that have one of them often."""
GRAMS = 0.1
"""The most that grams add."""
CODE = 1_000.0
"""Added for an exact project code or acronym: before anything else."""


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that a document must all have, in any stream; mostly one."""

    tokens: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Clause:
    """One word of the question. ``grams``: of these pieces, at least ``floor`` must be there."""

    word: str
    groups: tuple[tuple[Term, ...], ...]
    grams: tuple[str, ...] = ()
    floor: int = 0

    @property
    def targets(self) -> frozenset[str]:
        """Every token that a word of a text may meet the clause with, for highlighting."""
        return frozenset(token for group in self.groups for term in group for token in term.tokens)


@dataclass(frozen=True, slots=True)
class Plan:
    """A question in one locale. Without clauses and codes it asks for everything.

    ``required``: clauses that a document must meet at least.
    ``promoted``: ids of documents that staff put first for these words.
    ``needed``: grams that a document must have. ``without``: it must have all grams of none.
    """

    locale: str
    clauses: tuple[Clause, ...] = ()
    codes: tuple[str, ...] = ()
    required: int = 1
    promoted: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    without: tuple[tuple[str, ...], ...] = ()

    @property
    def is_everything(self) -> bool:
        """But for what is left out."""
        return not (self.clauses or self.codes or self.promoted or self.needed)


class EngineError(Exception):
    """The engine does not answer, or not properly; the question may be fine."""


class EngineBusy(EngineError):
    """Another writer was in the way. The engine is there, and the same again will work."""


class EngineMissing(Exception):
    """This machine or configuration has no such engine; the message says what is missing."""


class DocumentRefused(EngineError):
    """The engine is there and takes others, but not this document."""


Refusal = Callable[[str, str], None]
"""Is told the id of a document that the engine refuses, and why; then the engine goes on."""


@dataclass(frozen=True, slots=True)
class Result:
    """One page of hits, how many there are in all, and facet → value → number of documents.

    A facet's own choice does not narrow its own numbers: they say how many hits there would be
    with that value added or alone.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that begins like what is being typed.

    ``kind``: a document's type, or "organisation", "place", "word". ``url`` only where it names one
    document. ``count``: documents that carry it.
    """

    kind: str
    text: str
    url: str = ""
    count: int = 1


class Engine(ABC):
    """An index and the questions that can be put to it.

    Every method raises :class:`EngineError`, and nothing else, when the engine fails.
    """

    name = ""

    @classmethod
    @abstractmethod
    def scratch(cls) -> AbstractContextManager[Self]:
        """The engine with an empty index of its own for a trial; nothing is left of it afterwards.

        Raises :class:`EngineMissing`.
        """

    @property
    def analysers(self) -> dict[str, str]:
        """Locale → the analyser that its documents are indexed with now."""
        return {locale: signature(locale) for locale, _name in settings.WAGTAIL_CONTENT_LANGUAGES}

    def in_time(self) -> AbstractContextManager[None]:
        """Around the questions of one visitor, who waits for all of them together."""
        return nullcontext()

    @abstractmethod
    def create(self) -> None:
        """Make the empty index if there is none."""

    @abstractmethod
    def index(self, documents: Iterable[Any], refused: Refusal | None = None) -> int:
        """Add the documents, in place of those with the same id; how many were taken.

        They are ``SearchDocument`` or made ready as ``Entry`` already. Without somebody to tell of
        a refusal it is raised.
        """

    @abstractmethod
    def delete(self, ids: Iterable[str]) -> None:
        """Drop the documents with these ids; unknown ids do no harm."""

    @abstractmethod
    def rebuild(self, documents: Iterable[Any], refused: Refusal | None = None) -> int:
        """As :meth:`index`; then the index has no others. It answers all the while."""

    @abstractmethod
    def clear(self) -> None:
        """Drop every document."""

    @abstractmethod
    def drop(self) -> None:
        """Remove the index itself, as after a trial."""

    @abstractmethod
    def refresh(self) -> None:
        """Return when everything indexed so far can be found."""

    @abstractmethod
    def ids(self, *kinds: str) -> Iterator[tuple[str, str]]:
        """(id, fingerprint) of every document, or of those of some kinds."""

    @abstractmethod
    def fingerprints(self, wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Of these (locale, id), id → fingerprint of what is in the index, found yet or not."""

    @abstractmethod
    def search(
        self,
        plan: Plan,
        *,
        filters: Filters | None = None,
        facets: Sequence[str] = (),
        sort: str = "relevance",
        offset: int = 0,
        limit: int = 20,
        today: date | None = None,
    ) -> Result:
        """One page of what the plan finds, and the numbers of ``facets``."""

    @abstractmethod
    def scan(
        self,
        plan: Plan,
        *,
        filters: Filters | None = None,
        sort: str = "relevance",
        today: date | None = None,
    ) -> Iterator[Hit]:
        """Every hit, in order, read in batches."""

    @abstractmethod
    def counts(self, plans: Sequence[Plan], today: date | None = None) -> list[int]:
        """How many documents each plan finds, without filters."""

    @abstractmethod
    def suggest(
        self, locale: str, text: str, *, limit: int = 4, today: date | None = None
    ) -> list[Suggestion]:
        """What begins like ``text``, at most ``limit`` of each kind."""

    @abstractmethod
    def frequencies(
        self, locale: str, tokens: Iterable[str], today: date | None = None
    ) -> dict[str, int]:
        """How many documents of the locale have each token as lemma, part or base; not the rest.

        Only documents that can be found ``today`` count.
        """

    @abstractmethod
    def similar(
        self, locale: str, words: Sequence[str], today: date | None = None
    ) -> dict[str, list[str]]:
        """Word → words of the index written somewhat like it, in no order and with strangers.

        Every one of them is in a document that can be found ``today``: they are shown to visitors.
        """
