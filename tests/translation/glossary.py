"""A small glossary of the trade, by the codes of its languages."""

from cms.translation.models import Term, TermWord
from tests.factories import LocaleFactory

KINDS = {"": "agreed", "+": "also", "-": "forbidden"}


def make_term(note: str = "", **words: str) -> Term:
    """Words of a language are divided by commas: ``project, +scheme, -undertaking``."""
    made = Term.objects.create(note=note)
    for code, text in words.items():
        locale = LocaleFactory(language_code=code)
        for word in text.split(","):
            sign = word.strip()[0] if word.strip()[0] in "+-" else ""
            bare = word.strip().removeprefix(sign)
            TermWord.objects.create(term=made, locale=locale, text=bare, kind=KINDS[sign])
    return made


TRADE = {
    "integration": {
        "fi": "kotoutuminen",
        "sv": "integration",
        "en": "integration, -assimilation",
        "ru": "интеграция, -ассимиляция",
        "ar": "اندماج, -ذوبان",
        "so": "isdhexgal",
    },
    "plan": {
        "fi": "kotoutumissuunnitelma",
        "sv": "integrationsplan",
        "en": "integration plan",
        "ru": "план интеграции",
        "ar": "خطة الاندماج",
        "so": "qorshaha isdhexgalka",
    },
    "project": {
        "fi": "hanke, -projekti",
        "sv": "projekt",
        "en": "project, +scheme",
        "ru": "проект",
        "ar": "مشروع",
        "so": "mashruuc",
    },
    "partner": {
        "fi": "osatoteuttaja",
        "sv": "delgenomförare, -medarbetare",
        "en": "co-implementer, -partner",
        "ru": "соисполнитель",
        "ar": "شريك منفذ",
        "so": "hirgeliye wadaag",
    },
    "funder": {
        "fi": "rahoittaja",
        "sv": "finansiär",
        "en": "funder, -sponsor",
        "ru": "финансирующая организация",
        "ar": "جهة ممولة",
        "so": "maalgeliye",
    },
    "employment": {
        "fi": "työllisyyden edistäminen",
        "sv": "främjande av sysselsättning",
        "en": "promotion of employment",
        "ru": "содействие занятости",
        "ar": "تعزيز التشغيل",
        "so": "horumarinta shaqada",
    },
    "refugee": {
        "fi": "pakolainen",
        "sv": "flykting",
        "en": "refugee",
        "ru": "беженец",
        "ar": "لاجئ",
        "so": "qaxooti",
    },
}


def make_trade() -> dict[str, Term]:
    return {name: make_term(**words) for name, words in TRADE.items()}
