"""A person to turn to, and the numbers and addresses that reach one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cms.core.numbers import telephone_parts

from .blocks import Span
from .vocabulary import pattern

EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\(a\)| at )\s?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}\b", re.IGNORECASE
)
PHONE = re.compile(r"(?<![\w/.-])(?:\+|00|\(?0)[\d][\d\s()–-]{5,18}\d(?![\w/])")
TITLE = pattern("people", "TITLE")
SHORT_TITLES = {"pj": "puheenjohtaja", "vpj": "varapuheenjohtaja", "tj": "toimitusjohtaja"}


@dataclass
class Contact:
    """A person with what is told of them; ``span`` is where the name stands.

    A guess has only an address that spells the name.
    """

    name: str
    span: Span
    title: str = ""
    email: str = ""
    phone: str = ""
    organisation: str = ""
    is_guess: bool = False
    places: dict[str, Span] = field(default_factory=dict)

    def take(self, what: str, value: str, span: Span) -> bool:
        if not value or getattr(self, what):
            return False
        setattr(self, what, value)
        self.places[what] = span
        return True


def title(text: str) -> str:
    text = " ".join(text.split()).strip(" :,–-")
    return SHORT_TITLES.get(
        text.lower().rstrip("."), text[:1].lower() + text[1:] if text[1:2].islower() else text
    )


def reach(span: Span) -> Iterator[tuple[str, str, Span]]:
    """Addresses and numbers of a line, in their order."""
    for match in EMAIL.finditer(span.text):
        address = re.sub(r"\s?(?:\(at\)|\[at\]|\(a\)| at )\s?", "@", match[0], flags=re.I).replace(
            " ", ""
        )
        yield "email", address.strip(".-").lower(), Span(match[0], span.start + match.start())
    masked = EMAIL.sub(lambda match: "x" * len(match[0]), span.text)
    for match in PHONE.finditer(masked):
        if any(part.number for part in telephone_parts(match[0])):
            number = " ".join(match[0].split())
            number = number.removeprefix("(") if ")" not in number else number
            yield "phone", number, Span(match[0], span.start + match.start())
