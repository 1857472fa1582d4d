"""Organisations and people of a cell, with what is written beside their names."""

import re

from cms.core.numbers import telephone_numbers
from cms.core.written import plain

from .cells import parts_of, with_brackets
from .draft import name_of

PERIOD = re.compile(r"\s*[–—]\s*|\s+-\s+|(?<=\d)-(?=\d{1,2}\.|\d{4}\b)|(?<=\.)-(?=\d)")
ORGANISATION = re.compile(
    r"\b(?:ry|rf|r\.y\.|oy|ab|sr|säätiö|stiftelse\w*|kaupunki|kunta|stad|kommun|liitto|förbund\w*"
    r"|keskus|yhdistys|förening\w*|opisto|koulu|yliopisto|seurakunta|kuntayhtymä|seura|järjestö)$",
    re.IGNORECASE,
)


def organisations_of(text: str) -> list[tuple[str, str]]:
    """Names, each with its period or nothing; commas part them where each part is one by itself."""
    found = []
    for part in parts_of(text):
        name, inside, _rest = with_brackets(part)
        dated = bool(re.search(r"\d{4}", inside))
        pieces = re.split(r",\s+|\s+ja\s+(?=[A-ZÅÄÖ])", part)
        if len(pieces) > 1 and all(ORGANISATION.search(piece.strip()) for piece in pieces):
            found += [(name_of(piece), "") for piece in pieces]
        else:
            found.append((name_of(name), inside) if dated else (name_of(part), ""))
    return found


def person_of(text: str) -> tuple[str, dict[str, str], str]:
    """Name, what is told of the person, and the last public day, in any order."""
    name, *rest = [plain(piece) for piece in text.split(",")]
    facts: dict[str, str] = {}
    until = ""
    for piece in rest:
        if "@" in piece:
            facts["email"] = piece
        elif match := re.fullmatch(r"(?:public until|julkinen|offentlig till)\s+(\S+)", piece):
            until = match[1]
        elif telephone_numbers(piece):
            facts["phone"] = ", ".join(filter(None, (facts.get("phone"), piece)))
        elif piece:
            facts["title"] = ", ".join(filter(None, (facts.get("title"), piece)))
    return name, facts, until
