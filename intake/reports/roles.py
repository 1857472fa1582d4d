"""Who leads, takes part and pays: from labels and tables first, then from sentences."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from .blocks import Span, Text
from .contact import EMAIL
from .cues import CO_FUNDER, FUNDER, OWN, ROLES, Cue, amount_near, assigned, cues_of
from .entries import Entry, Table, sentences
from .mention import Mention, kind_of, tidy_name
from .money import Amount, amount_of_cell, amounts
from .parts import Part, Parts
from .payers import paying
from .roles_in_tables import STATE, TableReader, is_namelike, role_of
from .sums import source_of, told_kind, told_year
from .vocabulary import pattern

SPLIT = pattern("roles", "SPLIT")
LISTED = re.compile(
    r"(?:toteuttaj|genomförare|kumppan|partner|yhteistyötaho|rahoittaj|kommun)\w*\s(?:\w+\s){0,2}?"
    r"(?:ovat|olivat|oli|on|toimivat|toimii|toimi|ovat olleet|are|were|var|är)\s(?=[A-ZÅÄÖ0-9])",
    re.IGNORECASE,
)
NAME_ALONE = re.compile(r"[A-ZÅÄÖ0-9][\w&’'-]*(?:\s[A-ZÅÄÖ0-9][\w&’'-]*){0,5}")
GRANT = re.compile(
    r"(?:avustu|rahoitu(?:s|ksen suuruus))\w*(?:\s\w+){0,2}\s(?:on|oli)\b"
    r"|myönnettiin\s(?:\w+\s){0,2}(?:avustu|tuke)\w*|(?:avustu|tuke)\w*\smyönnettiin\b"
    r"|(?:grant|bidrag)\w*\s(?:is|was|är|var)\b",
    re.IGNORECASE,
)
PAYING = (FUNDER, CO_FUNDER, OWN)
MOST_ENTRIES = 1_000
"""More labels than that has no report of one project."""
SENTENCE = pattern("roles", "SENTENCE")
REMARK = re.compile(r"\s*\(([^()]{2,60})\)")


class Reader(TableReader):
    """Labels and tables first, for what they say is sure."""

    def read(self, text: Text, known: list[Entry], tables: list[Table]) -> Parts:
        for table in tables:
            self.table(table)
        for entry in known[:MOST_ENTRIES]:
            self._entry(entry)
        for line in text.lines:
            for span in sentences(line):
                if not any(a < span.end and span.start < b for a, b in self.parts.seen):
                    self._sentence(span, is_row=line.kind == "row")
        return self.parts

    def _entry(self, entry: Entry) -> None:
        role = next((role for role in ROLES if role in entry.kinds), "")
        role = role or (FUNDER if "award_date" in entry.kinds else "")
        if any(a <= entry.value.start < b for a, b in self.parts.seen):
            return
        if "programme" in entry.kinds and not role and not entry.under:
            self.parts.seen.append((entry.value.start, entry.value.end))
        if not role or "contact" in entry.kinds or EMAIL.match(entry.value.text):
            return
        before = len(self.parts.found)
        for piece in self._pieces(entry):
            self._piece(piece, role, entry)
        if role == OWN and len(self.parts.found) == before:
            self._own(entry.value)
        if len(self.parts.found) > before:
            self.parts.seen.append((entry.value.start, entry.value.end))

    def _own(self, value: Span) -> None:
        """The lead's own money, told without its name."""
        if found := amount_of_cell(value.text):
            part = Part(Mention("", 0, 0), OWN, value, found, value, sure=False, is_guess=True)
            self.parts.add(part)

    def _pieces(self, entry: Entry) -> Iterator[Span]:
        """The parts of a value that may each be an organisation."""
        value = entry.value
        if SENTENCE.search(value.text) and (entry.under or len(value.text) > 120):
            return
        start = 0
        for cut in (*SPLIT.finditer(value.text), None):
            end = cut.start() if cut else len(value.text)
            piece = value.part(start, end)
            if piece.text:
                yield piece
            start = cut.end() if cut else end

    def _piece(self, piece: Span, role: str, entry: Entry) -> None:
        found = [m for m in self.find(piece.text) if not _is_source_only(piece.text, m)]
        found = [_whole(piece.text, each) for each in found]
        sums = amounts(piece.text)
        if not found and (name := _bare_name(piece, entry)):
            found = [name]
        for at, mention in enumerate(found):
            told = _remark_role(piece.text, mention) or role
            amount = (
                sums[min(at, len(sums) - 1)]
                if sums and not entry.kinds & {"realised", "total"}
                else None
            )
            self.add(mention, told, piece, amount)
            if amount:
                self.parts.found[-1].kind = told_kind(entry.label)
                self.parts.found[-1].year = told_year(entry.label)
        words = entry.label + piece.text[: sums[0].start] if sums else entry.label
        whose = source_of(words) in ("", "funding", "own") and "realised" not in entry.kinds
        if not found and sums and role in PAYING and whose and not self.find(entry.label):
            self._pays(piece, sums[0], entry.label, role == OWN)

    def _pays(self, piece: Span, amount: Amount, label: str, own: bool = False) -> None:
        """A sum alone is that of the funder before it, or of the only one."""
        meant = [OWN] if own else [FUNDER, CO_FUNDER]
        payers = [part for part in self.parts.found if part.role in meant]
        last = payers[-1] if payers else None
        near = last and last.place.end <= piece.start < last.place.end + 12
        if last and last.amount is None and (near or len(payers) == 1):
            place = piece.part(amount.start, amount.end)
            last.amount, last.amount_place = amount, place
            last.kind, last.year = told_kind(label), told_year(label)

    def _sentence(self, span: Span, is_row: bool) -> None:
        cues, sums = cues_of(span.text), amounts(span.text)
        if not cues and not sums:
            return
        found = [m for m in self.find(span.text) if not _is_source_only(span.text, m)]
        found = with_listed(span, found)
        paid = list(paying(span.text, found, sums, about_money=is_row))
        told = span.text[: sums[0].start] if len(sums) == 1 and not found else ""
        if GRANT.search(told) and {source_of(told), source_of(span.text)} <= {"", "funding"}:
            self._pays(span, sums[0], "")
        given = [
            (mention, cue)
            for mention, cue in assigned(span.text, found, cues)
            if cue.role in PAYING or not any(mention == payer for payer, _sum, said in paid if said)
        ]
        for payer, amount, _said in paid:
            if not any(mention == payer and cue.role in PAYING for mention, cue in given):
                self.add(payer, CO_FUNDER, span, amount, sure=False)
        for mention, cue in [*given, *_alike(span.text, found, sums, given)]:
            told = (amount for payer, amount, _said in paid if payer == mention)
            amount = next(told, None) or amount_near(span.text, mention, found, sums, cue)
            self.add(mention, cue.role, span, amount, sure=False)
        own = next((cue for cue in cues if cue.role == OWN), None)
        if own and sums and not any(cue.role == OWN for _mention, cue in given):
            near = min(sums, key=lambda each: abs(each.start - own.end))
            if abs(near.start - own.end) < 40:
                self._own(span.part(near.start, near.end))


def _is_source_only(text: str, mention: Mention) -> bool:
    """*EU funding (ERDF)*, *the ESF programme*: whose money it is, and nobody who pays."""
    before, after = text[max(0, mention.start - 1) : mention.start], text[mention.end :]
    bracketed = before == "(" and re.match(r"[\s\d–-]*\)", after)
    return mention.kind == "fund" and bool(
        bracketed or re.match(r"\s?-?(?:ohjelma|program)", after)
    )


def _alike(
    text: str, found: list[Mention], sums: list[Amount], given: list[tuple[Mention, Cue]]
) -> Iterator[tuple[Mention, Cue]]:
    """*Kemin kaupunki rahoitti hanketta 5 000 eurolla ja Simon kunta 2 000 eurolla*."""
    paying = {m.start: cue for m, cue in given if cue.role in (FUNDER, CO_FUNDER, OWN)}
    for before, mention in pairwise(found):
        near = any(0 < each.start - mention.end < 8 for each in sums)
        joined = re.search(r"(?:,|\b(?:ja|sekä|och|samt|and))\s(?:the\s)?$", text[: mention.start])
        if before.start in paying and mention.start not in paying and near and joined:
            paying[mention.start] = paying[before.start]
            yield mention, paying[before.start]


def _whole(text: str, mention: Mention) -> Mention:
    """A name goes on after its head where only a word with a capital follows (*… Eloisa*)."""
    rest = text[mention.end :].rstrip(" .")
    if mention.short_name or not re.fullmatch(r"\s[A-ZÅÄÖ][\w-]+", rest):
        return mention
    return replace(mention, name=mention.name + rest, end=mention.end + len(rest))


def with_listed(span: Span, found: list[Mention]) -> list[Mention]:
    """Also the names in a list of organisations that nothing in them shows to be some."""
    match = LISTED.search(span.text)
    if not match:
        return found
    listed, start = [], match.end()
    for cut in (*SPLIT.finditer(span.text, start), None):
        piece = span.part(start, cut.start() if cut else len(span.text))
        text = re.sub(r"\s\([^()]*\)$", "", piece.text.rstrip(". "))
        at = piece.start - span.start
        known = any(each.start < at + len(text) and at < each.end for each in found)
        if not known and is_namelike(text) and NAME_ALONE.fullmatch(text):
            listed.append(Mention(tidy_name(text), at, at + len(text), kind=kind_of(text)))
        start = cut.end() if cut else start
    return sorted([*found, *listed], key=lambda each: each.start)


def _remark_role(text: str, mention: Mention) -> str:
    """``Kainuun kylät ry (päätoteuttaja)``."""
    remark = REMARK.match(text[mention.end :])
    return role_of(remark[1]) if remark else ""


def _bare_name(piece: Span, entry: Entry) -> Mention | None:
    """What stands beside a label is a name, though nothing in it says so."""
    text = re.split(r"\s*[(]|\s\d[\d ]*(?:€|euro)|\s[–-]\s?\d", piece.text)[0].strip(" .,:;–-")
    if (
        (entry.under and (len(piece.text) > 80 or piece.text.endswith(".")))
        or not is_namelike(text)
        or STATE.search(text)
    ):
        return None
    start = piece.text.find(text)
    name = tidy_name(text)
    return Mention(name, start, start + len(text), kind=kind_of(name))
