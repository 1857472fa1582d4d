"""Numbers as people write them: ``290 780,50 €``, ``€ 290 780.50``, ``290.780,50``, ``٢٩٠٧٨٠``."""

import re
import unicodedata
from decimal import Decimal

LONGEST = 40  # characters; no number of a form has more
CURRENCY = re.compile(r"^(?:€|eur|euros?|euroa)|(?:€|eur|euros?|euroa)$", re.IGNORECASE)
# Sign; digits, their groups and the decimals; the ",-" of a round sum.
WRITTEN = re.compile(r"(?P<sign>[-+]?) ?(?P<digits>\d[\d., ']*?)(?:,-)?")
SIGNS = str.maketrans({"−": "-", "–": "-", "’": "'", "٫": ".", "٬": "'", "،": ","})


class UnreadableNumber(ValueError):
    """What was written is no number."""


class AmbiguousNumber(ValueError):
    """A point or comma before three digits: thousands to some, decimals to others.

    ``whole`` is the number if it stands between thousands.
    """

    def __init__(self, whole: Decimal):
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
    found = WRITTEN.fullmatch(_plain(text))
    if not found:
        raise UnreadableNumber(text)
    whole, decimals = _split(found["digits"])
    number = Decimal(f"{whole}.{decimals}") if decimals else Decimal(whole)
    return -number if found["sign"] == "-" else number


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
