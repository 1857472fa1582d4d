"""From what a visitor types to a plan: any text at all makes one, and never an error."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from cms.analysis import Analyser, QueryForms, get_analyser, normalise, tokens
from cms.analysis.base import code
from cms.analysis.runs import lemma_token, phrase_tokens

from .clauses import clause_of, in_source_language
from .documents import telephone_codes
from .engines.base import Engine, Plan
from .question import doubtful, repairs
from .signs import Signed, read_signs
from .vocabulary import LONGEST_PHRASE, Agreed, Phrase, Thesaurus, get_thesaurus

MOST_WORDS = 12
MOST_TEXT = 1_000
"""Characters: a question of a dozen words is a long one."""
MOST_TERMS = 240
"""Terms of a plan; a thesaurus may know more than is good."""
MOST_CODES = 24


@dataclass(frozen=True, slots=True)
class Question:
    """A plan, and the same words with misspelt ones repaired ("" if there is nothing to repair)."""

    plan: Plan
    correction: str = ""


def make_question(
    text: str,
    locale: str,
    engine: Engine | None = None,
    *,
    promoted: Sequence[str] = (),
    synonyms: Iterable[str] | None = None,
    places: Iterable[str] | None = None,
    agreed: Iterable[Agreed] = (),
    today: date | None = None,
) -> Question:
    """The plan for a visitor's words. With an engine, words that it does not have are repaired.

    ``promoted``: ids of documents to put first. ``synonyms``: lines of the list as staff keep it;
    ``places``: lines of regions and their municipalities; None are those that a site starts with.
    ``agreed``: what the glossary has for the words in other languages. Costs one look-up of words,
    two more when something is misspelt. Words of documents not public ``today`` are not there.
    """
    signed = read_signs(text[:MOST_TEXT])
    words = read(signed.words)
    analyser = get_analyser(locale)
    forms = {word: analyser.query_forms(word) for word in words}
    telling = [word for word in words if not forms[word].stop] or words
    asked = {word: forms[word] for word in telling}
    thesaurus = get_thesaurus(locale, synonyms, places)
    phrases = [*_phrases(telling, forms, thesaurus), *_agreed(telling, agreed)]
    # Words of an exact phrase are meant as they are typed.
    meant = set().union(*(covered for covered, _phrase in phrases), *map(read, signed.phrases))
    found, spelt, repaired = _looked_up(asked, meant, locale, thesaurus, engine, today)
    rest = (found, locale, thesaurus, phrases, MOST_TERMS // max(1, len(telling)))
    clauses = [clause_of(word, forms[word], spelt.get(word, ()), *rest) for word in telling]
    plan = Plan(
        locale=locale,
        clauses=tuple(clause for clause in clauses if clause.groups or clause.grams),
        codes=tuple(codes(signed.words)),
        required=required(len(clauses)),
        promoted=tuple(promoted),
        **_narrowed(signed, analyser),
    )
    return Question(plan, _corrected(text[:MOST_TEXT], repaired))


def _narrowed(signed: Signed, analyser: Analyser) -> dict[str, tuple]:
    """What a document must have as it is typed, and what it may not have: a word in any form."""
    needed = [token for each in signed.phrases for token in phrase_tokens(analyser, each)]
    unwanted = [phrase_tokens(analyser, each) for each in signed.without_phrases]
    for typed in signed.without:
        for word in read(typed):
            lemmas = analyser.query_forms(word).lemmas
            unwanted += [(lemma_token(lemma),) for lemma in lemmas]
            unwanted.append(phrase_tokens(analyser, word))
    return {
        "needed": tuple(dict.fromkeys(needed)),
        "without": tuple(dict.fromkeys(filter(None, unwanted))),
    }


def _looked_up(
    asked: dict[str, QueryForms],
    meant: set[str],
    locale: str,
    thesaurus: Thesaurus,
    engine: Engine | None,
    today: date | None,
) -> tuple[dict[str, int], dict[str, list[str]], dict[str, list[str]]]:
    """What the index knows: token → documents, word → other spellings, word → repairs."""
    if engine is None or not asked:
        return {}, {}, {}
    others = {word: form for word in asked if (form := in_source_language(word, locale))}
    wanted = [token for form in (*asked.values(), *others.values()) for token in form.tokens]
    found = engine.frequencies(locale, wanted, today)
    accepted = [word for word, form in asked.items() if thesaurus.find([form.lemmas])]
    accepted += meant
    accepted += [word for word, form in others.items() if found.keys() & {*form.lemmas}]
    # A word of the reader's language, or of the site's, may have lost its dots on the way.
    own, source = get_analyser(locale), get_analyser(settings.LANGUAGE_CODE)
    doubts = doubtful(
        asked,
        found,
        accepted,
        lambda word: tuple(dict.fromkeys((*own.dotted(word), *source.dotted(word)))),
    )
    repaired, more = repairs(
        doubts,
        locale,
        own,
        engine,
        lambda word: list(filter(None, (own.query_forms(word), in_source_language(word, locale)))),
        today,
    )
    spelt = {doubt.word: list(doubt.dotted[:1]) for doubt in doubts} | repaired
    return {**found, **more}, spelt, repaired


def read(text: str) -> list[str]:
    """The distinct words of a text as typed, the first dozen."""
    seen: dict[str, str] = {}
    for token in tokens(text[:MOST_TEXT]):
        normal = normalise(token.text)
        if normal:
            seen.setdefault(normal, token.text)
    return list(seen.values())[:MOST_WORDS]


def codes(text: str) -> list[str]:
    """What might be a project code or acronym: the whole, each word, and two or three together."""
    words = [token.text for token in tokens(text[:MOST_TEXT])][:MOST_WORDS]
    runs = [text[:MOST_TEXT]] if len(words) <= 6 else []
    for length in (1, 2, 3):
        runs += ["".join(words[i : i + length]) for i in range(len(words) - length + 1)]
    found = dict.fromkeys([*telephone_codes(text[:MOST_TEXT]), *map(code, runs)])
    return [each for each in found if len(each) > 1][:MOST_CODES]


def required(words: int) -> int:
    """Clauses that must be met: any of two words, most of many."""
    return 1 if words <= 2 else (words + 1) // 2


def _phrases(
    words: list[str], forms: dict[str, QueryForms], thesaurus: Thesaurus
) -> Iterator[tuple[set[str], Phrase]]:
    """(the words of a run, what the run as a whole finds too), for runs of two words or more."""
    for length in range(2, LONGEST_PHRASE + 1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            for phrase in thesaurus.find([forms[word].lemmas for word in run]):
                yield set(run), phrase


def _agreed(words: list[str], agreed: Iterable[Agreed]) -> Iterator[tuple[set[str], Phrase]]:
    for asked, phrase in agreed:
        if covered := {word for word in words if normalise(word) in asked}:
            yield covered, phrase


def _corrected(text: str, repaired: dict[str, list[str]]) -> str:
    if not repaired:
        return ""
    text, result, last = text[:MOST_TEXT], [], 0
    for token in tokens(text):
        if token.text in repaired:
            result += [text[last : token.start], repaired[token.text][0]]
            last = token.end
    return " ".join("".join([*result, text[last:]]).split())
