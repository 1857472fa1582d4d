"""Reading libvoikko's morphological output: lemmas, compound parts and derivational bases.

An analysis carries ``FSTOUTPUT``, for example for *maahanmuuttajanuoret*::

    [Ln][Xp]maahan=muuttaja[X]maahan[Bm]muuttaj[Sn][Ny]a[Bh][Bc][Lnl][Xp]nuori[X]nuor[Sn][Nm]et

``[Bc]`` divides the parts of a compound; ``[Bm]`` marks a seam inside a word that the dictionary
knows whole, which must stay whole (*maahanmuuttaja*, not *maa* and *muuttaja*). ``[Xp]…[X]`` holds
the part's dictionary form and ``[Xj]…[X]`` a derivational ending; the rest is the surface.
"""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import libvoikko

NAMING = {"nimisana", "nimisana_laatusana", "paikannimi", "nimi"}
_MINEN = "[Tn4]mi"
_TAG = re.compile(r"\[(\w+)\]([^\[]*)")
_local = threading.local()


class VoikkoMissing(Exception):
    """The library or its Finnish dictionary is not installed on this machine."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a compound: as written, its dictionary form, whether derived from that."""

    surface: str
    root: str
    derived: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a word; a word that is no compound has a single part.

    ``noun``: the word as a dictionary's reader would look it up, if it is used as a noun; of a
    verb's *-minen* form that is itself (*työllistymistä*: *työllistyminen*, lemma *työllistyä*).
    """

    lemma: str
    word_class: str
    parts: tuple[Part, ...]
    noun: str = ""


def handle() -> "libvoikko.Voikko":
    """The instance of this thread: one cannot be shared between threads."""
    if not hasattr(_local, "voikko"):
        try:
            _local.voikko = libvoikko.Voikko("fi")
        except (OSError, libvoikko.VoikkoException) as error:
            raise VoikkoMissing(str(error)) from error
    return _local.voikko


def version() -> str:
    """Version of the library and the dictionary's variant, for example ``4.3.1-standard``."""
    handle()
    variants = [entry.variant for entry in libvoikko.Voikko.listDicts() if entry.language == "fi"]
    return "-".join([libvoikko.Voikko.getVersion(), *variants[:1]])


@lru_cache(20_000)
def readings(word: str) -> tuple[Reading, ...]:
    """Every distinct reading of a word; none if the dictionary has no such word."""
    found = (_reading(analysis) for analysis in handle().analyze(word))
    return tuple(dict.fromkeys(reading for reading in found if reading))


def _reading(analysis: dict[str, str]) -> Reading | None:
    lemma = analysis.get("BASEFORM", "").lower()
    if not lemma:
        return None
    output, word_class = analysis.get("FSTOUTPUT", ""), analysis.get("CLASS", "")
    noun = lemma if word_class in NAMING else ""
    stem, doing, _ending = output.partition(_MINEN)
    if doing and "[Bc]" not in _ending:
        *first, last = (part.surface for part in _parts(stem))
        lead = lemma.rpartition("-")[0] + "-" if "-" in lemma else "".join(first)
        noun = f"{lead}{last}minen"
    return Reading(lemma, word_class, tuple(_parts(output)), noun)


def _parts(output: str) -> Iterator[Part]:
    for chunk in output.split("[Bc]"):
        surface, root, derived, hidden = "", "", False, ""
        for tag, text in _TAG.findall(chunk):
            if tag == "X":
                hidden = ""
            elif tag in ("Xp", "Xj", "Xr", "Xs"):
                hidden = tag
            if hidden == "Xp":
                root += text
            elif not hidden:
                surface += text
            derived = derived or tag == "Xj"
        surface = surface.strip("-").lower()
        if surface:
            yield Part(surface, root.replace("=", "").lower() or surface, derived)


def suggestions(word: str) -> list[str]:
    """Corrections that the dictionary proposes for a misspelt word, the likeliest first."""
    return [found.lower() for found in handle().suggest(word) if " " not in found]


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
