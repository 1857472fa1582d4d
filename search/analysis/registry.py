"""Which analyser serves which locale."""

import logging
from functools import cache

from .arabic import Arabic
from .base import Analyser
from .fallback import FinnishSimplemma
from .finnish import FinnishVoikko
from .snowball import English, Russian, Swedish
from .somali import Somali
from .voikko import VoikkoMissing

logger = logging.getLogger(__name__)


@cache
def finnish() -> Analyser:
    """libvoikko's Finnish, or the simpler one on a machine without the library or dictionary."""
    try:
        return FinnishVoikko()
    except VoikkoMissing as error:
        logger.warning("Finnish is analysed without libvoikko, less exactly: %s", error)
        return FinnishSimplemma()


ANALYSERS = {
    "fi": finnish,
    "fi-simple": finnish,
    "sv": cache(Swedish),
    "en": cache(English),
    "ru": cache(Russian),
    "ar": cache(Arabic),
    "so": cache(Somali),
}


def get_analyser(locale: str) -> Analyser:
    """The locale's analyser, its language's (``sv-fi`` → ``sv``) or else the English one."""
    make = ANALYSERS.get(locale) or ANALYSERS.get(locale.split("-")[0]) or ANALYSERS["en"]
    return make()


def signature(locale: str) -> str:
    """Name and version, stored with what was indexed: when it changes, the index is stale."""
    analyser = get_analyser(locale)
    return f"{analyser.name} {analyser.version}"
