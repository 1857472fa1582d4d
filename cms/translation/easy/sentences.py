"""Sentences of a text, and what one can say of each of their words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import simplemma

from cms.analysis.finnish import part_lemmas
from cms.analysis.grammar import Grammar, grammar
from cms.analysis.voikko import VoikkoMissing, readings

LONG = 15
"""Letters from which a word is long whatever it is; one of three parts is long too."""
WORD = re.compile(r"[^\W\d_]+(?:[-:’'][^\W\d_]+)*")
ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\b[\w-]+\.(?:fi|org|com|net|eu)\b\S*")
"""Of the web and of e-mail: no words."""
ITEM = re.compile(r"^\s*(?:[-–•*]|\d+[.)])\s+")
END = re.compile(r"(?<=[.!?…])[\"”’»)]*\s+(?=[\"”’»(]*[^\Wa-zåäö_])")
ABBREVIATED = re.compile(r"\b(?:esim|mm|ym|jne|yms|ns|ks|nk|tms|klo|puh)\.$", re.IGNORECASE)
FULL_LINE = 55
"""Letters: a line of more without a full stop goes on in the next one, as in wrapped text."""
NAMES = {"etunimi", "sukunimi", "paikannimi", "nimi"}
KNOWN = NAMES | {"asemosana", "lukusana", "kieltosana", "lyhenne", "huudahdussana", "etuliite"}
RARE_CASES = {"vajanto", "seuranto", "keinonto"}


@cache
def common_words() -> frozenset[str]:
    lines = Path(__file__).with_name("common_words.txt").read_text("utf-8").splitlines()
    return frozenset(
        word.lower() for line in lines if not line.startswith("#") for word in line.split()
    )


def sentences_of(text: str) -> Iterator[str]:
    for line in _lines(text):
        begun = ""
        for piece in END.split(line):
            # *Esim. näin*, *3. maaliskuuta*: no sentence begins there.
            ordinal = re.search(r"\b\d{1,2}\.$", begun) and piece[:1].islower()
            if begun and not (ordinal or ABBREVIATED.search(begun)):
                yield begun
                begun = ""
            begun = f"{begun} {piece}".strip()
        if begun:
            yield begun


def _lines(text: str) -> Iterator[str]:
    """Paragraphs and items; lines that only the width of a file has broken are joined."""
    begun, last = "", ""
    for line in [*text.splitlines(), ""]:
        goes_on = (
            line.strip() and begun and not ITEM.match(line) and not re.search(r"[.!?…:]$", last)
        )
        if goes_on and (line.strip()[0].islower() or len(last) > FULL_LINE):
            begun += f" {line.strip()}"
        else:
            if begun:
                yield begun
            begun = ITEM.sub("", line, count=1).strip()
        last = line.rstrip()


@dataclass(frozen=True, slots=True)
class Word:
    """``is_exact``: as libvoikko reads it. Without it no form is called hard."""

    text: str
    is_uncommon: bool
    is_long: bool = False
    is_passive: bool = False
    is_passive_participle: bool = False
    has_rare_case: bool = False
    is_packed: bool = False
    is_genitive: bool = False
    is_name: bool = False
    is_exact: bool = True

    @property
    def letters(self) -> int:
        """As far as they count: names are as long as they are."""
        return 5 if self.is_name else min(len(self.text), 14)


def words_of(sentence: str) -> list[Word]:
    found = WORD.findall(ADDRESS.sub(" ", sentence))
    return [_word(text, number > 0) for number, text in enumerate(found)]


@lru_cache(20_000)
def _word(text: str, within: bool) -> Word:
    """``within``: not the first of its sentence, so that a capital means a name."""
    is_name = within and text[0].isupper()
    try:
        forms = grammar(text.partition(":")[0])
        if is_name or not forms:
            # A slip, a new word, or a name that no dictionary has.
            is_name = is_name or text[0].isupper()
            is_long = not is_name and len(text) >= LONG
            return Word(text, is_uncommon=not is_name, is_long=is_long, is_name=is_name)
        return _read(text, forms)
    except VoikkoMissing:
        lemma = simplemma.lemmatize(text.lower(), lang="fi").lower()
        unknown = not is_name and lemma not in common_words()
        return Word(text, unknown, unknown and len(text) >= LONG, is_exact=False)


def _read(text: str, forms: tuple[Grammar, ...]) -> Word:
    uncommon = not _is_common(text, forms)
    # Where a word can be read in several ways, the easiest one is meant.
    parts = min(form.parts for form in forms)
    is_known = _is_known(text, forms)
    return Word(
        text,
        is_uncommon=uncommon,
        is_long=not is_known and (len(text) >= LONG or parts > 2),
        is_passive=all(form.is_passive for form in forms),
        is_passive_participle=any(
            form.participle == "past_passive" and form.case == "nimento" for form in forms
        ),
        has_rare_case=uncommon_case(text, forms),
        is_packed=all(map(_packs_a_clause, forms)) and not _own_word(forms),
        is_genitive=all(form.case == "omanto" and form.word_class != "asemosana" for form in forms),
    )


def uncommon_case(text: str, forms: tuple[Grammar, ...]) -> bool:
    """Without something, with someone, by means of: *rahatta*, *perheineen*, *omin voimin*."""
    return text.lower() not in common_words() and all(form.case in RARE_CASES for form in forms)


def _packs_a_clause(form: Grammar) -> bool:
    """*Tehdessä*, *tultuaan*, *oppiakseen*; *kurssille osallistuvien*, *Suomeen muuttaneille*."""
    if form.mood == "E-infinitive":
        return True
    if form.mood == "A-infinitive":
        return form.has_possessive
    if form.participle == "past_passive" and form.has_possessive:
        return True
    return bool(form.participle) and form.participle != "agent" and form.case not in ("nimento", "")


def _own_word(forms: tuple[Grammar, ...]) -> bool:
    """A participle that has become a word by itself (*seuraavan*), or a verb's usual form."""
    return any(form.lemma in common_words() for form in forms if form.participle)


def _is_known(text: str, forms: tuple[Grammar, ...]) -> bool:
    """As it stands: on the list, a name, a pronoun, a number."""
    common = common_words()
    return text.lower() in common or any(
        form.lemma in common or form.word_class in KNOWN for form in forms
    )


def _is_common(text: str, forms: tuple[Grammar, ...]) -> bool:
    common = common_words()
    if _is_known(text, forms):
        return True
    for reading in readings(text.lower()):
        parts = list(part_lemmas(reading))
        if parts and len(parts) < 3 and all(part in common for part in parts):
            return True
        # *Osallistuva*, *lukeminen*: made of a verb that everybody knows.
        if len(reading.parts) == 1 and reading.parts[0].root in common:
            return True
    return False
