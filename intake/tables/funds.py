"""The funds of the European Union as lists shorten them."""

from projects.models.organisations import Fund
from projects.public.publicity import FUNDS

SHORT = {
    Fund.ESF: ("ESR", "ESF"),
    Fund.ESF_PLUS: ("ESR+", "ESF+"),
    Fund.ERDF: ("EAKR", "ERDF", "ERUF"),
    Fund.AMIF: ("AMIF",),
    Fund.EAFRD: ("Maaseuturahasto", "EAFRD", "EJFLU"),
    Fund.JTF: ("JTF",),
    Fund.INTERREG: ("Interreg",),
    Fund.ERASMUS: ("Erasmus+",),
}


def fund_of(text: str) -> tuple[str, str]:
    """The Finnish name of a fund and how it is shortened; of another funder what is written."""
    words = "".join(text.split()).casefold()
    for fund, short in SHORT.items():
        names = (*short, *FUNDS[fund].values(), f"{FUNDS[fund]['fi']}({short[0]})")
        if words in {"".join(name.split()).casefold() for name in names}:
            return FUNDS[fund]["fi"], short[0]
    return " ".join(text.split()), ""
