"""Finnish word families that the dictionary does not spell out, by rule, each checked against it.

libvoikko tells that *rahoitus* comes from *rahoittaa*, but holds *pelata*, *asukas* and *lainaamo*
as words of their own. A rule proposes a relative (*peli*, *asua*, *lainata*); only what the
dictionary knows as a word of the right class counts.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from .voikko import readings

NOUN = frozenset({"nimisana", "nimisana_laatusana", "laatusana"})
VERB = frozenset({"teonsana"})

# Verbs come in pairs: one does, the other happens (kotouttaa, kotoutua).
_TWINS = [("utua", "uttaa"), ("ytyä", "yttää")]
for _before in "snrt":
    _TWINS += [(f"{_before}tua", f"{_before}taa"), (f"{_before}tyä", f"{_before}tää")]
_TWINS += [(causative, reflexive) for reflexive, causative in _TWINS]

# (ending of a lemma, what may stand there instead; the first that is a word counts)
_NOUN_BEHIND_VERB = [
    (r"[aä]ta|[aä]tä", ("a", "ä", "i")),  # lainata: laina, pelata: peli
    (r"oida|öidä", ("a", "i", "o")),  # ohjelmoida: ohjelma, mentoroida: mentori
    (r"(?<=[iy])ä|(?<=i)a", ("",)),  # leikkiä: leikki
    (r"(?<=[aä])[aä]nt(?:ua|yä)|(?<=[oueiöy])nt(?:ua|yä)", ("",)),  # velkaantua: velka
    (r"(?<=[aä])st(?:ua|yä|aa|ää)", ("", "s")),  # kalastaa: kala
    (r"taa|tää", ("",)),  # opastaa: opas
]
_NOUN_BEHIND_NOUN = [
    (r"lainen|läinen", ("",)),  # kaupunkilainen: kaupunki
    (r"(?<=ist)inen", ("i",)),
    (r"isti|istinen", ("ismi",)),  # rasistinen: rasismi
    (r"ismi", ("isti",)),
    (r"uus|yys", ("a", "ä", "i", "o", "")),  # ystävyys: ystävä
    (r"so|sö", ("",)),  # nuoriso: nuori
]
# The one who does it leads to the verb: asukas: asuja, hence asua.
_DOER_BEHIND_NOUN = [
    (r"mo|mö|nto|ntö|kas|käs|mari|märi", ("ja", "jä")),
    (r"(?<=...)(?:u|y)", ("ija", "ijä", "aja", "äjä")),
    (r"aatio|ointi", ("oija",)),
]
_STRONG = {"k": "kk", "p": "pp", "t": "tt", "d": "t", "v": "p"}


def twins(verbs: Iterable[str]) -> Iterator[str]:
    """The reflexive of a causative verb, and the reverse."""
    for verb in verbs:
        for ending, other in _TWINS:
            if verb.endswith(ending):
                twin = verb.removesuffix(ending) + other
                if _is(twin, VERB):
                    yield twin


def relatives(lemma: str, classes: frozenset[str]) -> Iterator[str]:
    """Words that ``lemma``, of one of ``classes``, plainly comes from."""
    if classes & VERB:
        yield from _checked(lemma, _NOUN_BEHIND_VERB, _noun)
    if classes & NOUN:
        yield from _checked(lemma, _NOUN_BEHIND_NOUN, _noun)
        yield from _checked(lemma, _DOER_BEHIND_NOUN, _verb_of_doer)


def _checked(lemma: str, rules: list, check: Callable[[str], str]) -> Iterator[str]:
    for ending, replacements in rules:
        match = re.search(rf"(?:{ending})$", lemma)
        if not match or match.start() < 2:
            continue
        for replacement in replacements:
            found = check(lemma[: match.start()] + replacement)
            if found and found != lemma:
                yield found
                break


def _noun(word: str) -> str:
    """The word, or its strong grade (*tulkki* for *tulki*), if that is a plain noun."""
    if _is(word, NOUN):
        return word
    if len(word) > 3 and word[-2] in _STRONG:
        strong = word[:-2] + _STRONG[word[-2]] + word[-1]
        if _is(strong, NOUN):
            return strong
    return ""


def _verb_of_doer(word: str) -> str:
    for reading in readings(word):
        if reading.lemma == word and len(reading.parts) == 1 and reading.parts[0].root != word:
            return reading.parts[0].root
    return ""


def _is(word: str, classes: frozenset[str]) -> bool:
    return any(
        reading.lemma == word and reading.word_class in classes and len(reading.parts) == 1
        for reading in readings(word)
    )
