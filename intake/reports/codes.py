"""A project's code: beside its label, in the address of a public record, or by its form alone."""

import re

from .blocks import Span, Text
from .entries import Entry
from .vocabulary import pattern

CODE = pattern("titles", "CODE")
STRONG_CODE = re.compile(r"(?<![\w/-])(?:[SARJ]\s?\d{5,6}|SMDno-?\d{4}-\d{1,5})(?![\w])")
PLAIN_CODE = re.compile(r"(?=.*\d)[\w./-]{3,40}")
CODE_NEAR = re.compile(
    r"koodi|tunnus|numero|diaari|dnro|päätös|code|number|hanke|projekt", re.IGNORECASE
)
RECORD = re.compile(
    r"(?:projektikoodi|hankekoodi|projectcode|code|koodi|hanke|id)=([A-Z]\d{4,6})", re.I
)
TOLD_CODE = re.compile(
    r"(?:(?:koodi|tunnus|numero)\w*\s(?:(?:on|oli|är|var|is|was)\s)?|\bproject (?:id|number):?\s)"
    r"([A-Z]{1,4}-?\d{3,7}|\d{5,10})(?!\w)",
    re.IGNORECASE,
)


def code(text: Text, known: list[Entry]) -> Span | None:
    """Beside its label; in the address of a public record; or where its form alone tells."""
    for entry in known:
        if "code" in entry.kinds and (match := CODE.search(entry.value.text)):
            return Span(match[0], entry.value.start + match.start())
        if entry.kinds == {"code"} and not entry.under and PLAIN_CODE.fullmatch(entry.value.text):
            return entry.value
    for match in (*RECORD.finditer(text.text), *TOLD_CODE.finditer(text.text)):
        return Span(match[1], match.start(1))
    for sign in (STRONG_CODE, CODE):
        for match in sign.finditer(text.text):
            before = text.text[max(0, match.start() - 50) : match.start()]
            if sign is STRONG_CODE or CODE_NEAR.search(before):
                return Span(match[0], match.start())
    return None


def further_codes(known: list[Entry], first: str) -> list[tuple[str, Span]]:
    """Other codes beside labels: in which register, and the code."""
    found = []
    for entry in known:
        if "code" not in entry.kinds or entry.under:
            continue
        for match in CODE.finditer(entry.value.text):
            if match[0].replace(" ", "") not in (first, *(span.text for _scheme, span in found)):
                scheme = " ".join(entry.label.split()).strip(" :")[:60]
                found.append((scheme, Span(match[0], entry.value.start + match.start())))
    return found
