"""Who pays how much, told without a word of a role: *Juvan kunta maksoi 5 000 euroa*."""

import re
from collections.abc import Iterator
from itertools import pairwise

from .mention import Mention, tidy_name
from .money import Amount
from .vocabulary import pattern

PAYS = pattern("payers", "PAYS")
ABOUT_MONEY = pattern("payers", "ABOUT_MONEY")
RECEIVES = pattern("payers", "RECEIVES")
EACH = re.compile(r"\b(?:kumpikin|kukin|vardera|each)\b", re.IGNORECASE)
AND = re.compile(r"\s*(?:,|(?:ja|sekä|och|samt|and)\b)\s*(?:the\s)?", re.IGNORECASE)


def paying(
    text: str, found: list[Mention], sums: list[Amount], about_money: bool
) -> Iterator[tuple[Mention, Amount, bool]]:
    """(Who, how much, whether a verb says so); nobody where somebody is paid."""
    if RECEIVES.search(text):
        return
    said_before = False
    for at, mention in enumerate(found):
        amount = next((each for each in sums if each.start >= mention.end), None)
        if amount is None or not _is_subject(text, mention):
            continue
        between = text[mention.end : amount.start]
        said = PAYS.fullmatch(between)
        if not said or not (said["verb"] or about_money or ABOUT_MONEY.search(text)):
            continue
        said_before = said_before or bool(said["verb"])
        yield mention, amount, said_before
        if EACH.search(between):
            for following, other in pairwise(found[at::-1]):
                if not AND.fullmatch(text[other.end : following.start]):
                    break
                yield other, amount, said_before


def _is_subject(text: str, mention: Mention) -> bool:
    """Whether the name stands in its base form."""
    written = tidy_name(text[mention.start : mention.end]).split()[-1:]
    return written in (mention.name.split()[-1:], [mention.short_name])
