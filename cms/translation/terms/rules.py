"""What the words of one term may be together, whoever brings them: a form or a file."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from cms.analysis import normalise, tokens

from ..models import TermWord

AGREED, FORBIDDEN = TermWord.Kind.AGREED, TermWord.Kind.FORBIDDEN


def same(text: str) -> str:
    """Two words with the same of it are one word: capitals and signs do not count."""
    return " ".join(normalise(token.text) for token in tokens(text))


def clashes(words: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, str]]:
    """Of ``(locale, text, kind)`` those that can't stand beside an earlier one: its number, and a
    sentence.
    """
    said: dict[tuple[int, str], str] = {}
    agreed: set[int] = set()
    for number, (locale, text, kind) in enumerate(words):
        key = locale, same(text)
        if key in said and said[key] != kind and FORBIDDEN in (said[key], kind):
            yield number, _("This word can't be both right and not to be used.")
        elif key in said:
            yield number, _("This word is there twice in this language.")
        elif kind == AGREED and locale in agreed:
            yield number, _("One word of a language is the agreed one: choose another use here.")
        said.setdefault(key, kind)
        if kind == AGREED:
            agreed.add(locale)
