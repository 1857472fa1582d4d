"""How easy a Finnish text reads, and which sentences and words make it hard.

The figure goes from 0 to 100, the higher the easier. Five things take points from 100, each up to
a limit (the formula and what it was tried on are in a decision record): long sentences, long words,
uncommon words, hard forms, and words of fifteen letters or three parts. It says nothing of what
only people can judge: whether things come in order, and whether the text says what one needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .sentences import Word, sentences_of, words_of

LONGEST_SENTENCE = 15
"""Words; a longer one gets a hint."""
EASY, NEARLY = 68, 55
"""From these figures on a text is easy, or nearly so."""


USUAL_LETTERS = 5
"""What a word counts that has been there before."""
TO_BE = frozenset(
    ["on", "ovat", "oli", "olivat", "ole", "ollut", "olleet", "olisi", "olisivat", "lienee"]
)
FEW = 24
"""Words; in a shorter text one hard word says less about the whole than its share would."""
MOST_HINTS = 12
"""Shown at once."""


class Kind(StrEnum):
    SENTENCE = "sentence"
    LONG = "long"
    PASSIVE = "passive"
    CASE = "case"
    CHAIN = "chain"
    PARTICIPLE = "participle"
    UNCOMMON = "uncommon"


WHY = {
    Kind.SENTENCE: gettext_lazy("A long sentence. Say one thing in a sentence."),
    Kind.LONG: gettext_lazy("A long word. Is there a shorter one, or can you explain it?"),
    Kind.PASSIVE: gettext_lazy("Passive. Say who does it."),
    Kind.CASE: gettext_lazy("A rare case. Say it with a word of its own (ilman, kanssa)."),
    Kind.CHAIN: gettext_lazy("Several genitives in a row. Say it in two sentences."),
    Kind.PARTICIPLE: gettext_lazy("A clause packed into one form. Use että, kun, jos or joka."),
    Kind.UNCOMMON: gettext_lazy("Not among common words. Is there a more usual one?"),
}


@dataclass(frozen=True, slots=True)
class Hint:
    """``text``: the words of the text that are meant, as they stand there."""

    kind: Kind
    text: str

    @property
    def why(self) -> str:
        return str(WHY[self.kind])


@dataclass(frozen=True, slots=True)
class Reading:
    """``figure``: 0–100, ``None`` for a text without words. ``is_exact``: made with libvoikko;
    without it forms are not looked at, and fewer common words are known as such.
    """

    figure: int | None
    hints: tuple[Hint, ...]
    words: int = 0
    is_exact: bool = True

    @property
    def verdict(self) -> str:
        return verdict_of(self.figure)

    @property
    def first_hints(self) -> tuple[Hint, ...]:
        return self.hints[:MOST_HINTS]

    @property
    def more_hints(self) -> int:
        return max(len(self.hints) - MOST_HINTS, 0)


def verdict_of(figure: int | None) -> str:
    if figure is None:
        return _("Nothing written")
    if figure >= EASY:
        return _("Easy")
    return _("Nearly easy") if figure >= NEARLY else _("Ordinary")


def measure(text: str) -> Reading:
    """Of plain text: sentences end as usual, and at the end of a paragraph or a list's item."""
    sentences = [words for words in map(words_of, sentences_of(text)) if words]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return Reading(None, ())
    hints = tuple(dict.fromkeys(hint for sentence in sentences for hint in _hints(sentence)))
    figure = round(100 - sum(_points(sentences, words)))
    return Reading(max(figure, 0), hints, len(words), words[0].is_exact)


def _points(sentences: list[list[Word]], words: list[Word]) -> Iterator[float]:
    """What each of the five things takes away."""
    length = len(words) / len(sentences)
    yield min(3.5 * max(0, length - 6.5), 25)
    # A hard word that is explained and used again is hard once.
    different = {word.text.lower(): word for word in words}.values()
    again = len(words) - len(different)
    letters = sum(word.letters for word in different) + again * USUAL_LETTERS
    yield min(12 * max(0, letters / len(words) - 5.8), 25)
    kinds = max(len(different), FEW // 2)
    yield min(70 * sum(word.is_uncommon for word in different) / kinds, 30)
    yield min(100 * sum(word.is_long for word in different) / kinds, 10)
    hard = sum(len(list(_hard_forms(sentence))) for sentence in sentences)
    yield min(220 * hard / max(len(words), FEW), 30)


def _hints(sentence: list[Word]) -> Iterator[Hint]:
    if len(sentence) > LONGEST_SENTENCE:
        yield Hint(Kind.SENTENCE, " ".join(word.text for word in sentence))
    yield from _hard_forms(sentence)
    for word in sentence:
        if word.is_long:
            yield Hint(Kind.LONG, word.text)
        elif word.is_uncommon:
            yield Hint(Kind.UNCOMMON, word.text)


def _hard_forms(sentence: list[Word]) -> Iterator[Hint]:
    yield from _chains(sentence)
    before: list[str] = []
    for word in sentence:
        is_passive = word.is_passive_participle and not TO_BE.isdisjoint(before[-3:])
        if word.is_passive or is_passive:
            yield Hint(Kind.PASSIVE, word.text)
        elif word.has_rare_case:
            yield Hint(Kind.CASE, word.text)
        elif word.is_packed:
            yield Hint(Kind.PARTICIPLE, word.text)
        before.append(word.text.lower())


def _chains(sentence: list[Word]) -> Iterator[Hint]:
    """Three genitives or more that follow each other."""
    run: list[str] = []
    for word in [*sentence, None]:
        if word is not None and word.is_genitive:
            run.append(word.text)
            continue
        if len(run) > 2:
            yield Hint(Kind.CHAIN, " ".join(run))
        run = []
