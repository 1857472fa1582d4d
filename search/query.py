"""From what a visitor types to a plan: any text at all makes one, and never an error."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from cms.analysis import Analyser, QueryForms, get_analyser, normalise, tokens
from cms.analysis.base import code
from cms.analysis.finnish import lacks_dots

from .engines.base import Clause, Engine, Plan, Term
from .question import doubtful, repairs
from .vocabulary import LONGEST_PHRASE, Phrase, Thesaurus, get_thesaurus

MOST_WORDS = 12
MOST_TEXT = 1_000
"""Characters: a question of a dozen words is a long one."""
MOST_TERMS = 240
"""Terms of a plan; a thesaurus may know more than is good."""
MOST_CODES = 24

BASE = 0.6
PART = 0.4
SYNONYM = 0.6
SYNONYM_OF_PART = 0.4
REPAIR = 0.8
OTHER_LANGUAGE = 0.9
RARE = 10  # grams are looked for where fewer documents have the word itself: no page is full


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
    today: date | None = None,
) -> Question:
    """The plan for a visitor's words. With an engine, words that it does not have are repaired.

    ``promoted``: ids of documents to put first. ``synonyms``: lines of the list as staff keep it;
    ``places``: lines of regions and their municipalities; None are those that a site starts with.
    Costs the engine one look-up of words, and two more when something is misspelt. Words of
    documents that are not public ``today`` are not there.
    """
    words = read(text)
    analyser = get_analyser(locale)
    forms = {word: analyser.query_forms(word) for word in words}
    telling = [word for word in words if not forms[word].stop] or words
    thesaurus = get_thesaurus(locale, synonyms, places)
    phrases = list(_phrases(telling, forms, thesaurus))
    found, spelt, repaired = {}, {}, {}
    if engine and telling:
        asked = {word: forms[word] for word in telling}
        found, spelt, repaired = _looked_up(asked, locale, thesaurus, engine, today)
    most = MOST_TERMS // max(1, len(telling))
    clauses = [
        _clause(word, forms[word], spelt.get(word, ()), found, locale, thesaurus, phrases, most)
        for word in telling
    ]
    plan = Plan(
        locale=locale,
        clauses=tuple(clause for clause in clauses if clause.groups or clause.grams),
        codes=tuple(codes(text)),
        required=required(len(clauses)),
        promoted=tuple(promoted),
    )
    return Question(plan, _corrected(text, repaired))


def _looked_up(
    asked: dict[str, QueryForms],
    locale: str,
    thesaurus: Thesaurus,
    engine: Engine,
    today: date | None,
) -> tuple[dict[str, int], dict[str, list[str]], dict[str, list[str]]]:
    """What the index knows: token → documents, word → other spellings, word → repairs."""
    others = {word: form for word in asked if (form := _other(word, locale))}
    wanted = [token for form in (*asked.values(), *others.values()) for token in form.own]
    found = engine.frequencies(locale, wanted, today)
    accepted = [word for word, form in asked.items() if thesaurus.find([form.lemmas])]
    accepted += [word for word, form in others.items() if found.keys() & {*form.lemmas}]
    # A word of the reader's language, or of the site's, may have lost its dots on the way.
    own, source = get_analyser(locale), get_analyser(settings.LANGUAGE_CODE)
    doubts = doubtful(
        asked,
        found,
        accepted,
        lambda word: tuple(dict.fromkeys((*own.dotted(word), *source.dotted(word)))),
    )
    repaired = repairs(
        doubts,
        locale,
        own,
        engine,
        lambda word: list(filter(None, (own.query_forms(word), _other(word, locale)))),
        today,
    )
    return found, {doubt.word: list(doubt.dotted[:1]) for doubt in doubts} | repaired, repaired


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
    found = dict.fromkeys(code(run) for run in runs)
    return [each for each in found if len(each) > 1][:MOST_CODES]


def required(words: int) -> int:
    """Clauses that must be met: any of two words, most of many."""
    return 1 if words <= 2 else (words + 1) // 2


def _groups_of(
    word: str,
    form: QueryForms,
    locale: str,
    thesaurus: Thesaurus,
    phrases: list[tuple[set[str], Phrase]],
) -> list[list[Term]]:
    """The word as typed: whole first, then the parts of a compound."""
    analyser = get_analyser(locale)
    whole, *parts = _groups(form, analyser, thesaurus)
    whole += [_phrase(phrase, SYNONYM) for covered, phrase in phrases if word in covered]
    other = _other(word, locale)
    if other:
        source = get_analyser(settings.LANGUAGE_CODE)
        other_whole, *other_parts = _groups(other, source, Thesaurus())
        whole += _scaled(other_whole, OTHER_LANGUAGE)
        parts += [_scaled(part, OTHER_LANGUAGE) for part in other_parts]
    return [whole, *parts]


def _clause(
    word: str,
    form: QueryForms,
    spelt: Sequence[str],
    found: dict[str, int],
    locale: str,
    thesaurus: Thesaurus,
    phrases: list[tuple[set[str], Phrase]],
    most: int,
) -> Clause:
    """A clause of at most ``most`` terms. The best repair counts; the likeliest gives its parts."""
    analyser = get_analyser(locale)
    groups = _groups_of(word, form, locale, thesaurus, phrases)
    mended = [_groups_of(each, analyser.query_forms(each), locale, thesaurus, []) for each in spelt]
    if mended:
        groups.append([term for whole, *_parts in mended for term in _scaled(whole, REPAIR)])
        groups += [_scaled(part, REPAIR) for part in mended[0][1:]]
    kept = []
    for group in filter(None, groups):
        if most > 0:
            kept.append(_best(group, most))
            most -= len(kept[-1])
    common = max((found.get(lemma, 0) for lemma in form.lemmas), default=0) >= RARE
    # The word with its dots, if they are all that it lacks.
    whole = next((each for each in spelt if lacks_dots(normalise(word), each)), word)
    grams = () if common else analyser.grams(whole)
    floor = max(1, math.ceil(analyser.gram_floor * len(grams) - 1e-9))
    return Clause(word, tuple(kept), grams, floor)


def _groups(form: QueryForms, analyser: Analyser, thesaurus: Thesaurus) -> Iterator[list[Term]]:
    """The word itself with what means the same, then each part of a compound."""
    whole = [Term((lemma,)) for lemma in form.lemmas]
    whole += [Term((base,), BASE) for base in form.bases]
    whole += [_phrase(phrase, SYNONYM) for phrase in thesaurus.find([form.lemmas])]
    yield whole
    for part in form.parts:
        terms = [Term((lemma,), PART) for lemma in part]
        bases = (base for lemma in part for base in analyser.forms(lemma).bases)
        terms += [Term((base,), PART * BASE) for base in bases]
        found = thesaurus.find([part])
        yield terms + [_phrase(phrase, PART * SYNONYM_OF_PART) for phrase in found]


def _phrase(phrase: Phrase, weight: float) -> Term:
    return Term(tuple(dict.fromkeys(lemmas[0] for lemmas in phrase)), weight)


def _scaled(terms: Iterable[Term], factor: float) -> list[Term]:
    return [Term(term.tokens, term.weight * factor) for term in terms]


def _best(terms: Iterable[Term], most: int) -> tuple[Term, ...]:
    """Each set of tokens once, at its greatest weight; the ``most`` weighty."""
    weights: dict[tuple[str, ...], float] = {}
    for term in terms:
        weights[term.tokens] = max(term.weight, weights.get(term.tokens, 0.0))
    ranked = sorted(weights.items(), key=lambda item: -item[1])[:most]
    return tuple(Term(tokens, round(weight, 4)) for tokens, weight in ranked)


def _phrases(
    words: list[str], forms: dict[str, QueryForms], thesaurus: Thesaurus
) -> Iterator[tuple[set[str], Phrase]]:
    """(the words of a run, what the run as a whole finds too), for runs of two words or more."""
    for length in range(2, LONGEST_PHRASE + 1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            for phrase in thesaurus.find([forms[word].lemmas for word in run]):
                yield set(run), phrase


def _other(word: str, locale: str) -> QueryForms | None:
    """The word in the site's source language, if it is one there: most texts are in it."""
    source = settings.LANGUAGE_CODE
    if get_analyser(source) is get_analyser(locale):
        return None
    form = get_analyser(source).query_forms(word)
    return form if form.known and not form.stop else None


def _corrected(text: str, repaired: dict[str, list[str]]) -> str:
    if not repaired:
        return ""
    text, result, last = text[:MOST_TEXT], [], 0
    for token in tokens(text):
        if token.text in repaired:
            result += [text[last : token.start], repaired[token.text][0]]
            last = token.end
    return " ".join("".join([*result, text[last:]]).split())
