"""Words brought to the forms they are found by, and which language does it for which locale.

Of most languages that form is a common stem. Another one is a class and its name in ``STEMMED``;
one with a module of its own has its line in ``ANALYSERS``.
"""

import logging
import re
from functools import cache
from importlib.metadata import version

from . import runs
from .base import (
    Analyser,
    Forms,
    QueryForms,
    Streams,
    Token,
    normalise,
    pieces,
    tokens,
    unique,
    words,
)
from .finnish import FinnishSimplemma, FinnishVoikko
from .stemmer import Stemmer
from .voikko import VoikkoMissing

__all__ = [
    "Analyser",
    "Forms",
    "QueryForms",
    "Streams",
    "Token",
    "get_analyser",
    "normalise",
    "signature",
    "tokens",
]

logger = logging.getLogger(__name__)

REVISION = 1


class Snowball(Analyser):
    """A stem a word, and of a hyphenated word its parts' stems too."""

    algorithm = ""

    def __init__(self) -> None:
        super().__init__()
        self.name = f"snowball-{self.algorithm}"
        self.version = f"{version('snowballstemmer')}/{REVISION}"
        self.stem = Stemmer(self.algorithm).stem

    def _forms(self, word: str) -> Forms:
        divided = pieces(word)
        stems = [self.stem(piece) for piece in divided]
        if len(stems) < 2:
            return Forms(tuple(stems))
        if "-" not in word:  # don't, children's, l'école: the first piece is the word
            return Forms((max(stems, key=len),))
        return Forms(("-".join(stems),), unique(stems))


class Swedish(Snowball):
    """Compounds are one word, and there is no dictionary here that divides them: grams do."""

    algorithm = "swedish"
    gram_floor = 0.5
    stop_words = words(
        "och eller men att som den det de en ett är var i på av för med till från om vid inte hur "
        "vad har han hon vi ni du jag sig sin sitt sina"
    )


class English(Snowball):
    algorithm = "english"
    stop_words = words(
        "the a an and or but of to in on at for with from by as is are was were be it its this "
        "that these those how what which who not we you they he she i"
    )


class Russian(Snowball):
    algorithm = "russian"
    stop_words = words(
        "и или но а что как это в во на с со к ко по из у о об от до для за при не ни бы же мы вы "
        "они он она я его ее их"
    )

    def fold(self, word: str) -> str:
        """ё is mostly printed е."""
        return word.replace("ё", "е")


_SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_LETTERS = str.maketrans("أإآٱؤئ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ااااوي01234567890123456789")
_ENDINGS = str.maketrans("ةى", "هي")


class Arabic(Snowball):
    """Snowball's stem of the word without vowel signs, with one alef and without seated hamzas."""

    algorithm = "arabic"
    gram_size = 3  # roots are of three letters
    stop_words = words(
        "في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي أو او ثم ما لا لم لن كان كانت هو هي هم "
        "و أن ان إن كل بين بعد قبل عند"
    )

    def fold(self, word: str) -> str:
        return _SIGNS.sub("", word).translate(_LETTERS)

    def _forms(self, word: str) -> Forms:
        forms = super()._forms(word)
        return Forms(
            tuple(stem.translate(_ENDINGS) for stem in forms.lemmas),
            tuple(stem.translate(_ENDINGS) for stem in forms.parts),
        )

    def _grams(self, word: str) -> tuple[str, ...]:
        """Pieces of the word without its article, which would be in every word."""
        return super()._grams(word.removeprefix("ال").translate(_ENDINGS))


SHORTEST_SOMALI = 3

_DOUBLED = re.compile(r"(.)\1+")
# Plural and case with the article, the longer first; doubled letters are already single.
_SOMALI_ENDINGS = sorted(
    words(
        "yasha yashi yada yadi oyinka oyinku oyin hoda hodi hada hadi kani tani kan tan kas tas "
        "gas das ki gi ti di ka ga ha ta da dha sha ku gu hu tu du dhu shu hi dhi shi yo o aha aga "
        "ada ida ihi igi adu agu"
    ),
    key=lambda ending: (-len(ending), ending),
)


class Somali(Analyser):
    """Long vowels are short, apostrophes gone, endings off; grams find what that misses."""

    name = "somali"
    version = "1"
    stop_words = words(
        "iyo ama laakiin oo ee ka ku u la in waa wax waxa ay uu aan si ah ayaa ugu kale soo"
    )

    def fold(self, word: str) -> str:
        return _DOUBLED.sub(r"\1", word.replace("'", ""))

    def _forms(self, word: str) -> Forms:
        divided = pieces(word)
        stems = [somali_stem(piece) for piece in divided]
        if len(stems) < 2:
            return Forms(tuple(stems))
        return Forms(("-".join(stems),), unique(stems))


def somali_stem(word: str) -> str:
    """The word without one ending; what would be left too short stays."""
    for ending in _SOMALI_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_SOMALI:
            return word.removesuffix(ending)
    return word


STEMMED = {"sv": Swedish, "en": English, "ru": Russian, "ar": Arabic, "so": Somali}
"""By language: a further one is a class here and its name in this line."""


@cache
def finnish_analyser() -> Analyser:
    """libvoikko's Finnish, or the simpler one on a machine without the library or dictionary."""
    try:
        return FinnishVoikko()
    except VoikkoMissing as error:
        logger.warning("Finnish is analysed without libvoikko, less exactly: %s", error)
        return FinnishSimplemma()


ANALYSERS = {
    "fi": finnish_analyser,
    "fi-simple": finnish_analyser,
    **{language: cache(analyser) for language, analyser in STEMMED.items()},
}


def get_analyser(locale: str) -> Analyser:
    """The locale's analyser, its language's (``sv-fi`` → ``sv``) or else the English one."""
    make = ANALYSERS.get(locale) or ANALYSERS.get(locale.split("-")[0]) or ANALYSERS["en"]
    return make()


def signature(locale: str) -> str:
    """Name and version, stored with what was indexed: when it changes, the index is stale."""
    analyser = get_analyser(locale)
    return f"{analyser.name} {analyser.version} runs {runs.REVISION}"
