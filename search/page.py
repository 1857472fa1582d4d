"""The result page as a template needs it: marked hits, facets with links, chips, pages.

What was found is marked for every engine alike: the shown text is analysed once more. A word is
marked where one of its forms is what a clause of the plan looks for, however it is inflected. A hit
that was found by pieces of words alone shows the beginning of its text.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from cms.analysis import get_analyser
from cms.analysis.base import WORD, code
from cms.core import formatting
from cms.core.content_epoch import held
from cms.core.languages import language_name
from cms.core.lists import page_at
from projects.models import Status
from projects.public import list_page as projects
from projects.public.facets import FacetNames, Facets
from projects.public.period import Period
from projects.public.values import Term

from .documents import KINDS, NOT_STATED, Hit
from .engines.base import SORTS, Plan
from .question import SearchParameters

SORT_TITLES = {
    "relevance": _("Best match first"),
    "newest": _("Newest first"),
    "ending": _("Ending soonest first"),
    "title": _("By title"),
}
FACET_TITLES = {
    "type": _("Type"),
    **projects.FACET_TITLES,
    "year": _("Year"),
    "language": _("Language"),
}
TYPE_TITLES = {name: kind.plural for name, kind in KINDS.items()}
KIND_TITLES = {
    **{name: kind.title for name, kind in KINDS.items()},
    "word": _("Search word"),
}


class SearchNames(FacetNames):
    """Names of the values of every facet, of those that only the search has too."""

    def name(self, facet: str, value: str) -> tuple[str, str]:
        if value != NOT_STATED:
            if facet == "type":
                return str(TYPE_TITLES.get(value, value)), ""
            if facet == "language":
                return language_name(value), value
        return super().name(facet, value)


search_names = held(SearchNames)


class ShownHit:
    """A hit with the facts of its line."""

    def __init__(self, hit, names: SearchNames, mark) -> None:
        self.hit = hit
        self.marked_title = mark.title(hit)
        self.marked_excerpt = mark.excerpt(hit)
        self.is_foreign = hit.language != names.language
        self.type_label = str(KIND_TITLES.get(hit.type, hit.type))
        self.status = Status.of(hit.start, hit.end) if hit.type == "project" else None
        if hit.type == "news":
            self.years = formatting.day(hit.published)
        elif hit.type == "publication":
            self.years = str(hit.published.year) if hit.published else ""
        else:
            self.years = Period(hit.start, hit.end, None).years
        self.places_kind = "municipality" if hit.facets.get("municipality") else "region"
        self.places = self._terms(names, self.places_kind)
        self.funders = self._terms(names, "funder")

    def _terms(self, names: SearchNames, facet: str) -> list[Term]:
        known = ((value, names(facet, value)) for value in self.hit.facets.get(facet, ()))
        return [Term(value, name.label, name.language) for value, name in known]

    def __getattr__(self, name) -> Any:
        return getattr(self.hit, name)


class ResultPage:
    """What ``search/results.html`` shows for one question and its answer."""

    def __init__(self, parameters: SearchParameters, outcome, mark) -> None:
        self.parameters = parameters
        self.outcome = outcome
        self.total = outcome.result.total
        self.names = search_names(translation.get_language())
        self.hits = [ShownHit(hit, self.names, mark) for hit in outcome.result.hits]
        self.sorts = [(name, SORT_TITLES[name], name == parameters.sort) for name in SORTS]
        self.page_obj = page_at(range(self.total), parameters.page)
        self.pages = list(
            self.page_obj.paginator.get_elided_page_range(
                self.page_obj.number, on_each_side=2, on_ends=1
            )
        )
        self.query_without_page = parameters.on_page(1).query_string()
        self.without_facets_url = replace(parameters, facets={}, page=1).url

    @cached_property
    def facets(self) -> Facets:
        return Facets(
            FACET_TITLES,
            self.outcome.result.facets,
            self.parameters.facets,
            self.names,
            lambda facet, value: self.parameters.toggled(facet, value).url,
        )

    def address(self, name: str, language: str | None = None) -> str:
        """The address of this question in another form (``hits-csv``) or another language."""
        with translation.override(language or translation.get_language()):
            query = f"?{self.query_without_page}" if self.query_without_page else ""
            return reverse(f"search:{name}") + query


EXCERPT = 260
"""Characters of an excerpt, about three lines."""
PASSAGE_END = re.compile(r"\s*\n\s*")
READ = 20_000
"""Characters of a text that are looked through for the best place."""


class Highlighter:
    """Marks one plan's words in titles and texts. Everything else in them is escaped."""

    def __init__(self, plan: Plan) -> None:
        self.locale = plan.locale
        self.targets = [clause.targets for clause in plan.clauses]
        self.wanted = frozenset().union(*self.targets)
        self.codes = set(plan.codes)
        self._known: dict[str, dict[str, int | None]] = {}

    def title(self, hit: Hit) -> SafeString:
        return render(hit.title, [span[:2] for span in self.spans(hit.title, hit.language)])

    def excerpt(self, hit: Hit) -> SafeString:
        """The passage that meets most of the words, else the lead, else the text's beginning."""
        for text in (hit.lead, hit.text):
            spans = self._enough(text[:READ], hit.language)
            if spans:
                return self._around(text, spans)
        text = hit.lead or hit.text
        if len(text) > EXCERPT:
            cut = text.rfind(" ", 0, EXCERPT)
            text = text[: cut if cut > 0 else EXCERPT] + " …"
        return mark_safe(escaped(text))  # noqa: S308

    def _enough(self, text: str, language: str) -> list[tuple[int, int, int]]:
        """All that is found; of a single word, what an excerpt from the first place on shows."""
        found, alone = [], len(self.targets) == 1
        for span in self.spans(text, language):
            if alone and found and span[0] > found[0][0] + EXCERPT:
                break
            found.append(span)
        return found

    def spans(self, text: str, language: str) -> Iterator[tuple[int, int, int]]:
        """(start, end, number of the clause met) of each word to mark."""
        if not (self.targets or self.codes):
            return
        known = self._known.setdefault(language, {})
        for match in WORD.finditer(text):
            word = match[0]
            if word not in known:
                known[word] = self._clause(word, language)
            if known[word] is not None:
                yield match.start(), match.end(), known[word]

    def _clause(self, word: str, language: str) -> int | None:
        for analyser in {language: None, self.locale: None}:
            forms = get_analyser(analyser).forms(word)
            # Of most words nothing is looked for.
            if not all(map(self.wanted.isdisjoint, (forms.lemmas, forms.parts, forms.bases))):
                found = forms.all()
                return next(n for n, targets in enumerate(self.targets) if found & targets)
        return len(self.targets) if self.codes and code(word) in self.codes else None

    def _around(self, text: str, spans: list[tuple[int, int, int]]) -> SafeString:
        # From where an excerpt would show the most words of the question.
        variety = []
        for place, span in enumerate(spans):
            limit = span[0] + EXCERPT * 3 // 4
            near = spans[place : place + 30]
            variety.append(len({clause for start, _end, clause in near if start < limit}))
        first = variety.index(max(variety))
        start = max(0, spans[first][0] - EXCERPT // 4)
        if start:
            start = text.find(" ", start, spans[first][0]) + 1 or spans[first][0]
        end = min(len(text), max(start + EXCERPT, spans[first][1]))
        if end < len(text):
            end = max(text.rfind(" ", start, end), spans[first][1])
        inside = [(s - start, e - start) for s, e, _clause in spans if s >= start and e <= end]
        before = "… " if start else ""
        after = " …" if end < len(text) else ""
        return mark_safe(before + render(text[start:end], inside) + after)  # noqa: S308


def escaped(text: str) -> str:
    """For HTML; where a passage ends (a heading has no full stop) a dot keeps the next apart."""
    return PASSAGE_END.sub(" · ", escape(text))


def render(text: str, spans: list[tuple[int, int]]) -> SafeString:
    """The text escaped, with ``mark`` around the spans (in order, not overlapping)."""
    parts, last = [], 0
    for start, end in spans:
        parts += [escaped(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    parts.append(escaped(text[last:]))
    return mark_safe("".join(parts))  # noqa: S308
