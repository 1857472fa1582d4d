"""Which column a heading means, in Finnish, Swedish or English; of sums, whose money and when."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from projects.models import AmountKind, AmountSource

from .signs import loose_sign, sure_sign

WORDS = Path(__file__).with_name("headings.toml")
LANGUAGES = ("fi", "sv", "en")
NEAR = 88
"""Of 100: how like a heading must be to one that is known."""
KINDS = {
    AmountKind.APPLIED: r"haet|ansök|applied|requested",
    AmountKind.GRANTED: r"myönn|beviljad|granted|awarded|päätö|sidottu",
    AmountKind.PLANNED: r"suunnit|arvio|budjet|planera|planned|budget|estimat"
    r"|kustann|cost|kostnad",
    AmountKind.REALISED: r"toteutu|makset|realis|utfall|utbetal|paid|actual|disburs",
}
SOURCES = {
    AmountSource.EU_AND_STATE: r"eu-?\s*(?:ja|och|and)\s*(?:valtio|state|stat)",
    AmountSource.OTHER_PUBLIC: r"muu\w* julki|övrig\w* offentlig|other public",
    AmountSource.PUBLIC: r"julki|offentlig|public",
    AmountSource.MUNICIPAL: r"kunta|kunnan|kuntien|kommun|municip",
    AmountSource.PRIVATE: r"yksity|privat",
    AmountSource.OWN: r"\bomarah|\bomavast|\boma osuus|egen|\bown\b|self-financ",
    AmountSource.STATE: r"valtio|statlig|\bstaten|\bstate\b|kansallinen|nationell|national",
    AmountSource.EU: r"\beu\b|\beu[-:]|unioni|union|\besr|\beakr|\bamif",
    AmountSource.TOTAL: r"kokonais|yhteens|kaikkiaan|total|samman|summa|(?<!päivä)määrä|amount"
    r"|rahoitus|avustus|tuki\b|budjet|budget|kustann|kostnad|cost|finansiering|bidrag|grant",
}
"""In this order: the first that a heading has."""
WRITTEN_KINDS = {
    "fi": dict(
        zip(AmountKind.values, ("Haettu", "Myönnetty", "Suunniteltu", "Toteutunut"), strict=True)
    ),
    "sv": dict(
        zip(AmountKind.values, ("Ansökt", "Beviljad", "Planerad", "Realiserad"), strict=True)
    ),
    "en": dict(zip(AmountKind.values, ("Requested", "Granted", "Planned", "Actual"), strict=True)),
}
WRITTEN_SOURCES = {
    "fi": "EU-rahoitus,valtion rahoitus,EU- ja valtion rahoitus,kuntien rahoitus,"
    "muu julkinen rahoitus,julkinen rahoitus,yksityinen rahoitus,omarahoitus,rahoitus yhteensä",
    "sv": "EU-finansiering,statlig finansiering,EU- och statlig finansiering,"
    "kommunal finansiering,övrig offentlig finansiering,offentlig finansiering,"
    "privat finansiering,egenfinansiering,finansiering totalt",
    "en": "EU funding,state funding,EU and state funding,municipal funding,"
    "other public funding,public funding,private funding,own funding,total funding",
}
MONEY = re.compile(
    r"€|eur|raho|avustus|tuki\b|kustann|budjet|summa|(?<!päivä)määrä|finansi|bidrag|kostnad|budget|cost|amount"
    r"|funding|grant|osuus|support",
    re.IGNORECASE,
)
NUMBER = re.compile(r"^\s*(?:\d{1,2}|[a-zA-Z])[.)]\s*")
"""Lists count their columns as the regulation does: *4. Toimen alkamispäivä*, *g) …*."""
OWNER = re.compile(
    r"^(?:asianomainen )?(?:toimen|hankkeen|projektin|operaation|insatsens|projektets) "
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Heading:
    """``column`` is a name of ``headings.toml``, or ``amount`` with its kind, source and year."""

    column: str
    kind: str = ""
    source: str = ""
    year: int | None = None

    def __str__(self) -> str:
        return ":".join(
            [self.column, *filter(None, [self.kind, self.source, str(self.year or "")])]
        )

    @property
    def choice(self) -> str:
        """As a choice of a menu, which knows no years."""
        return "" if self.year else str(self)

    @classmethod
    def parse(cls, written: str) -> "Heading":
        """Of a choice that somebody made; an unknown one is no column."""
        name, *rest = written.split(":")
        if name == "amount" and len(rest) >= 2:
            year = int(rest[2]) if len(rest) > 2 and rest[2].isdecimal() else None
            known = rest[0] in AmountKind.values and rest[1] in AmountSource.values
            return cls(name, rest[0], rest[1], year) if known else cls("")
        return cls(name if name in columns() else "")


@cache
def columns() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


@cache
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for name, words in columns().items():
            for word in words[language]:
                found.setdefault(bare(word), name)
    return found


def bare(heading: str) -> str:
    """Without case, signs and what stands in brackets."""
    without = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|\*", " ", heading)
    return " ".join(re.sub(r"[^\w/ -]", " ", without.casefold()).split())


def heading_of(text: str) -> Heading:
    """What the heading means; an empty column where nobody could say."""
    words = bare(NUMBER.sub("", text))
    if not words:
        return Heading("")
    known = _known().get(words) or _known().get(OWNER.sub("", words)) or sure_sign(text.casefold())
    if known:
        return Heading(known)
    if amount := amount_of(text):
        return amount
    near = process.extractOne(words, _known().keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    if near and len(words) > 4:
        return Heading(_known()[near[0]])
    return Heading(loose_sign(words))


def amount_of(text: str) -> Heading | None:
    """*Myönnetty EU- ja valtion rahoitus 2020*: granted, of EU and state, in that year."""
    words = " ".join(text.casefold().split())
    kind = next((kind for kind, beginnings in KINDS.items() if re.search(beginnings, words)), None)
    if not MONEY.search(words):
        return None
    source = next((name for name, sign in SOURCES.items() if re.search(sign, words)), None)
    if source is None:
        return None
    year = YEAR.search(words)
    return Heading("amount", kind or AmountKind.GRANTED, source, year and int(year[0]))


def kind_word(kind: str, language: str) -> str:
    return WRITTEN_KINDS.get(language, WRITTEN_KINDS["en"]).get(kind, "").lower()


def amount_heading(kind: str, source: str, year: int | None, language: str) -> str:
    """What :func:`amount_of` reads again: *Myönnetty EU-rahoitus 2020 (€)*."""
    language = language if language in WRITTEN_SOURCES else "en"
    sources = dict(zip(AmountSource.values, WRITTEN_SOURCES[language].split(","), strict=True))
    parts = (WRITTEN_KINDS[language][kind], sources[source], str(year or ""), "(€)")
    return " ".join(filter(None, parts))


def written(name: str, language: str) -> str:
    """The heading that is written in a language of the admin."""
    words = columns()[name]
    return words.get(language, words["en"])[0]
