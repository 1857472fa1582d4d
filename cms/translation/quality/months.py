"""Months as people write them in running text, by language, in any of their forms."""

import re
from functools import cache

_STEMS = {
    "fi": "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu "
    "marraskuu joulukuu",
    "sv": "januari|jan februari|feb mars april|apr maj juni juli augusti|aug september|sep|sept "
    "oktober|okt november|nov december|dec",
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug "
    "september|sep|sept october|oct november|nov december|dec",
    "ru": "январ|янв феврал|фев март|мар апрел|апр ма(?:й|я|е|ю|ем)(?!я) июн июл "
    "август|авг сентябр|сен|сент "
    "октябр|окт ноябр|ноя|нояб декабр|дек",
    "ar": "يناير|كانون_الثاني فبراير|شباط مارس|آذار|اذار أبريل|إبريل|ابريل|نيسان مايو|أيار|ايار "
    "يونيو|يونيه|حزيران يوليو|يوليه|تموز أغسطس|اغسطس|آب سبتمبر|أيلول|ايلول "
    "أكتوبر|اكتوبر|تشرين_الأول|تشرين_الاول نوفمبر|تشرين_الثاني ديسمبر|كانون_الأول|كانون_الاول",
    "so": "janaayo|jannaayo|janaweri|jeenawari feb[bw]?raayo|feebraayo|febaraayo|feberwari "
    "maarso|maars|maarij abriil|abril|abriile|apriil maajo|mey|may juun|juunyo|yuuni|juunyo "
    "luuliyo|luulyo|julaay|juulyo|juuli|yuuliyo agoosto|ogosto|ogost|agosto|ogoosto "
    "sebtembar|sebteembar|setembar|sibtambar|sebtember oktoobar|oktobar|oktoober|oktoobr "
    "nofembar|nofeembar|noofembar|nofember desembar|diseembar|disembar|deseembar|december",
}
# What may follow a stem: case endings, a possessive, an article.
_ENDINGS = {
    "fi": r"\w*",
    "ru": r"(?:ьск\w+|ь|я|е|ю|ем|ём|а|у|ом)?\.?",
    "so": r"(?:da|ta|ka|dii|tii|kii|ee)?",
    "sv": r"s?\.?",
    "en": r"(?:'s)?\.?",
    "ar": "",
}
_OTHER_SENSES = {
    "en": ("may", "march", "mar"),
    "so": ("may", "mey"),
    "sv": ("mars",),
    "ar": ("آب",),
}
"""Words that mean a month only beside a number."""


@cache
def pattern_of(language: str) -> re.Pattern | None:
    """One group for each month; the whole is a word of its own."""
    stems = _STEMS.get(language)
    if stems is None:
        return None
    groups = "|".join(f"({month})" for month in stems.replace("_", r"\\s+").split(" "))
    groups = groups.replace("\\\\s+", r"\s+")
    before = "[وبلفك]{0,2}" if language == "ar" else ""
    return re.compile(rf"\b{before}(?:{groups}){_ENDINGS[language]}(?!\w)", re.IGNORECASE)


def months_in(text: str, language: str) -> set[int]:
    """Numbers of the months that are named in a text whose digits are Latin."""
    found, pattern = set(), pattern_of(language.split("-")[0])
    for match in pattern.finditer(text) if pattern else ():
        month = next(i for i, said in enumerate(match.groups(), start=1) if said)
        doubtful = _OTHER_SENSES.get(language.split("-")[0], set())
        around = text[max(0, match.start() - 4) : match.start()] + text[match.end() :][:6]
        if match.group().lower().strip(".") not in doubtful or re.search(r"\d", around):
            found.add(month)
    return found
