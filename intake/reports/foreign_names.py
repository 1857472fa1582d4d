"""Organisations by their Swedish and English names."""

import re
from collections.abc import Iterator

from .mention import Mention, kind_of, tidy_name
from .name_bounds import begin
from .words import Token

ONE = re.compile(r"[A-ZÅÄÖ][\w-]*(?:\s(?:of\s)?(?=[A-ZÅÄÖ])[\w-]+)*")
MANY = re.compile(r"[A-ZÅÄÖ][\w-]*(?:(?:,\s|,?\s(?:and|of|the|for)\s|\s)(?=[A-ZÅÄÖ])[\w-]+)*")
GENITIVE = re.compile(r"(förbund|stad|kommun|central|centralen|stiftelse|stiftelsen|sällskap)s$")
OWN = re.compile(r"(?:(?!The\b|With\b|And\b|Partners?\b)[A-ZÅÄÖ][\w-]+\s){1,3}$")


def foreign(text: str, words: list[Token], place: int) -> Iterator[Mention]:
    first = begin(text, words, place, small=0)
    head = words[place]
    if first == place and not re.search(r"-", head.text):
        return
    start, end = words[first].start, head.end
    after = re.match(r"\s(?:i|for|of)\s(?:[A-ZÅÄÖ][\w-]+(?:\s(?=[A-ZÅÄÖ]))?)+", text[end:])
    if after and re.search(
        r"central|förbund|förening|kommun|centre|center|association|union|agency|council|board"
        r"|federation|institute|network|foundation|authority",
        head.text,
        re.I,
    ):
        end += after.end()
    name = GENITIVE.sub(r"\1", tidy_name(text[start:end]))
    if not re.search(r"\s|-", name):
        return
    place_head = re.fullmatch(r"stad|kommun", head.text.lower())
    municipality = words[place - 1].text if place_head else ""
    yield Mention(name, start, end, kind=kind_of(name), municipality=municipality)


def english_of(text: str, match: re.Match) -> Iterator[Mention]:
    several = match[0].startswith(("Ministry", "Centre", "Center"))
    rest = (MANY if several else ONE).match(text[match.end() :])
    if not rest:
        return
    simple = match[0].startswith(("City", "Town", "Municipality"))
    words = rest[0].split()[0].rstrip(",") if simple else rest[0]
    end = match.end() + len(words)
    before = OWN.search(text[: match.start()])
    start = match.start() - (0 if simple or not before else len(before[0]))
    name = text[start:end]
    yield Mention(name, start, end, kind=kind_of(name), municipality=words if simple else "")
