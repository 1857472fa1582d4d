"""Sentences that say who leads, takes part and pays: whose each word of a role is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .mention import Mention
from .money import Amount
from .vocabulary import cues, pattern

LEAD, IMPLEMENTER, PARTNER, FUNDER, CO_FUNDER, OWN = (
    "lead",
    "implementer",
    "partner",
    "funder",
    "co_funder",
    "own",
)
ROLES = (OWN, CO_FUNDER, FUNDER, IMPLEMENTER, LEAD, PARTNER)


@dataclass(frozen=True)
class Cue:
    """A word that gives a role, and on which side of it the organisations stand."""

    role: str
    start: int
    end: int
    side: str = ""


CUE = cues("role_cues", before=r"(?<![\w-])")
RELATIVE = re.compile(r"\b(?:jota|jonka|jolle|joita|joiden|som|which|that)\s+(?:on\s)?$", re.I)
JOINT = re.compile(r"-?,? (?:ja|och|and|sekä) (?:valtion|statlig|state)", re.I)
TOTAL = re.compile(r"toteutu\w+|kokonais\w+|budjetti\w*|yhteensä|total\w*|budget\w*", re.I)
PARTICIPLE = pattern("roles", "PARTICIPLE")
BY = re.compile(r"(?:\bby|\bav|\bmed|\bwith|\bfrom|\bfrån)$", re.IGNORECASE)
RECEIVES = pattern("roles", "RECEIVES")
GETS = re.compile(
    r"\b(?:on saanut|sai|saa|ovat saaneet|saivat|haki|har fått|fick|has received|received)\b"
    r"(?=[^.]*$)",
    re.IGNORECASE,
)
VERB = pattern("roles", "VERB")


def cues_of(text: str) -> list[Cue]:
    found: list[Cue] = []
    for role, sign in CUE:
        for match in sign.finditer(text):
            if not any(c.start < match.end() and match.start() < c.end for c in found):
                found.append(Cue(role, match.start(), match.end(), _side(text, match)))
    return sorted(found, key=lambda each: each.start)


def _side(text: str, match: re.Match) -> str:
    if PARTICIPLE.search(match[0]):
        return "before"
    if BY.search(match[0]) or re.match(
        r"\s(?:by|av|med|with|from)\s(?!\d)", text[match.end() : match.end() + 7]
    ):
        return "after"
    before = text[: match.start()]
    if RECEIVES.search(before) or RELATIVE.search(before) or match[0].lower() == "yhdessä":
        return "after"
    if match[0].lower() == "hanke":
        return "before"
    return ""


def assigned(text: str, found: list[Mention], cues: list[Cue]) -> Iterator[tuple[Mention, Cue]]:
    """Each organisation with the cue that it is the subject or the agent of.

    A cue with organisations before it, back to the last cue, belongs to them; else to those after.
    """
    taken: set[int] = set()
    for at, cue in enumerate(cues):
        floor = cues[at - 1].end if at else 0
        ceiling = cues[at + 1].start if at + 1 < len(cues) else len(text)
        before = [
            m for m in found if floor <= m.start and m.end <= cue.start and m.start not in taken
        ]
        after = [m for m in found if m.start >= cue.end and m.start < ceiling]
        after = [
            m
            for m in after
            if not (
                at + 1 < len(cues) and VERB.match(text[m.end :]) and cues[at + 1].side != "after"
            )
        ]
        if cue.role in (FUNDER, CO_FUNDER) and (verb := GETS.search(text[: cue.start])):
            yield from _received(found, cue, verb.start(), ceiling)
            continue
        nearer = at + 1 < len(cues) and cues[at + 1].side == "before"
        if cue.side == "before" or (
            cue.side == "" and before and not _is_object(text, cue, before)
        ):
            chosen = before
        else:
            chosen = [] if nearer and cue.side == "" and not _follows(text, cue, after) else after
        for mention in chosen:
            taken.add(mention.start)
            yield mention, cue


def _received(
    found: list[Mention], cue: Cue, verb: int, ceiling: int
) -> Iterator[tuple[Mention, Cue]]:
    """``A on saanut B:ltä rahoituksen``: A carries it out, B pays."""
    for mention in found:
        if mention.end <= verb:
            yield mention, Cue(LEAD, cue.start, cue.end)
        elif mention.start < ceiling:
            yield mention, cue


def _is_object(text: str, cue: Cue, before: list[Mention]) -> bool:
    """Whether what stands before the cue is rather the project's name than who does it."""
    return bool(re.search(r"-hank\w+\s*$", text[before[-1].end : cue.start]) and len(before) == 1)


def _follows(text: str, cue: Cue, after: list[Mention]) -> bool:
    return bool(after) and after[0].start - cue.end < 4


def _is_total(text: str, amount: Amount, found: list[Mention]) -> bool:
    """Whether words of the whole sum come between it and the organisation before it."""
    start = max((each.end for each in found if each.end <= amount.start), default=0)
    told = TOTAL.finditer(text, max(start, amount.start - 60), amount.start)
    return any(len(found) > 1 or match[0].lower() != "yhteensä" for match in told)


def amount_near(
    text: str, mention: Mention, found: list[Mention], sums: list[Amount], cue: Cue
) -> Amount | None:
    """The sum that follows the organisation before the next one; or comes before the only one."""
    if cue.role not in (FUNDER, CO_FUNDER, OWN):
        return None
    if JOINT.match(text[mention.end :]):
        return None
    sums = [each for each in sums if not _is_total(text, each, found)]
    later = [each.start for each in found if each.start >= mention.end]
    limit = min(later, default=len(text))
    for amount in sums:
        if mention.end <= amount.start < limit and amount.start - mention.end < 80:
            return amount
    funders = [each for each in found if each.kind != "association"]
    return (
        sums[0] if len(sums) == 1 and len(funders) == 1 and sums[0].end <= mention.start else None
    )
