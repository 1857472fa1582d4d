"""Languages whose words Snowball's stemmers bring to a common stem."""

from importlib.metadata import version
from threading import local

import snowballstemmer

from .base import BaseAnalyser, Forms, unique, words
from .tokens import pieces

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


class Snowball(BaseAnalyser):
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
