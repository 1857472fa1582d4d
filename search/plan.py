"""What is asked of an engine, in no engine's language: tokens with weights.

A document's score is the sum over the plan's clauses. A clause stands for one word of the visitor.
Its groups are the word itself, each part of a compound, a repaired spelling; of each group the best
term counts. Grams count a little, so that a document found through them alone comes last.
"""

from dataclasses import dataclass

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
    """

    locale: str
    clauses: tuple[Clause, ...] = ()
    codes: tuple[str, ...] = ()
    required: int = 1
    promoted: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        return not (self.clauses or self.codes or self.promoted)
