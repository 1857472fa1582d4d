"""One word of a question as a clause of the plan: itself, its parts, and what means the same."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise, product

from django.conf import settings

from cms.analysis import Analyser, QueryForms, get_analyser, normalise
from cms.analysis.finnish import lacks_dots

from .engines.base import Clause, Term
from .vocabulary import Phrase, Thesaurus

BASE = 0.6
PART = 0.4
SYNONYM = 0.6
SYNONYM_OF_PART = 0.4
QUALIFYING, GENERAL = 1.3, 0.8
TOGETHER = 0.1  # two parts of a compound in one document, beside each of them
MOST_TOGETHER = 16
MOST_READINGS = 4
REPAIR = 0.8
OTHER_LANGUAGE = 0.9
RARE = 10  # grams are looked for where fewer documents have the word itself: no page is full


def _groups_of(
    word: str,
    form: QueryForms,
    found: Mapping[str, int],
    locale: str,
    thesaurus: Thesaurus,
    phrases: list[tuple[set[str], Phrase]],
) -> list[list[Term]]:
    """The word as typed: whole first, then the parts of a compound."""
    analyser = get_analyser(locale)
    whole, *parts = _groups(form, found, analyser, thesaurus)
    for covered, phrase in phrases:
        whole += _phrase(phrase, SYNONYM) if word in covered else ()
    other = in_source_language(word, locale)
    if other:
        source = get_analyser(settings.LANGUAGE_CODE)
        other_whole, *other_parts = _groups(other, found, source, Thesaurus())
        whole += _scaled(other_whole, OTHER_LANGUAGE)
        parts += [_scaled(part, OTHER_LANGUAGE) for part in other_parts]
    return [whole, *parts]


def clause_of(
    word: str,
    form: QueryForms,
    spelt: Sequence[str],
    found: Mapping[str, int],
    locale: str,
    thesaurus: Thesaurus,
    phrases: list[tuple[set[str], Phrase]],
    most: int,
) -> Clause:
    """A clause of at most ``most`` terms. The best repair counts; the likeliest gives its parts."""
    analyser = get_analyser(locale)
    rest = (found, locale, thesaurus)
    groups = _groups_of(word, form, *rest, phrases)
    mended = [_groups_of(each, analyser.query_forms(each), *rest, []) for each in spelt]
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


def _groups(
    form: QueryForms, found: Mapping[str, int], analyser: Analyser, thesaurus: Thesaurus
) -> Iterator[list[Term]]:
    """The word itself with what means the same, then each part of a compound."""
    whole = [Term((lemma,)) for lemma in form.lemmas]
    whole += [Term((base,), BASE) for base in form.bases]
    for phrase in thesaurus.find([form.lemmas]):
        whole += _phrase(phrase, SYNONYM)
    yield whole
    parts = [list(_part(part, analyser, thesaurus)) for part in _parts(form, found)]
    if not found or any(found.get(lemma) for lemma in form.lemmas):
        yield from parts
        return
    # No document has it whole. The last part is the general one: *nais|ryhmä*, *kunta|työntekijä*.
    yield from (_scaled(part, QUALIFYING) for part in parts[:-1])
    yield from (_scaled(part, GENERAL) for part in parts[-1:])
    yield from (_together(*each) for each in pairwise(parts))


def _part(lemmas: tuple[str, ...], analyser: Analyser, thesaurus: Thesaurus) -> Iterator[Term]:
    for lemma in lemmas:
        yield Term((lemma,), PART)
        yield from (Term((base,), PART * BASE) for base in analyser.forms(lemma).bases)
    for phrase in thesaurus.find([lemmas]):
        yield from _phrase(phrase, PART * SYNONYM_OF_PART)


def _together(one: Iterable[Term], other: Iterable[Term]) -> list[Term]:
    """Where both parts are, rather than one of them often."""
    pairs = [
        Term((*a.tokens, *b.tokens), TOGETHER / PART * math.sqrt(a.weight * b.weight))
        for a, b in product(one, other)
        if not {*a.tokens} & {*b.tokens}
    ]
    return sorted(pairs, key=lambda term: -term.weight)[:MOST_TOGETHER]


def _parts(form: QueryForms, found: Mapping[str, int]) -> list[tuple[str, ...]]:
    """The fewest parts, from the end, that documents have: *kunta|työntekijä*, and no *työ*."""
    runs = {(first, last): lemma for first, last, lemma in form.runs}
    parts, last = [], len(form.parts) - 1
    while last >= 0:
        for first in range(last):
            if found.get(runs.get((first, last), "")):
                parts.append((runs[first, last],))
                last = first - 1
                break
        else:
            parts.append(form.parts[last])
            last -= 1
    return parts[::-1]


def _phrase(phrase: Phrase, weight: float) -> Iterator[Term]:
    """One term for each reading: *tullut* may be of *tulla* or of *tultu*."""
    for lemmas in islice(product(*phrase), MOST_READINGS):
        yield Term(tuple(dict.fromkeys(lemmas)), weight)


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
