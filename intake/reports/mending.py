"""What a scanner misread, put right where the dictionary is sure, and remembered where it isn't."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from cms.analysis import voikko

from .blocks import Block

WORD = re.compile(r"[^\W\d_][\w$|é]*(?:[-][^\W_]\w*)*|\d+[a-zåäö]{3,}\w*")
LOOKS = {
    "a": "aä",
    "o": "oö",
    "d": "däö",
    "é": "öä",
    "á": "ä",
    "ó": "ö",
    "0": "oö",
    "1": "li",
    "|": "li",
    "5": "s",
    "$": "s",
    "6": "ö",
    "8": "ä",
}
STRANGE = re.compile(r"[01|5$68éáó]")
MISREAD = re.compile(r"[A-ZÅÄÖ][a-zåäö]+[01|]{1,2}[a-zåäö]+")
LONG = 6  # letters; a shorter word in capitals may be an acronym
MOST = 600
BODY = re.compile(r"\s(?:ELY|TE|AVI|[Kk]aupun[gk]i|[Kk]un(?:ta|na)|[Ll]ii?t)", re.UNICODE)
"""After it a word is a place's name."""
SAMPLE = 1_500
NAMES = {"paikannimi", "etunimi", "sukunimi", "nimi"}
# A number in which letters stand for digits: ``29O 78O``, ``l.5.2016``.
ADDRESS = re.compile(r"(\S*(?:@|://|www\.|\w\.(?:fi|com|org|net|eu)\b)\S*)")
DAY = re.compile(r"(?<!\w)[\dOolI|]{1,2}\.\s?[\dOolI|]{1,2}\.\s?[2l][\dOo][\dOolI|]{2}(?!\w)")
NUMBER = re.compile(r"(?<![\w$])[\dOolI|]{1,4}(?:[.,/ ]{1,2}[\dOolI|]{1,4}){1,3}(?![\w])")
ZERO = re.compile(
    r"(?<=[A-ZÅÄÖ]{2})0(?=[A-ZÅÄÖ]{2}|[A-ZÅÄÖ]\b)|(?<=-[PTKL])0(?=[A-ZÅÄÖ])|(?<=\s)0(?=y\b)"
)
SMALL_L = re.compile(r"(?<=[A-ZÅÄÖ])l(?=[A-ZÅÄÖ]{2})|(?<=[A-ZÅÄÖ]{2})l(?=[A-ZÅÄÖ])")
DOLLAR = re.compile(r"(?P<small>(?<=[a-zåäö])\$(?=[a-zåäö\W]|$))|(?<=[A-ZÅÄÖ])\$|\$(?=[^\W\d_])")
YEAR = re.compile(r"(?<!\w)2(?=[OoIl\d]*\d)[Oo0][OoIl\d]{2}(?!\w)")
EUROS = re.compile(r"(?<![\w$])\d[\dOolI|]*(?: [\dOolI|]{3})*(?=\s?(?:€|euroa?\b))")
DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
CODE = re.compile(r"(?<![\w])(?:([SARJ])[S$§5]?|[$§])[ $§]?([\dOolI]{5,6})(?!\w)")


def mended(blocks: list[Block]) -> tuple[list[Block], dict[str, str]]:
    """The blocks with misread words put right, and the words that stay doubtful.

    Of each doubtful word: what the dictionary would propose, or nothing. A text is taken for a
    scan when several of its words make sense only with other letters.
    """
    blocks = [_with(block, _letters) for block in blocks]
    try:
        noisy = _is_noisy(blocks)
    except voikko.VoikkoMissing:
        return blocks, {}
    blocks = [_with(block, _numbers) for block in blocks]
    if not noisy:
        return blocks, {}
    doubtful: dict[str, str] = {}
    mend = lambda text: _mend(text, doubtful)  # noqa: E731
    return [_with(block, mend) for block in blocks], doubtful


def _with(block: Block, change) -> Block:
    text = change(block.text)
    if text == block.text:
        return block
    bold = ((0, len(text), "b"),) if block.is_bold else ()
    cells = tuple(map(change, block.cells))
    return replace(block, text="\t".join(cells) if cells else text, cells=cells, marks=bold)


def _letters(text: str) -> str:
    """A dollar sign beside letters was an S, a nought or l among capitals an O or I."""
    text = SMALL_L.sub("I", ZERO.sub("O", text))
    return DOLLAR.sub(lambda match: "s" if match["small"] else "S", text)


def _numbers(text: str) -> str:
    text = YEAR.sub(lambda match: match[0].translate(DIGITS), text)
    text = CODE.sub(_code, text)
    text = EUROS.sub(lambda match: match[0].translate(DIGITS), text)
    text = DAY.sub(lambda match: match[0].translate(DIGITS), text)
    return NUMBER.sub(_number, text)


def _code(match: re.Match) -> str:
    digits = match[2].translate(DIGITS)
    sure = len(re.findall(r"\d", match[2])) >= 3
    return (match[1] or "S") + digits if sure else match[0]


def _number(match: re.Match) -> str:
    if re.search(r"(?:^|\s)\|(?:\s|$)", match[0]):
        return match[0]  # a line of a table
    digits = len(re.findall(r"\d", match[0]))
    letters = len(re.findall(r"[OolI|]", match[0]))
    return match[0].translate(DIGITS) if digits >= 2 and letters and digits > letters else match[0]


def _is_noisy(blocks: list[Block]) -> bool:
    """By the first words: several make sense with other letters, most as they are."""
    kinds: Counter[str] = Counter()
    words = (match[0] for block in blocks for match in WORD.finditer(block.text))
    small = (word for word in words if len(word) > 3 and word[1:].islower())
    for word in itertools.islice(small, SAMPLE):
        kinds["known" if is_known(word.lower()) else _kind(word) if word.islower() else "name"] += 1
    if kinds["known"] < kinds.total() * 0.4:
        return False  # another language, or none
    return kinds["mended"] >= 3 and kinds["mended"] > kinds.total() * 0.005


def _mend(text: str, doubtful: dict[str, str]) -> str:
    def word(match: re.Match) -> str:
        inside = bool(re.search(r"[^.!?\s]\s*$", match.string[: match.start()]))
        inside = inside or bool(BODY.match(match.string, match.end()))
        return _word(match[0], doubtful, inside, text.isupper())

    return "".join(
        part if at % 2 else WORD.sub(word, part) for at, part in enumerate(ADDRESS.split(text))
    )


def _word(word: str, doubtful: dict[str, str], inside: bool, aloud: bool) -> str:
    """``inside`` a sentence a capital begins a name; ``aloud`` all of it has capitals."""
    coded = any(sign.isdigit() for sign in word) and word[0].isupper()
    if len(word) < 4 or (coded and not MISREAD.fullmatch(word)):
        return word
    if word.isupper() and not aloud and len(word) < LONG:
        return word
    if word.isupper():
        return candidates(word.lower())[0].upper() if _kind(word.lower()) == "mended" else word
    if not (re.sub(r"(?<=-)[^\W\d_]", "x", word[1:]).islower() or STRANGE.search(word)):
        return word
    if inside and word[0].isupper() and (name := _name(word.lower())):
        return name
    kind = _kind(word.lower())
    if kind == "mended":
        found = candidates(word.lower())[0]
        return _capital(found) if _classes(found) <= NAMES else _cased(found, word)
    if kind == "doubtful" and word[0].islower():
        doubtful[word] = ", ".join(candidates(word)[:2]) or _proposed(word)
    return word


def _cased(found: str, word: str) -> str:
    """With capital letters where the word has them."""
    pairs = zip(found, word, strict=True)
    return "".join(letter.upper() if old.isupper() else letter for letter, old in pairs)


def _capital(word: str) -> str:
    """A name, each part of it."""
    return re.sub(r"(?:^|(?<=-))[^\W\d_]", lambda match: match[0].upper(), word)


def _classes(word: str) -> set[str]:
    return {reading.word_class for reading in voikko.readings(word)}


def _name(word: str) -> str:
    """A name that the word may be, where it is a common word itself (*Hameen*: *Hämeen*)."""
    if _classes(word) & NAMES:
        return ""
    found = [each for each in _readable(word) if _classes(each) & NAMES]
    return _capital(found[0]) if len(found) == 1 else ""


@lru_cache(20_000)
def _kind(word: str) -> str:
    """``known``, ``mended`` where one other word fits, else ``doubtful``."""
    if is_known(word):
        return "known"
    return "mended" if len(candidates(word)) == 1 else "doubtful"


@lru_cache(20_000)
def is_known(word: str) -> bool:
    if voikko.readings(word):
        return True
    return "-" in word and all(voikko.readings(part) for part in word.split("-") if part)


@lru_cache(5_000)
def candidates(word: str) -> tuple[str, ...]:
    """The known words that a scanner may have read so, those with the fewest changes."""
    found = [each for each in _readable(word) if _is_plain(each)]
    fewest = min(map(_parts, found), default=0)
    return tuple(dict.fromkeys(each for each in found if _parts(each) == fewest))


def _readable(word: str) -> list[str]:
    """Other words that the dictionary knows, of letters that look alike."""
    variants = itertools.islice(_variants(word), MOST)
    return [each for each in variants if each != word and is_known(each)]


def _parts(word: str) -> int:
    """Of how many parts the word is in its simplest reading: any letters fit an odd compound."""
    return min((len(reading.parts) for reading in voikko.readings(word)), default=9)


def _variants(word: str) -> Iterator[str]:
    choices = [LOOKS.get(letter, letter) for letter in word]
    return map("".join, itertools.product(*choices))


def _is_plain(word: str) -> bool:
    """No reading as an odd compound only: those fit nearly anything."""
    return (
        any(len(reading.parts) < 4 + len(word) // 14 for reading in voikko.readings(word))
        or "-" in word
    )


@lru_cache(2_000)
def _proposed(word: str) -> str:
    return next((each for each in voikko.suggestions(word) if "-" not in each), "")
