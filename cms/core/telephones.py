"""Telephone numbers among the words that people write around them."""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

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


def parts(written: str) -> list[Part]:
    """The text in pieces, each number that it holds one of them; nothing of it is lost."""
    return _parts(str(written or "").strip())


@lru_cache(maxsize=2_000)
def _parts(text: str) -> list[Part]:
    if SHORT.fullmatch(text):
        return [Part(text, phonenumbers.normalize_digits_only(text))]
    found, end = [], 0
    for match in _matches(HOURS.sub(lambda hours: "x" * len(hours[0]), text)):
        found += [Part(text[end : match.start]), Part(text[match.start : match.end], _uri(match))]
        end = match.end
    return [part for part in (*found, Part(text[end:])) if part.text]


def numbers(written: str) -> list[str]:
    """The numbers alone, as machines read them."""
    return [part.number for part in parts(written) if part.number]


def _matches(text: str) -> list:
    """Numbers that exist; without any, what looks like one (an extension within the house)."""
    valid = list(PhoneNumberMatcher(text, REGION, leniency=Leniency.VALID))
    if valid:
        return valid
    possible = PhoneNumberMatcher(text, REGION, leniency=Leniency.POSSIBLE)
    return [match for match in possible if BEGINNING.match(match.raw_string)]


def _uri(match) -> str:
    number = phonenumbers.format_number(match.number, PhoneNumberFormat.E164)
    extension = match.number.extension
    return f"{number};ext={extension}" if extension else number
