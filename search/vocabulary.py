"""What no analysis can know: synonyms (*dementia*, *muistisairaus*), places, promoted pages.

A list of synonyms is lines of text, which is how staff edit it::

    vanhus, iäkäs, ikääntynyt        each finds the others
    eläkeläinen > vanhus, seniori    who asks for the first finds the others too

What the database holds is read once for each content epoch: it changes seldom, and every search
asks for it.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from django.db.models import F
from wagtail.models import Page

import projects
from cms.analysis import Analyser, get_analyser, normalise, tokens
from cms.core.content_epoch import held
from cms.core.languages import language_codes
from cms.translation.terms import terms_in
from projects.models import Municipality, Region

from .documents import PAGE_KINDS, document_id
from .models import Promotion, SynonymGroup, split_words

DATA = Path(__file__).parent / "data" / "synonyms"
LONGEST_PHRASE = 4

Phrase = tuple[tuple[str, ...], ...]
"""A word or phrase, analysed: for each of its words the base forms it may have."""


@cache
def starting_lines(locale: str) -> tuple[str, ...]:
    """The list that a new site starts with; empty for a locale without one."""
    path = DATA / f"{locale.split('-')[0]}.txt"
    return tuple(path.read_text(encoding="utf-8").splitlines()) if path.exists() else ()


def groups(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """(word, what it finds too) for each word of the list; nonsense lines are passed over."""
    for line in lines:
        left, arrow, right = line.replace("\n", ",").split("#")[0].partition(">")
        first = [word.strip() for word in left.split(",") if word.strip()]
        then = [word.strip() for word in right.split(",") if word.strip()]
        for word in first:
            found = then if arrow else [other for other in first if other != word]
            if found:
                yield word, found


@dataclass
class Thesaurus:
    """A locale's list, keyed by the base forms of its words."""

    entries: dict[tuple[str, ...], list[Phrase]] = field(default_factory=dict)

    @classmethod
    def build(cls, lines: Iterable[str], analyser: Analyser) -> "Thesaurus":
        thesaurus = cls()
        for word, found in groups(lines):
            key = phrase(word, analyser)
            others = [phrase(other, analyser) for other in found]
            for lemmas in product(*key[:LONGEST_PHRASE]):
                if lemmas:
                    known = thesaurus.entries.setdefault(lemmas, [])
                    known += [other for other in others if other and other not in known]
        return thesaurus

    def find(self, words: list[tuple[str, ...]]) -> list[Phrase]:
        """What a run of words, each given by its base forms, finds too."""
        found: dict[Phrase, None] = {}
        for lemmas in product(*words):
            found.update(dict.fromkeys(self.entries.get(lemmas, ())))
        return list(found)


def phrase(text: str, analyser: Analyser) -> Phrase:
    forms = [analyser.query_forms(token.text) for token in tokens(text)]
    content = [form.lemmas[:2] for form in forms if not form.stop]
    return tuple(content or (form.lemmas[:2] for form in forms))


def place_lines(
    locale: str, regions: Iterable[dict[str, str]], municipalities: Iterable[dict[str, str]]
) -> tuple[str, ...]:
    """Who asks for a region finds its municipalities too: texts name those."""
    names = {"sv": ("name_sv", "name_sv"), "en": ("name_en", "name_fi")}
    region_name, town_name = names.get(locale.split("-")[0], ("name_fi", "name_fi"))
    towns: dict[str, list[str]] = {}
    for row in municipalities:
        towns.setdefault(row["region_code"], []).append(row[town_name])
    return tuple(
        f"{row[region_name]} > {', '.join(towns[row['code']])}"
        for row in regions
        if row["code"] in towns
    )


@cache
def starting_places(locale: str) -> tuple[str, ...]:
    return place_lines(locale, reference("regions"), reference("municipalities"))


def reference(name: str) -> list[dict[str, str]]:
    """Rows of a table of official places that the projects room carries."""
    path = Path(projects.__file__).parent / "data" / f"{name}.csv"
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


_build_once = lru_cache(32)(Thesaurus.build)


def get_thesaurus(
    locale: str, lines: Iterable[str] | None = None, places: Iterable[str] | None = None
) -> Thesaurus:
    """The thesaurus of these lines, or of the starting lists; the same lines are read once."""
    words = starting_lines(locale) if lines is None else lines
    places = starting_places(locale) if places is None else places
    return _build_once((*words, *places), get_analyser(locale))


def forms_of(text: str, language: str) -> tuple[frozenset[str], ...]:
    """A phrase as the base forms of its words: whatever the inflection, the same phrase."""
    analyser = get_analyser(language)
    return tuple(frozenset(analyser.query_forms(token.text).lemmas) for token in tokens(text))


@held
def _promotions(language: str) -> list[tuple[tuple, str]]:
    kinds = {model._meta.label_lower: kind for model, kind in PAGE_KINDS.items()}
    found = []
    chosen = Promotion.objects.filter(language=language).order_by("pk")
    for promotion in chosen.select_related("page__content_type"):
        page: Page = promotion.page
        kind = kinds.get(f"{page.content_type.app_label}.{page.content_type.model}")
        if kind:
            document = document_id(kind, page.translation_key, language)
            found += [(forms_of(word, language), document) for word in split_words(promotion.words)]
    return found


def promoted_documents(query: str, language: str) -> list[str]:
    """Ids of the documents that come first for these words, in the order they were chosen."""
    if not query:
        return []
    asked = forms_of(query, language)
    found = {}
    for phrase, document in _promotions(language):
        if len(phrase) == len(asked) and all(a & b for a, b in zip(asked, phrase, strict=True)):
            found[document] = None
    return list(found)


@held
def lists_in_force(language: str) -> dict[str, tuple[str, ...]]:
    """The lines of synonyms as staff keep them, and of places by the newest lists brought in.

    Easy Finnish shares the synonyms of Finnish.
    """
    groups = SynonymGroup.objects.filter(language__in={language, language.split("-")[0]})
    synonyms = tuple(groups.order_by("pk").values_list("words", flat=True))
    names = ("code", "name_fi", "name_sv")
    regions = Region.objects.order_by("code").values(*names, "name_en")
    towns = Municipality.objects.order_by("code").values(*names, region_code=F("region__code"))
    return {"synonyms": synonyms, "places": place_lines(language, regions, towns)}


Agreed = tuple[frozenset[str], Phrase]
"""Words of a question, normalised, and a phrase of another language that means the same."""


def agreed_elsewhere(text: str, language: str) -> list[Agreed]:
    """Terms of the glossary that a question has, as the other languages say them: most pages are
    written in one language alone. A word that is not to be used is asked for too.
    """
    own, found = language.split("-")[0], {}
    for code in dict.fromkeys(code.split("-")[0] for code in language_codes().values()):
        for term in terms_in(text, own, code) if code != own else ():
            if not term.is_part:
                asked = frozenset(normalise(token.text) for token in tokens(term.text))
                for word in (*term.agreed, *term.also):
                    found[asked, phrase(word.text, get_analyser(code))] = None
    return list(found)
