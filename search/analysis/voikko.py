"""Reading libvoikko's morphological output: lemmas, compound parts and derivational bases.

An analysis carries ``FSTOUTPUT``, for example for *maahanmuuttajanuoret*::

    [Ln][Xp]maahan=muuttaja[X]maahan[Bm]muuttaj[Sn][Ny]a[Bh][Bc][Lnl][Xp]nuori[X]nuor[Sn][Nm]et

``[Bc]`` divides the parts of a compound; ``[Bm]`` marks a seam inside a word that the dictionary
knows whole, which must stay whole (*maahanmuuttaja*, not *maa* and *muuttaja*). ``[Xp]…[X]`` holds
the part's dictionary form and ``[Xj]…[X]`` a derivational ending; the rest is the surface.
"""

import re
import threading
from collections.abc import Iterator
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
