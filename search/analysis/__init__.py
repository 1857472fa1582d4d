"""Words brought to the forms they are found by, and which language does it for which locale.

Another language is a class and its name in ``STEMMED``, both in ``stemming``; one with a module of
its own has its line in ``ANALYSERS``.
"""

import logging
from functools import cache

from .base import Analyser, Forms, QueryForms, Streams, Token, normalise, tokens
from .finnish import FinnishSimplemma, FinnishVoikko
from .stemming import STEMMED
from .voikko import VoikkoMissing

__all__ = [
    "Analyser",
    "Forms",
    "QueryForms",
    "Streams",
    "Token",
    "get_analyser",
    "normalise",
    "signature",
    "tokens",
]


logger = logging.getLogger(__name__)


@cache
def finnish_analyser() -> Analyser:
    """libvoikko's Finnish, or the simpler one on a machine without the library or dictionary."""
    try:
        return FinnishVoikko()
    except VoikkoMissing as error:
        logger.warning("Finnish is analysed without libvoikko, less exactly: %s", error)
        return FinnishSimplemma()


ANALYSERS = {
    "fi": finnish_analyser,
    "fi-simple": finnish_analyser,
    **{language: cache(analyser) for language, analyser in STEMMED.items()},
}


def get_analyser(locale: str) -> Analyser:
    """The locale's analyser, its language's (``sv-fi`` → ``sv``) or else the English one."""
    make = ANALYSERS.get(locale) or ANALYSERS.get(locale.split("-")[0]) or ANALYSERS["en"]
    return make()


def signature(locale: str) -> str:
    """Name and version, stored with what was indexed: when it changes, the index is stale."""
    analyser = get_analyser(locale)
    return f"{analyser.name} {analyser.version}"
