"""One word of a question as a clause of the plan: itself, its parts, and what means the same."""

import math
from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings

from cms.analysis import Analyser, QueryForms, get_analyser, normalise
from cms.analysis.finnish import lacks_dots

from .engines.base import Clause, Term
from .vocabulary import Phrase, Thesaurus

BASE = 0.6
PART = 0.4
SYNONYM = 0.6
SYNONYM_OF_PART = 0.4
REPAIR = 0.8
OTHER_LANGUAGE = 0.9
RARE = 10  # grams are looked for where fewer documents have the word itself: no page is full


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
    other = in_source_language(word, locale)
    if other:
        source = get_analyser(settings.LANGUAGE_CODE)
        other_whole, *other_parts = _groups(other, source, Thesaurus())
        whole += _scaled(other_whole, OTHER_LANGUAGE)
        parts += [_scaled(part, OTHER_LANGUAGE) for part in other_parts]
    return [whole, *parts]


def clause_of(
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


def in_source_language(word: str, locale: str) -> QueryForms | None:
    """The word in the site's source language, if it is one there: most texts are in it."""
    source = settings.LANGUAGE_CODE
    if get_analyser(source) is get_analyser(locale):
        return None
    form = get_analyser(source).query_forms(word)
    return form if form.known and not form.stop else None
