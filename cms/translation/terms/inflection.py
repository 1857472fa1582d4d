"""When a word of a text is a form of a word of the glossary, strictly and loosely.

Strictly decides what is marked, and what is a forbidden word: stems alone would take an
*integrity* for *integration* or a *lärare* for *lära*. Loosely decides what is *not* missed: a
translator who said it in any way at all hears nothing.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from cms.analysis import Analyser, get_analyser, normalise
from cms.analysis.base import fold as plain

Keys = frozenset[str]
SHORTEST = 4
"""Letters that a stem keeps, whatever is taken off."""


def keys_of(language: str, word: str) -> Keys:
    """What a word of a text may be a form of; it is, if a glossary's word has one of the keys."""
    return _keys(language.split("-")[0], word)


def keys_of_term(language: str, word: str) -> Keys:
    """Of a word in the glossary, which is written as a dictionary has it where it can be."""
    code = language.split("-")[0]
    analyser = get_analyser(code)
    itself = analyser.fold(normalise(word))
    if code == "so":
        return frozenset({itself, *analyser.forms(word).lemmas})
    if code == "ar":
        # A first letter of its own is no preposition: *كتاب* is no form of *تاب*.
        bare = itself.removeprefix("ال")
        return frozenset({itself, bare, *analyser.forms(bare).lemmas})
    found = _keys(code, word)
    return frozenset({itself}) if code == "fi" and itself in found else found


def parts_of(language: str, word: str) -> Keys:
    """Of a compound."""
    return frozenset(get_analyser(language).forms(word).parts)


def lemmas_of(language: str, word: str) -> Keys:
    """By which a word of the glossary is known among the parts of a compound."""
    return frozenset(get_analyser(language).forms(word).lemmas)


@lru_cache(20_000)
def _keys(code: str, word: str) -> Keys:
    analyser = get_analyser(code)
    narrow = _NARROW.get(code)
    return frozenset(narrow(analyser, word)) if narrow else analyser.names(word)


_AGENT = re.compile(r"ar(?:en?|ens|es)$")
_AGENT_OR_PLURAL = re.compile(r"arnas?$")
_SWEDISH_KINDS = {"het": re.compile(r"het(?:en?s?|ers?|ernas?)?$"), "ande": re.compile(r"ande\w*$")}


_SWEDISH_ENDINGS = re.compile(r"(?:[aeo]r(?:na)?|et|en|n|na)?s?$")


def _swedish(analyser: Analyser, word: str) -> Iterator[str]:
    """The stem, with the kind of word that the stemmer takes off together with its endings; and
    the word without those of a noun alone, of which the stemmer forgets some (*projektet*).
    """
    word = normalise(word)
    yield word
    for start in range(SHORTEST, len(word)):
        if _SWEDISH_ENDINGS.match(word, start):
            yield word[:start]
    for stem in analyser.forms(word).lemmas:
        bare = word.removesuffix("s")
        kind = next((name for name, end in _SWEDISH_KINDS.items() if end.search(bare)), "")
        if _AGENT.search(bare) or _AGENT_OR_PLURAL.search(word):
            yield f"{stem}/are"
        if not _AGENT.search(bare):
            yield f"{stem}/{kind}" if kind else stem


_IRREGULAR = {
    "children": "child",
    "men": "man",
    "women": "woman",
    "people": "person",
    "lives": "life",
    "wives": "wife",
}


def _english(analyser: Analyser, word: str) -> Iterator[str]:
    """The word, and what it would be without the ending of a plural, a genitive or a past."""
    word = re.sub(r"'s?$", "", normalise(word))
    word = _IRREGULAR.get(word, word)
    yield word
    for ending, instead in (
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("ied", "y"),
        ("d", ""),
        ("ed", ""),
    ):
        bare = word.removesuffix(ending) + instead
        if word.endswith(ending) and len(bare) >= 3 and not word.endswith("ss"):
            yield bare


_FLEETING = re.compile(r"(?<=[бвгджзйклмнпрстфхцчшщ])[еоё](?=[бвгджзйклмнпрстфхцчшщ]$)")


def _russian(analyser: Analyser, word: str) -> Iterator[str]:
    """A vowel of the last syllable may be gone: *беженец*, *беженцы*; *заявка*, *заявок*."""
    for stem in analyser.forms(word).lemmas:
        yield stem
        if len(stem) > SHORTEST:
            yield _FLEETING.sub("", stem)


_AND = ("و", "ف")
_BEFORE = ("بال", "كال", "لل", "ال", "ب", "ل", "ك")


def _arabic(analyser: Analyser, word: str) -> Iterator[str]:
    """With and without what is written together with the word before and after it."""
    folded = analyser.fold(normalise(word))
    for begun in dict.fromkeys((folded, *_without(folded, _AND))):
        for bare in dict.fromkeys((begun, *_without(begun, _BEFORE))):
            yield bare
            yield from analyser.forms(bare).lemmas


def _without(word: str, beginnings: tuple[str, ...]) -> Iterator[str]:
    for beginning in beginnings:
        if word.startswith(beginning) and len(word) - len(beginning) >= 3:
            yield word.removeprefix(beginning)


_SOMALI_REST = re.compile(r"(?:(?:y?[kgtdh]|y|sh|dh|oy?)?[aeiou]?|[kgtdhysn]?h?[aeiou]\w{0,4})$")


def _somali(analyser: Analyser, word: str) -> Iterator[str]:
    """Every beginning of the word after which what is left may be an article or a plural."""
    folded = analyser.fold(normalise(word))
    yield folded
    yield from analyser.forms(word).lemmas
    for end in range(max(SHORTEST, len(folded) - 6), len(folded)):
        if _SOMALI_REST.match(folded[end:]):
            yield folded[:end]


_NARROW = {
    "sv": _swedish,
    "en": _english,
    "ru": _russian,
    "ar": _arabic,
    "so": _somali,
}


_MADE_OF_A_VERB = re.compile(r"(?:[ai]?tion|ering|else|n?ing)$")


def is_said(language: str, term: list[str], text: list[str]) -> bool:
    """Whether a text has each word of a term, or a relative of it, or all of them as one word."""
    code = language.split("-")[0]
    stop_words = get_analyser(code).stop_words
    wanted = [
        _root(code, word) for word in term if normalise(word) not in stop_words or len(term) < 2
    ]
    there = [_loose(code, word) for word in text]
    if all(any(_is_relative(root, said) for said in there) for root in wanted):
        return True
    whole = "".join(wanted)
    return len(whole) > SHORTEST and code != "ar" and whole in "".join(map(min, there))


def _is_relative(root: str, said: Keys) -> bool:
    if len(root) >= SHORTEST:
        return any(root in one for one in said)
    return any(one.startswith(root) and len(one) <= len(root) + 3 for one in said)


@lru_cache(20_000)
def _root(code: str, word: str) -> str:
    """What any relative of the word is likely to contain."""
    stems = get_analyser(code).forms(word).lemmas or (word,)
    root = _loosened(code, min(stems, key=len))
    if code == "sv" and len(bare := _MADE_OF_A_VERB.sub("", root)) > SHORTEST:
        return bare
    if code in ("ar", "so"):
        return root
    return root[: max(SHORTEST, len(root) - (2 if len(root) > 6 else 1))]


@lru_cache(20_000)
def _loose(code: str, word: str) -> Keys:
    if code == "ar":
        return frozenset(_loosened(code, form) for form in keys_of(code, word))
    word = _IRREGULAR.get(normalise(word), word) if code == "en" else word
    return frozenset({_loosened(code, word)})


def _loosened(code: str, word: str) -> str:
    """Arabic and Somali by their consonants alone, which broken plurals keep in their order
    (*مشروع*, *مشاريع*; *mashruuc*, *mashaariic*); else without accents (*stad*, *städer*).
    """
    folded = get_analyser(code).fold(normalise(word))
    if code == "ar":
        return re.sub("[اوىيهةء]", "", folded.removeprefix("ال"))
    if code == "so":
        return re.sub("[aeiou'-]", "", folded)
    return plain(folded)
