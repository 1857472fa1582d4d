"""Marking what was found, for every engine alike: the shown text is analysed once more.

A word is marked where one of its forms is what a clause of the plan looks for, however it is
inflected. A hit that was found by pieces of words alone shows the beginning of its text.
"""

import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import get_analyser
from .analysis.base import WORD, code
from .documents import Hit
from .engines.base import Plan

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
