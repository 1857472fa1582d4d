"""Arabic: spelling varies in signs that most writers leave out, words by what is attached."""

import re

from .base import Forms, words
from .snowball import Snowball

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
