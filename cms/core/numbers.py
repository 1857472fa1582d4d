"""Numbers, sums of money and telephone numbers, read as people write them.

People write ``290 780,50 €``, ``€ 290 780.50``, ``290.780,50`` or ``٢٩٠٧٨٠``, and telephone numbers
with words around them. How numbers are shown: :mod:`.formatting`.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

LONGEST = 40  # characters; no number of a form has more
CURRENCY = re.compile(r"^(?:€|eur|euros?|euroa)|(?:€|eur|euros?|euroa)$", re.IGNORECASE)
# Sign; digits, their groups and the decimals; the ",-" of a round sum.
WRITTEN = re.compile(r"(?P<sign>[-+]?) ?(?P<digits>\d[\d., ']*?)(?:,-)?")
SIGNS = str.maketrans({"−": "-", "–": "-", "’": "'", "٫": ".", "٬": "'", "،": ","})


_LARGE = {
    "mrd": 1_000_000_000,
    **dict.fromkeys(("milj", "mn", "m", "million", "miljoonaa", "miljoner", "mln"), 1_000_000),
    **dict.fromkeys(("tuhatta", "t", "tkr", "k", "thousand", "tusen"), 1_000),
}
_MULTIPLIED = re.compile(
    r"(?P<number>.*\d)\s*(?P<word>[a-zåäö]+)\.?\s*(?:€|eur|euroa?|euros)?", re.IGNORECASE
)


class UnreadableNumber(ValueError):
    """What was written is no number."""


class AmbiguousNumber(ValueError):
    """A point or comma before three digits: thousands to some, decimals to others.

    ``whole`` is the number if it stands between thousands.
    """

    def __init__(self, whole: Decimal) -> None:
        super().__init__(str(whole))
        self.whole = whole


def read_number(text: str) -> Decimal:
    """The one number that the text can mean, whatever the language.

    The last of points and commas begins the decimals, if the rest is grouped by threes; alone
    before exactly three digits it may also stand between thousands, and nobody can tell.
    Raises :class:`UnreadableNumber` or :class:`AmbiguousNumber`, never guesses.
    """
    if len(text) > LONGEST:
        raise UnreadableNumber(text)
    if large := _large(text):
        return large
    found = WRITTEN.fullmatch(_plain(text))
    if not found:
        raise UnreadableNumber(text)
    whole, decimals = _split(found["digits"])
    number = Decimal(f"{whole}.{decimals}") if decimals else Decimal(whole)
    return -number if found["sign"] == "-" else number


def _large(text: str) -> Decimal | None:
    """*0,29 M€*, *1,2 milj. €*, *290 t€*: a number with a word that multiplies it."""
    match = _MULTIPLIED.fullmatch(" ".join(text.split()))
    factor = match and _LARGE.get(match["word"].casefold())
    if not factor:
        return None
    try:
        return read_number(match["number"]) * factor
    except AmbiguousNumber:
        # Before such a word nobody writes thousands.
        return Decimal(match["number"].replace(",", ".")) * factor


def _plain(text: str) -> str:
    """Latin digits, plain spaces, no currency."""
    digits = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in text.translate(SIGNS)
    )
    words = " ".join(digits.split())
    return CURRENCY.sub("", words, count=1).strip()


def _split(digits: str) -> tuple[str, str]:
    """Whole part and decimals, both digits alone."""
    marks = [sign for sign in digits if sign in ".,"]
    mark = marks[-1] if marks else ""
    spaced = " " in digits or "'" in digits
    if not marks:
        return _joined(digits, " '"), ""
    if marks.count(mark) > 1:
        return _joined(digits, mark), ""
    whole, decimals = digits.split(mark)
    if not decimals.isdecimal():
        raise UnreadableNumber(digits)
    whole = _joined(whole, " '" if spaced else ".,")
    alone = len(marks) == 1 and not spaced
    if alone and len(decimals) == 3 and re.fullmatch(r"[1-9]\d{0,2}", whole):
        raise AmbiguousNumber(Decimal(whole + decimals))
    return whole, decimals


def _joined(digits: str, separators: str) -> str:
    """Digits without the one separator of their thousands, each group of which has three."""
    used = {sign for sign in digits if not sign.isdecimal()}
    if not used:
        return digits
    groups = re.split(r"\D", digits)
    threes = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3
    if len(used) > 1 or not used <= set(separators) or not threes:
        raise UnreadableNumber(digits)
    return "".join(groups)


REGION = "FI"  # whose numbers are written without a country code
# "8.00–16.00" would be a free number, and "16:00 050 …" a longer one.
HOURS = re.compile(
    r"(?<!\d)\d{1,2}[.:]\d{2}\s*[-–]\s*\d{1,2}[.:]\d{2}(?!\d)|(?<!\d)\d{1,2}:\d{2}(?!\d)"
)
BEGINNING = re.compile(r"\(?[+＋0٠۰]")
SHORT = re.compile(r"[1-9][\d ]{2,6}")  # 112, 116 117: the same everywhere, without a country


@dataclass(frozen=True)
class Part:
    """A piece of what was written; ``number`` (``+358501234567;ext=12``) if it can be called."""

    text: str
    number: str = ""


def telephone_parts(written: str) -> list[Part]:
    """The text in pieces, each number that it holds one of them; nothing of it is lost."""
    return _parts(str(written or "").strip())


@lru_cache(maxsize=2_000)
def _parts(text: str) -> list[Part]:
    if SHORT.fullmatch(text):
        return [Part(text, phonenumbers.normalize_digits_only(text))]
    found, end = [], 0
    for match in _matches(HOURS.sub(lambda hours: "x" * len(hours[0]), text)):
        number = phonenumbers.format_number(match.number, PhoneNumberFormat.E164)
        if extension := match.number.extension:
            number += f";ext={extension}"
        found += [Part(text[end : match.start]), Part(text[match.start : match.end], number)]
        end = match.end
    return [part for part in (*found, Part(text[end:])) if part.text]


def telephone_numbers(written: str) -> list[str]:
    """The numbers alone, as machines read them."""
    return [part.number for part in telephone_parts(written) if part.number]


def _matches(text: str) -> list:
    """Numbers that exist; without any, what looks like one (an extension within the house)."""
    valid = list(PhoneNumberMatcher(text, REGION, leniency=Leniency.VALID))
    if valid:
        return valid
    possible = PhoneNumberMatcher(text, REGION, leniency=Leniency.POSSIBLE)
    return [match for match in possible if BEGINNING.match(match.raw_string)]
