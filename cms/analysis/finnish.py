"""Finnish: people type *vanhus ystävä*, texts say *ystäviä vanhuksille*."""

import itertools
from collections.abc import Iterable, Iterator
from importlib.metadata import version

import simplemma

from . import voikko
from .base import Analyser, Forms, QueryForms, normalise, pieces, tokens, unique, words
from .stemmer import Stemmer
from .voikko import Reading, relatives, twins

# Raised whenever the code below or in ``derivation`` yields other tokens: indexes are then stale.
REVISION = 2
SHORTEST_STEM = 4

_HOLDING = {"sidesana", "asemosana", "kieltosana", "suhdesana"}
STOP_WORDS = words(
    "ja tai sekä eli mutta että kun jos niin myös on ovat oli olla ole ei eivät en se ne hän he "
    "minä sinä me te joka jotka mikä mitä missä tämä nämä tuo nuo siitä sen sitä kuin vain jo "
    "vielä kanssa ilman mukaan kautta varten"
)


class FinnishVoikko(Analyser):
    """Finnish by libvoikko's morphology."""

    name = "voikko"
    lemmas_are_words = True
    stop_words = STOP_WORDS

    def __init__(self) -> None:
        super().__init__()
        self._stemmer = Stemmer("finnish")
        self.version = f"{voikko.version()}/{REVISION}"

    def _forms(self, word: str) -> Forms:
        readings = voikko.readings(word)
        if not readings:
            return self._unknown(word)
        lemmas = unique(reading.lemma for reading in readings)
        parts: list[str] = []
        bases: list[str] = []
        for reading in simplest(readings):
            lemmas_of_parts = list(part_lemmas(reading))
            parts += lemmas_of_parts
            parts += [run for _start, _end, run in runs(reading, lemmas_of_parts)]
            bases += roots(reading, lemmas_of_parts)
        return Forms(
            lemmas,
            unique(part for part in parts if part not in lemmas),
            unique(base for base in bases if base not in lemmas),
        )

    def _unknown(self, word: str) -> Forms:
        """A name, a slip, an abbreviation (*kyt:n*) or a hyphenated compound (*amif-rahasto*)."""
        stem, colon, _ending = word.partition(":")
        if colon and stem:
            return self._forms(stem)
        divided = pieces(word)
        if len(divided) < 2:
            return Forms((word,), bases=self._stem(word)) if word else Forms(())
        forms = [self._forms(piece) for piece in divided]
        head = "-".join(divided[:-1])
        return Forms(
            unique(f"{head}-{lemma}" for lemma in forms[-1].lemmas),
            unique(part for form in forms for part in (*form.lemmas, *form.parts)),
            unique(base for form in forms for base in form.bases),
        )

    def _stem(self, word: str) -> tuple[str, ...]:
        """A name or a new word inflects too (*mentorin*, *mentoreita* → *mentor:*).

        The mark keeps the stem of a misspelt word apart from words.
        """
        stem = self._stemmer.stem(word) if word.isalpha() else ""
        return (f"{stem}:",) if len(stem) >= SHORTEST_STEM else ()

    def _names(self, word: str) -> frozenset[str]:
        """*kotoutumista* is the noun *kotoutuminen* here, and no form of the verb."""
        if readings := voikko.readings(word):
            return frozenset(reading.noun or reading.lemma for reading in readings)
        forms = self._forms(word)
        return frozenset(forms.lemmas + forms.bases)

    def _query_forms(self, word: str) -> QueryForms:
        readings = voikko.readings(word)
        forms = self._forms(word)
        if not readings:
            divided = pieces(word) if "-" in word else []
            parts = tuple(self._forms(piece).lemmas for piece in divided)
            stop = word in self.stop_words
            return QueryForms(forms.lemmas, forms.bases, parts, known=False, stop=stop)
        simple = simplest(readings)
        lemmas = [[*part_lemmas(each)] for each in simple]
        positions = itertools.zip_longest(*lemmas)
        parts = tuple(unique(filter(None, position)) for position in positions)
        bases = () if parts else forms.bases
        stop = word in self.stop_words or all(each.word_class in _HOLDING for each in readings)
        bases = unique((*bases, *twins((*forms.lemmas, *bases))))
        found = dict.fromkeys(itertools.chain.from_iterable(map(runs, simple, lemmas)))
        return QueryForms(forms.lemmas, bases, parts, tuple(found), True, stop)

    def headwords(self, text: str) -> list[str]:
        found: dict[str, None] = {}
        for token in tokens(text):
            word = normalise(token.text)
            # *asumista* is rather the doing (asuminen) than the thing done (asuma).
            readings = sorted(voikko.readings(word), key=lambda each: each.word_class != "teonsana")
            noun = next((each.noun for each in readings if each.noun), "")
            if len(noun) > 3 and word not in self.stop_words:
                found[noun] = None
        return list(found)

    def repairs(self, word: str) -> Iterable[str]:
        word = normalise(word)
        return () if voikko.readings(word) else voikko.suggestions(word)

    def dotted(self, word: str) -> tuple[str, ...]:
        return tuple(filter(voikko.readings, variants(normalise(word))))


def simplest(readings: tuple[Reading, ...]) -> list[Reading]:
    """The readings of the fewest parts: a compound that the dictionary knows whole stays whole."""
    fewest = min(len(reading.parts) for reading in readings)
    return [reading for reading in readings if len(reading.parts) == fewest]


def part_lemmas(reading: Reading) -> Iterator[str]:
    """The base form of each part; nothing for a word that is no compound."""
    if len(reading.parts) < 2:
        return
    for part in reading.parts[:-1]:
        yield part_lemma(part)
    lead = "".join(part.surface for part in reading.parts[:-1])
    lemma = reading.lemma.replace("-", "")
    yield lemma[len(lead) :] if lemma.startswith(lead) else part_lemma(reading.parts[-1])


def runs(reading: Reading, lemmas: list[str]) -> Iterator[tuple[int, int, str]]:
    """Runs of two parts or more, short of the whole: *lähi|suhde|väkivalta* → *väkivalta*."""
    for start, end in itertools.combinations(range(len(lemmas)), 2):
        if end - start + 1 < len(lemmas):
            lead = "".join(part.surface for part in reading.parts[start:end])
            yield start, end, lead + lemmas[end]


def part_lemma(part: voikko.Part) -> str:
    """*paikan* → *paikka*, *vapaaehtois* → *vapaaehtoinen*, *rahoitus* → *rahoitus*."""
    if not part.derived:
        return part.root
    for reading in voikko.readings(part.surface):
        if len(reading.parts) == 1:
            return reading.lemma
    return part.surface[:-1] + "nen" if part.surface.endswith("s") else part.surface


def roots(reading: Reading, lemmas: list[str]) -> Iterator[str]:
    """What the word, or a part of it, is derived from."""
    for part, lemma in zip(reading.parts, lemmas or [reading.lemma], strict=False):
        if part.root != lemma:
            yield part.root
        for word in dict.fromkeys((lemma, part.root)):
            classes = frozenset(r.word_class for r in voikko.readings(word) if r.lemma == word)
            yield from relatives(word, classes)


DOTTED = {"a": "ä", "o": "ö"}
PLAIN = str.maketrans("äöå", "aoa")
MOST_PLACES = 14
MOST_TURNS = 3
"""A part of a compound has either a, o, u or ä, ö, y: so often may one follow the other."""


def variants(word: str) -> Iterator[str]:
    """The word with ä for some a and ö for some o, first those with the fewest turns."""
    places = [index for index, letter in enumerate(word) if letter in DOTTED][:MOST_PLACES]
    for turns in range(min(MOST_TURNS, len(places) - 1) + 1):
        for ends in itertools.combinations(range(1, len(places)), turns):
            for first in (0, 1):
                bounds = (0, *ends, len(places))
                chosen = {
                    place
                    for number, (start, end) in enumerate(itertools.pairwise(bounds))
                    if number % 2 == first
                    for place in places[start:end]
                }
                if chosen:
                    letters = (DOTTED[x] if i in chosen else x for i, x in enumerate(word))
                    yield "".join(letters)


def lacks_dots(word: str, whole: str) -> bool:
    """Whether ``word`` is ``whole`` with a for some ä or å, or o for some ö, and nothing else."""
    return (
        len(word) == len(whole)
        and word != whole
        and all(
            typed in (meant, meant.translate(PLAIN))
            for typed, meant in zip(word, whole, strict=True)
        )
    )


SIMPLE_REVISION = 1
SHORTEST_PART = 3


class FinnishSimplemma(Analyser):
    """Finnish by simplemma's word list; it knows no compounds and no derivation."""

    name = "simplemma"
    version = f"{version('simplemma')}/{SIMPLE_REVISION}"
    lemmas_are_words = True
    stop_words = STOP_WORDS

    def _forms(self, word: str) -> Forms:
        stem, colon, _ending = word.partition(":")
        if colon and stem:
            word = stem
        divided = pieces(word)
        if not divided:
            return Forms(())
        if len(divided) > 1:
            parts = [part for piece in divided for part in (_lemma(piece), *_compound(piece))]
            return Forms(("-".join([*divided[:-1], _lemma(divided[-1])]),), unique(parts))
        return Forms((_lemma(word),), _compound(word))

    def dotted(self, word: str) -> tuple[str, ...]:
        found = variants(normalise(word))
        return tuple(x for x in found if simplemma.is_known(x, lang="fi") or _compound(x))


def _lemma(word: str) -> str:
    return simplemma.lemmatize(word, lang="fi").lower()


def _compound(word: str) -> tuple[str, ...]:
    """Two known halves, the second as long as may be; nothing if there are none."""
    for seam in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        head, tail = word[:seam], word[seam:]
        if not simplemma.is_known(tail, lang="fi"):
            continue
        for candidate in (head, head[:-1] + "nen" if head.endswith("s") else ""):
            if candidate and simplemma.is_known(candidate, lang="fi"):
                return unique((_lemma(candidate), _lemma(tail)))
    return ()
