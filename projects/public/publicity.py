"""The funding statement that a programme's rules require on a project's page.

The texts are official and stand here, not in the catalogues: a translator must not change them.
EU 2014–2020: Regulation (EU) No 821/2014, articles 3–5: the emblem, "European Union" beside it, and
the fund. EU 2021–2027: Regulation (EU) 2021/1060, article 47, annex IX: the emblem with "Funded by
the European Union" or "Co-funded by the European Union" in full, and no other visual identity.
Somali has no official wording: its readers get the English one, marked as English.
"""

from dataclasses import dataclass

from ..models.organisations import Fund, Programme, PublicityRule

UNION = {
    "fi": "Euroopan unioni",
    "sv": "Europeiska unionen",
    "en": "European Union",
    "ru": "Европейский союз",
    "ar": "الاتحاد الأوروبي",
}
FUNDED = {
    "fi": "Euroopan unionin rahoittama",
    "sv": "Finansieras av Europeiska unionen",
    "en": "Funded by the European Union",
    "ru": "Финансируется Европейским союзом",
    "ar": "بتمويل من الاتحاد الأوروبي",
}
COFUNDED = {
    "fi": "Euroopan unionin osarahoittama",
    "sv": "Medfinansieras av Europeiska unionen",
    "en": "Co-funded by the European Union",
    "ru": "Софинансируется Европейским союзом",
    "ar": "بتمويل مشترك من الاتحاد الأوروبي",
}
FUNDS = {
    Fund.ESF: {
        "fi": "Euroopan sosiaalirahasto",
        "sv": "Europeiska socialfonden",
        "en": "European Social Fund",
        "ru": "Европейский социальный фонд",
        "ar": "الصندوق الاجتماعي الأوروبي",
    },
    Fund.ERDF: {
        "fi": "Euroopan aluekehitysrahasto",
        "sv": "Europeiska regionala utvecklingsfonden",
        "en": "European Regional Development Fund",
        "ru": "Европейский фонд регионального развития",
        "ar": "الصندوق الأوروبي للتنمية الإقليمية",
    },
    Fund.AMIF: {
        "fi": "Turvapaikka-, maahanmuutto- ja kotouttamisrahasto",
        "sv": "Asyl-, migrations- och integrationsfonden",
        "en": "Asylum, Migration and Integration Fund",
        "ru": "Фонд убежища, миграции и интеграции",
        "ar": "صندوق اللجوء والهجرة والاندماج",
    },
    Fund.EAFRD: {
        "fi": "Euroopan maaseudun kehittämisen maatalousrahasto",
        "sv": "Europeiska jordbruksfonden för landsbygdsutveckling",
        "en": "European Agricultural Fund for Rural Development",
        "ru": "Европейский сельскохозяйственный фонд развития сельских районов",
        "ar": "الصندوق الأوروبي الزراعي للتنمية الريفية",
    },
    Fund.ESF_PLUS: {
        "fi": "Euroopan sosiaalirahasto plus",
        "sv": "Europeiska socialfonden plus",
        "en": "European Social Fund Plus",
        "ru": "Европейский социальный фонд плюс",
        "ar": "الصندوق الاجتماعي الأوروبي بلس",
    },
    Fund.JTF: {
        "fi": "Oikeudenmukaisen siirtymän rahasto",
        "sv": "Fonden för en rättvis omställning",
        "en": "Just Transition Fund",
        "ru": "Фонд справедливого перехода",
        "ar": "صندوق الانتقال العادل",
    },
    Fund.INTERREG: dict.fromkeys(UNION, "Interreg"),
    Fund.ERASMUS: dict.fromkeys(UNION, "Erasmus+"),
}
# Readers of languages without an official wording, and what they get.
STAND_INS = {"fi-simple": "fi", "so": "en"}


@dataclass(frozen=True)
class Publicity:
    """``statement`` and ``fund`` are in ``language``. Without ``has_emblem`` no EU emblem."""

    statement: str
    language: str
    has_emblem: bool
    fund: str = ""
    national_logo: object | None = None


def publicity_of(programme: Programme | None, language: str) -> Publicity | None:
    """What the page must show; ``None`` where the programme asks for nothing."""
    if programme is None:
        return None
    code = STAND_INS.get(language, language)
    if code not in UNION:
        code = "en"
    logo = programme.national_logo
    if programme.publicity == PublicityRule.EU_2014:
        fund = FUNDS.get(programme.fund, {}).get(code, "")
        return Publicity(UNION[code], code, True, fund, logo)
    if programme.publicity == PublicityRule.EU_2021_FUNDED:
        return Publicity(FUNDED[code], code, True, "", logo)
    if programme.publicity == PublicityRule.EU_2021_COFUNDED:
        return Publicity(COFUNDED[code], code, True, "", logo)
    if programme.own_statement or logo:
        return Publicity(programme.own_statement, programme.locale.language_code, False, "", logo)
    return None
