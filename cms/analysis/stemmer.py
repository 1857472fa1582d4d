"""Stems, for languages without a dictionary of base forms."""

from threading import local

import snowballstemmer


class Stemmer:
    """Snowball's, for all threads: one keeps the word at hand in itself."""

    def __init__(self, algorithm: str) -> None:
        self._algorithm = algorithm
        self._local = local()

    def stem(self, word: str) -> str:
        if not hasattr(self._local, "stemmer"):
            self._local.stemmer = snowballstemmer.stemmer(self._algorithm)
        return self._local.stemmer.stemWord(word)
