"""Languages whose words Snowball's stemmers bring to a common stem."""

import re
from importlib.metadata import version
from threading import local

import snowballstemmer

from .base import Analyser, Forms, pieces, unique, words

REVISION = 1


class Stemmer:
    """Snowball's, for all threads: one keeps the word at hand in itself."""

    def __init__(self, algorithm: str) -> None:
        self._algorithm = algorithm
        self._local = local()

    def stem(self, word: str) -> str:
        if not hasattr(self._local, "stemmer"):
            self._local.stemmer = snowballstemmer.stemmer(self._algorithm)
        return self._local.stemmer.stemWord(word)


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
