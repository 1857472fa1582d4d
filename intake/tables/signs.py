"""Headings that nobody could list: lists of operations word the regulation's in their own way.

Regulation (EU) 2021/1060, Article 49(3), names what each column is, and no heading for it.
"""

import re
from functools import cache

_DAY = r"\S*(?:pv|päiv|ajank|vuosi)"
SURE = {
    "award_date": rf"(?:päätös|päätök|myöntö|myöntämis){_DAY}|besluts(?:datum|dag)|"
    r"(?:award|decision) date",
    "extension_end": rf"(?:jatko|jatket){_DAY}|förlängning|extension|extended",
    "end": rf"\b(?:päätty|lope|loppu|valmistu){_DAY}|slut(?:datum|dag)|avslutnings|"
    r"\b(?:end|completion|closing) (?:date|day|year)|date of completion",
    "start": rf"\b(?:alka|alku|aloi|käynnist){_DAY}|(?:start|begynnelse|inlednings)(?:datum|dag)|"
    r"\bstart(?:ing)? (?:date|day|year)|date of commencement",
    "cofinancing_rate": r"(?=.*(?:rahoitus|tuki|tuen|\beu\b|unioni|union|financ|finans|support))"
    r".*(?:aste\b|prosent|%|grad\b|\brate\b|percent|procent)",
    "specific_objective": r"erityistavoi|(?:specifi|särskil)\w+ mål|specific objective",
    "intervention": r"tukitoim|interventio|toimenpide-?tyyp|insatstyp|typ av (?:insats|stöd)|"
    r"type of (?:intervention|support)",
    "business_id": r"y-?tunnus|fo-?nummer|business id",
}
"""Also where the heading speaks of money besides. In this order."""
LOOSE = {
    "contact_email": r"sähköposti|e-?post\b|e-?mail",
    "contact_phone": r"puhelin|telefon|phone",
    "priority_axis": r"toimintalinja|prioritee|insatsområde|priority",
    "regions": r"maakun|landskap|\bregions?\b",
    "municipalities": r"sijain|maantiet|paikkaku|\bkun(?:ta|nat)\b|toteutuspaik|kommun|\borte?r?\b|"
    r"locat|municip|geogra",
    "areas": r"\bmaa\b|\bvaltio\b|\bcountry|\bland\b|\bnuts",
    "lead": r"tarkoit|kuvaus|tiivist|yhteenveto|syfte|beskriv|sammanfatt|purpose|descript|summary|"
    r"saavutu|achievem",
    "title": r"(?:hank|projekti|toimen|operaatio)\S*\s*nimi|(?:projekt|insats)\S*\s*(?:namn|benäm)|"
    r"name of (?:the )?(?:project|operation)|project (?:title|name)",
    "partners": r"kumppan|partner",
    "lead_organisation": r"tuensaaj|hakij|toteuttaj|hallinnoij|stödmottag|sökande|genomförar|"
    r"beneficiar|applicant|recipient",
    "authority": r"viranomai|myndighet|authorit",
    "funders": r"rahoittaj|finansiär|funder",
    "fund": r"rahasto|\bfonde?n?\b|\bfund\b",
    "programme": r"ohjelma|\bprogram",
    "code": r"(?:hank|projekti|toimen)\S*\s*(?:koodi|numero|tunnus|tunniste)|project (?:code|id)\b",
    "website": r"verkkosiv|kotisiv|\bwww|webbplats|hemsid|website|\burl\b",
}
OF_SOMEBODY = re.compile(
    r"osoite|postin|tyyp|toimiala|luokk|laji|adress|postn|type|sector|categor|class"
    r"|(?:toteuttaj|hakij|tuensaaj|beneficiar|mottag)\S*\s*(?:\S*kun|sijain|koti|maa|locat|land|koko)"
)
"""What a list tells of the beneficiary or of the project's class is none of the columns."""


def sure_sign(heading: str) -> str:
    """The column that a heading in lower case names, or an empty text."""
    return _first(heading, SURE)


def loose_sign(heading: str) -> str:
    """Of a heading that is no sum and like none that is known."""
    return "" if OF_SOMEBODY.search(heading) else _first(heading, LOOSE)


def _first(heading: str, signs: dict[str, str]) -> str:
    return next((name for name, sign in signs.items() if _sign(sign).search(heading)), "")


@cache
def _sign(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
