"""How a Finnish word is bent, by libvoikko: its case, whether it is passive, a participle.

Apart from :mod:`.voikko`, which reads words for the search and has no use for any of this.
"""

from dataclasses import dataclass
from functools import lru_cache

from .voikko import handle


@dataclass(frozen=True, slots=True)
class Grammar:
    """One reading of a word. ``case``, ``mood`` and ``participle`` are Voikko's own names, empty
    where the word has none; ``parts`` counts those of a compound, what the dictionary knows whole
    being one.
    """

    lemma: str
    word_class: str
    case: str
    mood: str
    participle: str
    is_passive: bool
    has_possessive: bool
    parts: int


@lru_cache(20_000)
def grammar(word: str) -> tuple[Grammar, ...]:
    """Every distinct reading; none for a word that the dictionary lacks.

    :raises VoikkoMissing: without the library or its dictionary.
    """
    found = (
        Grammar(
            lemma=analysis.get("BASEFORM", "").lower(),
            word_class=analysis.get("CLASS", ""),
            case=analysis.get("SIJAMUOTO", ""),
            mood=analysis.get("MOOD", ""),
            participle=analysis.get("PARTICIPLE", ""),
            is_passive=analysis.get("PERSON") == "4",
            has_possessive="POSSESSIVE" in analysis,
            parts=analysis.get("FSTOUTPUT", "").count("[Bc]") + 1,
        )
        for analysis in handle().analyze(word)
    )
    return tuple(dict.fromkeys(found))
