"""Organisations in running text: where a name begins and ends, and its basic form."""

import re
from collections.abc import Iterator
from dataclasses import replace

from .foreign_names import english_of, foreign
from .funds import FUNDERS
from .mention import Mention, kind_of, tidy_name, without_overlaps
from .name_bounds import OPENING, adjacent, begin, is_name
from .vocabulary import pattern
from .words import Token, base_of, classes, is_plural, tokens

HEADS = pattern("names", "HEADS")
MAYBE_HEAD = pattern("names", "MAYBE_HEAD")
# Bodies that only an own name before them makes an organisation of.
COMMON = pattern("names", "COMMON")
SUFFIX = re.compile(
    r"(?:r\.?y|r\.?f|oyj?|ab|sr|osk|ky|kb|tmi|ltd|inc|gmbh|e\.v)\.?$", re.IGNORECASE
)
DOTTED = re.compile(
    r"(?<![\w&-])[A-ZÅÄÖ][\w&-]*(?:\s(?:[A-ZÅÄÖ][\w&-]*|och|i|för|ja)){0,5}\sr\.\s?[fy]\.?(?!\w)"
)
ENDING = re.compile(
    r"\s(?:(?P<dotted>r\.\s?[fy]\.?)(?!\w)|-(?P<head>(?:kuntayhtym|säätiö|yhdisty|osuusku)\w+))"
)
SWEDISH = pattern("names", "SWEDISH")
ENGLISH = pattern("names", "ENGLISH")
BEFORE_HYPHEN = re.compile(
    r"(?:[A-ZÅÄÖ][\w-]*(?:,\s[\w-]+-)*\s?-\s?(?:ja|sekä)\s"
    r"|[A-ZÅÄÖ][\w]*-,\s(?:[\w]+-\s)?ja\s)$"
)
REGION = pattern("names", "REGION")
SWEDISH_OWN = pattern("names", "SWEDISH_OWN")
"""Authorities without a capital letter, or with it behind: *Region Norrbotten*."""
OF = pattern("names", "OF")
LEADER = re.compile(r"Leader\s(?:[A-ZÅÄÖ][\w-]+n\s)?[A-ZÅÄÖ][\w-]+(?!\w)(?!\s[A-ZÅÄÖ]?\w*\s?ry\b)")
ANY = re.compile(r"^\w")
CENTRE = pattern("names", "CENTRE")
SWEDISH_CENTRE = pattern("names", "SWEDISH_CENTRE")


def mentions(text: str, registered=()) -> list[Mention]:
    """Organisations of ``text`` in their order; of two that overlap the longer.

    ``registered`` finds those of the registers (:mod:`.registers`).
    """
    found = [*_funds(text), *_by_heads(text)]
    if registered:
        found += registered(text)
    found = [_with_ending(text, each) for each in without_overlaps(found)]
    return sorted(found, key=lambda each: each.start)


def _with_ending(text: str, mention: Mention) -> Mention:
    """*Kaakon opisto -kuntayhtymä*, *Kustens förening r.f.*"""
    match = ENDING.match(text, mention.end)
    if not match or mention.kind == "fund":
        return mention
    ending = match["dotted"] or f"-{base_of(match['head'], HEADS) or match['head']}"
    return replace(mention, name=f"{mention.name} {ending}", end=match.end())


def _funds(text: str) -> Iterator[Mention]:
    for funder in FUNDERS:
        for match in funder.sign.finditer(text):
            yield Mention(funder.name, match.start(), match.end(), funder.short_name, funder.kind)


def _by_heads(text: str) -> Iterator[Mention]:
    words = list(tokens(text))
    for place, word in enumerate(words):
        if SUFFIX.fullmatch(word.text.partition(":")[0]) and place:
            yield from _association(text, words, place)
        elif MAYBE_HEAD.search(word.text) and (head := base_of(word.text, HEADS)):
            yield from _headed(text, words, place, head)
        elif SWEDISH.fullmatch(word.text) or ENGLISH.fullmatch(word.text):
            yield from foreign(text, words, place)
    for match in (*REGION.finditer(text), *SWEDISH_OWN.finditer(text)):
        town = match[0].split()[-1] if match[0].lower().startswith("staden") else ""
        kind = "municipality" if town else "authority"
        yield Mention(match[0], match.start(), match.end(), kind=kind, municipality=town)
    for match in DOTTED.finditer(text):
        yield Mention(tidy_name(match[0]), match.start(), match.end(), kind="association")
    for match in OF.finditer(text):
        yield from english_of(text, match)
    for match in LEADER.finditer(text):
        last = match[0].split()[-1]
        name = match[0][: -len(last)] + (base_of(last, ANY) or last)
        yield Mention(tidy_name(name), match.start(), match.end(), kind="association")
    for match in CENTRE.finditer(text):
        name = f"{match[1]} elinkeino-, liikenne- ja ympäristökeskus"
        yield Mention(name, match.start(), match.end(), kind="authority")
    for match in SWEDISH_CENTRE.finditer(text):
        yield Mention(match[0], match.start(), match.end(), kind="authority")


def _association(text: str, words: list[Token], place: int) -> Iterator[Mention]:
    """``Kainuun kylät ry``: back to the capital letter that begins it."""
    first = begin(text, words, place, small=3)
    if first == place:
        return
    suffix = words[place].text.partition(":")[0]
    dotted = text[words[place].start : words[place].end + 1].endswith(".") and "." in suffix
    name = text[words[first].start : words[place].start] + suffix + ("." if dotted else "")
    yield Mention(tidy_name(name), words[first].start, words[place].end, kind=kind_of(name))


def _headed(text: str, words: list[Token], place: int, head: str) -> Iterator[Mention]:
    word = words[place].text
    first = begin(text, words, place, small=1)
    first = _with_hyphens(text, words, first)
    place_head = re.fullmatch(r"kaupunki|kunta|ely-keskus", head.lower())
    if place_head and (is_plural(word) or _shares_centre(words, place, head)):
        yield from _several(text, words, place, head)
        return
    if is_plural(word) and not is_name(word):
        return
    if first == place and not (is_name(word) and _stands_alone(word, head)):
        return
    if first == place - 1 and words[first].text.lower() in OPENING:
        return
    if COMMON.search(head) and not any(_is_own(text, words, at) for at in range(first, place)):
        return
    name = tidy_name(text[words[first].start : words[place].start] + head)
    municipality = words[place - 1].text if place_head and head.lower() != "ely-keskus" else ""
    yield Mention(
        name, words[first].start, words[place].end, kind=kind_of(name), municipality=municipality
    )


def _shares_centre(words: list[Token], place: int, head: str) -> bool:
    """``Pohjois-Pohjanmaan ja Lapin ELY-keskus``: two regions, and no centre of that name."""
    if head.lower() != "ely-keskus" or place < 3 or words[place - 2].text not in ("ja", "sekä"):
        return False
    return "paikannimi" in classes(words[place - 3].text)


def _with_hyphens(text: str, words: list[Token], first: int) -> int:
    """``Työ- ja elinkeinoministeriö``: what stands before the hyphen belongs to it."""
    lead = text[: words[first].start]
    match = BEFORE_HYPHEN.search(lead)
    if not match:
        return first
    start = match.start()
    found = next((at for at, word in enumerate(words) if word.start >= start), first)
    return begin(text, words, found, small=0) if found else found


def _stands_alone(word: str, head: str) -> bool:
    """A compound with an own name in it (*Diakonia-ammattikorkeakoulu*), or a state's office."""
    return "-" in word or (
        bool(re.search(r"ministeriö$|virasto$|hallitus$|säätiö$", head)) and len(head) > 9
    )


def _is_own(text: str, words: list[Token], at: int) -> bool:
    """Whether a word is a name and not only the first of a sentence."""
    word = words[at].text
    if not is_name(word):
        return False
    if at and adjacent(text, words[at - 1], words[at]):
        return True
    known = classes(word)
    return not known or bool(known & {"paikannimi", "nimi", "sukunimi", "etunimi", "lyhenne"})


def _several(text: str, words: list[Token], place: int, head: str) -> Iterator[Mention]:
    """``Tervolan, Simon ja Ylitornion kunnat``: one for each."""
    at, found = place - 1, []
    while at >= 0:
        between = text[words[at].end : words[at + 1].start]
        if words[at].text in ("ja", "sekä") and between == " ":
            at -= 1
            continue
        if not re.fullmatch(r"\s|,\s", between) or not is_name(words[at].text):
            break
        if not classes(words[at].text) & {"paikannimi", "nimi"} and not words[at].text.endswith(
            "n"
        ):
            break
        found.append(words[at])
        at -= 1
    for number, word in enumerate(reversed(found)):
        end = words[place].end if number == len(found) - 1 else word.end
        name = f"{word.text} {head}"
        municipality = "" if head.lower() == "ely-keskus" else word.text
        yield Mention(name, word.start, end, kind=kind_of(name), municipality=municipality)
