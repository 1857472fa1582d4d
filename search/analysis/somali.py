"""Somali: no stemmer exists; spelling is evened out, the article at the end taken off."""

import re

from .base import BaseAnalyser, Forms, unique, words
from .tokens import pieces

REVISION = 1
SHORTEST_STEM = 3

_DOUBLED = re.compile(r"(.)\1+")
# Plural and case with the article, the longer first; doubled letters are already single.
_ENDINGS = sorted(
    words(
        "yasha yashi yada yadi oyinka oyinku oyin hoda hodi hada hadi kani tani kan tan kas tas "
        "gas das ki gi ti di ka ga ha ta da dha sha ku gu hu tu du dhu shu hi dhi shi yo o aha aga "
        "ada ida ihi igi adu agu"
    ),
    key=lambda ending: (-len(ending), ending),
)


class Somali(BaseAnalyser):
    """Long vowels are short, apostrophes gone, endings off; grams find what that misses."""

    name = "somali"
    version = f"{REVISION}"
    stop_words = words(
        "iyo ama laakiin oo ee ka ku u la in waa wax waxa ay uu aan si ah ayaa ugu kale soo"
    )

    def fold(self, word: str) -> str:
        return _DOUBLED.sub(r"\1", word.replace("'", ""))

    def _forms(self, word: str) -> Forms:
        divided = pieces(word)
        stems = [stem(piece) for piece in divided]
        if len(stems) < 2:
            return Forms(tuple(stems))
        return Forms(("-".join(stems),), unique(stems))


def stem(word: str) -> str:
    """The word without one ending; what would be left too short stays."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
