"""Finnish where libvoikko or its dictionary is missing: lemmas, and compounds by trying."""

from importlib.metadata import version

import simplemma

from .base import BaseAnalyser, Forms, unique
from .dots import variants
from .finnish import STOP_WORDS
from .tokens import normalise, pieces

REVISION = 1
SHORTEST_PART = 3


class FinnishSimplemma(BaseAnalyser):
    """Finnish by simplemma's word list; it knows no compounds and no derivation."""

    name = "simplemma"
    version = f"{version('simplemma')}/{REVISION}"
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
        return tuple(filter(_is_word, variants(normalise(word))))


def _is_word(word: str) -> bool:
    return simplemma.is_known(word, lang="fi") or bool(_compound(word))


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
