"""One organisation for all the ways in which a report writes it, and the lead if none is named."""

import re
from collections import Counter
from dataclasses import replace

from .blocks import Text
from .cues import FUNDER, IMPLEMENTER, LEAD, OWN, PARTNER
from .mention import Mention
from .parts import Part

SHORT = re.compile(r"\s?\((?P<short>[A-ZÅÄÖ][\wÅÄÖåäö.&-]{1,14}(?:\s(?:ry|rf))?)\)")
SUFFIX = re.compile(r"\s(?:r\.?y|r\.?f|oy|ab|sr)\.?$", re.IGNORECASE)
LOOSE = re.compile(r"(?<![a-z])(amif|stea|esr|eakr|ray)(?![a-z])", re.IGNORECASE)
LOOSE_FUNDS = {
    "amif": ("Turvapaikka-, maahanmuutto- ja kotouttamisrahasto", "AMIF", "fund"),
    "stea": ("Sosiaali- ja terveysjärjestöjen avustuskeskus", "STEA", "authority"),
    "esr": ("Euroopan sosiaalirahasto", "ESR", "fund"),
    "eakr": ("Euroopan aluekehitysrahasto", "EAKR", "fund"),
    "ray": ("Raha-automaattiyhdistys", "RAY", "association"),
}


def joined(parts: list[Part], mentioned: list[Mention], text: Text) -> list[Part]:
    """The parts with one name each, in their order; doubles gone, the surer kept."""
    full = Names(mentioned, [part.mention for part in parts], text)
    found = [replace(part, mention=full.of(part.mention)) for part in parts]
    if not any(part.role in (LEAD, IMPLEMENTER) for part in found):
        found += _lead_alone(mentioned, found, full, text)
    if not any(part.role in (FUNDER, "co_funder") for part in found):
        found += _loose_funds(text)
    found = _without_mere_funds(found)
    leads = [part for part in found if part.role == LEAD]
    own = [_with_name(part, leads) for part in found if part.role == OWN and not part.mention.name]
    found = [part for part in found if part.mention.name] + [part for part in own if part]
    return _once(sorted(found, key=lambda part: (not part.sure, part.place.start)))


def _without_mere_funds(parts: list[Part]) -> list[Part]:
    """*ESR- ja valtion rahoitus* tells no funder beside the authority that grants it."""
    if not any(part.role == FUNDER and _grants(part) for part in parts):
        return parts
    return [
        part
        for part in parts
        if part.role not in (FUNDER, "co_funder")
        or part.mention.kind != "fund"
        or not part.place.text.partition(":")[0].isupper()
        or part.sure
        or part.amount
    ]


def _grants(part: Part) -> bool:
    return part.mention.kind == "authority" or (part.sure and part.mention.kind != "fund")


def _once(parts: list[Part]) -> list[Part]:
    """Each organisation once among those who take part, and once among those who pay."""
    kept: dict[tuple, Part] = {}
    rank = {LEAD: 0, IMPLEMENTER: 1, PARTNER: 2, OWN: 0, "co_funder": 1, FUNDER: 1}
    for part in parts:
        pays = part.role in (FUNDER, "co_funder", OWN)
        key = part.mention.name, pays, *((part.kind, part.year) if pays and part.amount else ())
        key = next((x for x in kept if x[:2] == key[:2] and kept[x].amount is None), key)
        if pays and part.amount is None:
            key = next((x for x in kept if x[:2] == key[:2]), key)
        known = kept.get(key)
        if known is None:
            kept[key] = part
        elif known.amount is None and part.amount is not None:
            kept[key] = replace(
                known,
                amount=part.amount,
                amount_place=part.amount_place,
                kind=part.kind,
                year=part.year,
            )
        elif rank[part.role] < rank[known.role] and part.sure >= known.sure:
            kept[key] = replace(known, role=part.role, sure=part.sure, is_guess=part.is_guess)
    paying = {key[0] for key in kept if key[1]}
    first_lead = next((p for p in kept.values() if p.role == LEAD), None)
    found = []
    for (name, pays, *_moment), part in kept.items():
        if (
            not pays
            and part.role == PARTNER
            and name in paying
            and part.mention.kind in ("fund", "authority")
        ):
            continue
        if not pays and part.role == LEAD and part is not first_lead and not part.sure:
            part = replace(part, role=IMPLEMENTER)
        if not pays and part.role == LEAD and part.mention.kind == "fund":
            continue
        found.append(part)
    return sorted(found, key=lambda part: part.place.start)


def _with_name(part: Part, leads: list[Part]) -> Part | None:
    return replace(part, mention=leads[0].mention) if leads else None


class Names:
    """Which name is meant: the longest way in which the report writes it."""

    def __init__(self, mentioned: list[Mention], others: list[Mention], text: Text) -> None:
        self.short: dict[str, Mention] = {}
        self.full: dict[str, Mention] = {}
        for each in (*mentioned, *others):
            if not each.name:
                continue
            key = _key(each.name)
            known = self.full.get(key)
            if (
                known is None
                or len(each.name) > len(known.name)
                or (each.short_name and not known.short_name)
            ):
                self.full[key] = each
        for each in mentioned:
            self._note_short(each, text)
        self._note_initials()
        self.by_last: dict[str, list[Mention]] = {}
        for key, each in self.full.items():
            if " " in key:
                self.by_last.setdefault(key.split()[-1], []).append(each)

    def _note_short(self, each: Mention, text: Text) -> None:
        match = SHORT.match(text.text[each.end : each.end + 24])
        if (
            match
            and not each.short_name
            and not re.search(r"(?i)toteutt|partner|lead|kumpp", match["short"])
        ):
            self._named(match["short"], self.full[_key(each.name)])

    def _note_initials(self) -> None:
        for each in list(self.full.values()):
            plain = SUFFIX.sub("", each.name)
            if re.fullmatch(r"[A-ZÅÄÖ]{2,6}", plain):
                for other in list(self.full.values()):
                    if plain in (_initials(other.name), _initials(SUFFIX.sub("", other.name))):
                        self._named(each.name, other)

    def _named(self, short: str, full: Mention) -> None:
        full = replace(full, short_name=short)
        self.full[_key(full.name)] = full
        self.short[_key(short)] = full

    def of(self, mention: Mention) -> Mention:
        key = _key(mention.name)
        if short := self.short.get(key):
            return self.full.get(_key(short.name), short)
        longer = self.by_last.get(key, [])
        return longer[0] if len(longer) == 1 else self.full.get(key, mention)


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", " ", SUFFIX.sub("", name).lower()).strip()


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper()).upper()


def _lead_alone(mentioned: list[Mention], found: list[Part], full: Names, text: Text) -> list[Part]:
    """An association that stands alone on a line, or that is named most, is likely the lead."""
    paying = {part.mention.name for part in found}
    own = [
        x
        for x in mentioned
        if x.kind in ("association", "foundation") and full.of(x).name not in paying
    ]
    alone = [
        x for x in own if len(text.line_at(x.start).text.strip(" .:,")) - (x.end - x.start) < 30
    ]
    times = Counter(full.of(each).name for each in alone or own)
    if not times:
        return []
    name = times.most_common(1)[0][0]
    each = next(x for x in alone or own if full.of(x).name == name)
    place = text.line_at(each.start).part(
        each.start - text.line_at(each.start).start, each.end - text.line_at(each.start).start
    )
    return [Part(full.of(each), LEAD, place, sure=False, is_guess=True)]


def _loose_funds(text: Text) -> list[Part]:
    """A fund that only a file's name or a logo tells."""
    for match in LOOSE.finditer(text.text):
        line = text.line_at(match.start())
        name, short, kind = LOOSE_FUNDS[match[1].lower()]
        place = line.part(match.start() - line.start, match.end() - line.start)
        return [Part(Mention(name, 0, 0, short, kind), FUNDER, place, sure=False, is_guess=True)]
    return []
