"""Searching in the site's own database: what SQLite and PostgreSQL have in common.

The database finds words; sets, numbers and orders are made from :class:`.storage.Snapshot`. The
best term of each group counts, then the sum of the groups, then the sum of the clauses.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from itertools import chain
from operator import and_

from django.utils import timezone

from cms.analysis.base import fold
from cms.core.lists import set_of

from ..documents import FACETS, SUGGESTED, Hit, clean_filters
from .base import CODE, DEEPEST, FOUND, GRAMS, SORTS, Plan, Result, Suggestion, Term
from .storage import HELD, Snapshot, kept, shown
from .tables import SqlTables, grams_of

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters


SCANNED = 200
PROMOTED = 2 * CODE
SHOWN = """
SELECT d.id, d.doc_id, d.type, d.locale, d.facets, t.value
FROM {p}_document d JOIN {p}_shared t ON t.id = d.shown WHERE d.id IN
"""
SUGGEST = """
SELECT k.kind, k.shown, h.document FROM {p}_beginning b
JOIN {p}_key k ON k.id = b.id JOIN {p}_holder h ON h.id = k.id AND h.locale = %s
WHERE b.beginning >= %s AND b.beginning < %s
"""
# Of about the same length, and alike at the beginning but for one letter.
SIMILAR = """
SELECT DISTINCT word FROM {p}_word
WHERE locale IN (%s, '') AND until >= %s AND LENGTH(word) BETWEEN %s AND %s AND (
    SUBSTR(word, 1, 1) = %s OR SUBSTR(word, 2, 3) IN (%s, %s)
    OR SUBSTR(word, 1, 3) = %s OR SUBSTR(word, 3, 3) = %s
)
"""


class SqlReader(SqlTables):
    """Questions put to the tables that ``SqlWriter`` fills; see ``fulltext``."""

    scale = 1.0
    """How much larger the database's term scores are than those the plan's constants are for."""

    def __init__(self, using: str = "default", prefix: str = "search_index") -> None:
        super().__init__(using, prefix)
        self._held: dict[str, Snapshot] = {}

    # What a database says in its own way.

    def term_hits(
        self, held: Snapshot, locale: str, terms: list[Term], scored: bool
    ) -> Iterable[tuple[int, int, float]]:
        """(number of the term, id, score without the term's weight)."""
        raise NotImplementedError

    def gram_hits(self, grams: Sequence[tuple[int, str]]) -> Iterable[tuple[int, int, int]]:
        """Of these (number of a clause, gram): (number, where they are filed, grams found)."""
        raise NotImplementedError

    # Questions.

    def snapshot(self, locale: str) -> Snapshot:
        """The documents of a locale; read anew after whatever was written."""
        state = self.rows("SELECT state FROM {p}_schema")[0][0]
        held = self._held.get(locale)
        if held is None or held.state != state:
            sql = f"SELECT {', '.join(HELD)} FROM {{p}}_document WHERE locale = %s "
            rows = self.rows(sql + "ORDER BY title_sort, doc_id", locale)
            held = self._held[locale] = Snapshot(state, rows)
        return held

    def expired(self, today: date) -> list[int]:
        """Documents whose last public day has passed: none or few, until the daily upkeep."""
        sql = "SELECT id FROM {p}_document WHERE public_until < %s"
        return [row[0] for row in self.rows(sql, today.isoformat())]

    def scores(self, plan: Plan, held: Snapshot, scored: bool) -> dict[int, float]:
        """Place → score of all that the plan's words find."""
        numbered = [
            (number, group, term)
            for number, clause in enumerate(plan.clauses)
            for group, terms in enumerate(clause.groups)
            for term in terms
        ]
        best: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
        terms = [term for _clause, _group, term in numbered]
        for position, id, score in (
            self.term_hits(held, plan.locale, terms, scored) if terms else ()
        ):
            number, group, term = numbered[position]
            score *= term.weight
            found = best[number, group]
            if score > found.get(id, -1.0):
                found[id] = score
        met: list[dict[int, float]] = [{} for _clause in plan.clauses]
        for (number, _group), found in best.items():
            clause, once = met[number], FOUND * self.scale
            for id, score in found.items():
                clause[id] = clause.get(id, once) + score
        for (number, id), count in self.grams(grams_of(plan), held).items():
            if count >= plan.clauses[number].floor:
                share = count / len(plan.clauses[number].grams)
                met[number][id] = met[number].get(id, 0.0) + share * GRAMS * self.scale
        clauses = Counter(chain.from_iterable(met)) if plan.required > 1 else {}
        total: dict[int, float] = defaultdict(float)
        for found in met:
            for id, score in found.items():
                if id in held.places and clauses.get(id, 1) >= plan.required:
                    total[held.places[id]] += score
        for place in {place for code in plan.codes for place in held.codes.get(code, ())}:
            total[place] += CODE
        if plan.promoted:
            for (id,) in self.select("SELECT id FROM {p}_document WHERE doc_id IN", plan.promoted):
                if id in held.places:
                    total[held.places[id]] += PROMOTED
        return total

    def grams(self, wanted: Sequence[tuple[int, str]], held: Snapshot) -> Counter[tuple[int, int]]:
        """(number, id) → how many of the grams with this number the document has."""
        found: Counter[tuple[int, int]] = Counter()
        for number, place, count in self.gram_hits(wanted) if wanted else ():
            own, all = place % 2, held.filed.get(place // 2, ())
            for id in (place // 2,) if own else all:
                found[number, id] += count
        return found

    def allowed(self, plan: Plan, held: Snapshot) -> int:
        """What has all that is needed and nothing that is not wanted."""
        groups = [*((gram,) for gram in plan.needed), *plan.without]
        wanted = [(n, gram) for n, group in enumerate(groups) for gram in group]
        having: list[list[int]] = [[] for _group in groups]
        for (number, id), count in self.grams(wanted, held).items() if wanted else ():
            if count == len(groups[number]) and id in held.places:
                having[number].append(held.places[id])
        allowed = (1 << len(held.ids)) - 1
        for number, places in enumerate(having):
            chosen = set_of(places, len(held.ids))
            allowed &= chosen if number < len(plan.needed) else ~chosen
        return allowed

    def found(
        self, plan: Plan, held: Snapshot, scored: bool, today: date
    ) -> tuple[int, Mapping[int, float]]:
        """(what the plan finds, place → score)."""
        allowed = held.visible(today) & self.allowed(plan, held)
        if plan.is_everything:
            return allowed, {}
        scores = self.scores(plan, held, scored)
        return set_of(scores, len(held.ids)) & allowed, scores

    def search(
        self, plan, *, filters=None, facets=(), sort="relevance", offset=0, limit=20, today=None
    ) -> Result:
        today = today or timezone.localdate()
        sort = sort if sort in SORTS else "relevance"
        held = self.snapshot(plan.locale)
        found, scores = self.found(plan, held, sort == "relevance", today)
        passing = {
            name: held.any_of(name, values, today)
            for name, values in clean_filters(filters, FACETS).items()
        }
        chosen = reduce(and_, passing.values(), found)
        hits = []
        if 0 <= offset < DEEPEST and limit > 0:
            ranked = held.ranked(chosen, sort, scores, today)[offset : offset + limit]
            hits = self.hits(held, ranked, scores)
        numbers = {}
        for name in facets:
            if name in FACETS:
                # A facet's own choice does not narrow its numbers.
                others = (passes for other, passes in passing.items() if other != name)
                counted = reduce(and_, others, found)
                values = held.values(name, today).items()
                counts = {value: (counted & having).bit_count() for value, having in values}
                numbers[name] = {value: count for value, count in counts.items() if count}
        return Result(hits, chosen.bit_count(), numbers)

    def hits(self, held: Snapshot, ranked: Sequence[int], scores) -> list[Hit]:
        ids = [held.ids[place] for place in ranked]
        rows = {row[0]: row[1:] for row in self.select(SHOWN, ids)}
        return [
            shown(*rows[id], scores.get(place, 0.0))
            for place, id in zip(ranked, ids, strict=True)
            if id in rows
        ]

    def scan(self, plan, *, filters=None, sort="relevance", today=None) -> Iterator[Hit]:
        today = today or timezone.localdate()
        held = self.snapshot(plan.locale)
        found, scores = self.found(plan, held, sort == "relevance", today)
        for name, values in clean_filters(filters, FACETS).items():
            found &= held.any_of(name, values, today)
        ranked = held.ranked(found, sort, scores, today)
        for start in range(0, len(ranked), SCANNED):
            yield from self.hits(held, ranked[start : start + SCANNED], scores)

    def counts(self, plans, today=None) -> list[int]:
        today, sql = today or timezone.localdate(), "SELECT locale, COUNT(*) FROM {p}_document "
        sql += "WHERE public_until IS NULL OR public_until >= %s GROUP BY locale"
        wholes = dict(self.rows(sql, today.isoformat())) if plans else {}
        return [
            wholes.get(plan.locale, 0)
            if (plan.is_everything and not plan.without) or plan.locale not in wholes
            else self.found(plan, self.snapshot(plan.locale), False, today)[0].bit_count()
            for plan in plans
        ]

    def suggest(self, locale, text, *, limit=4, today=None) -> list[Suggestion]:
        beginning = fold(text)[:60]
        if not beginning:
            return []
        expired = set(self.expired(today or timezone.localdate()))
        holders: dict[tuple[str, str], set[int]] = defaultdict(set)
        last = beginning + "\U0010fffd"
        for kind, text, document in self.rows(SUGGEST, locale, beginning, last):
            if document not in expired:
                holders[kind, text].add(document)
        ranked = sorted(holders, key=lambda key: (-len(holders[key]), len(key[1]), key[1]))
        by_kind: dict[str, list[str]] = {kind: [] for kind in SUGGESTED}
        for kind, text in ranked:
            by_kind.setdefault(kind, []).append(text)
        best = [(kind, text) for kind, found in by_kind.items() for text in found[:limit]]
        named = {key: min(holders[key]) for key in best}
        documents = {row[0]: kept(row[5]) for row in self.select(SHOWN, list(named.values()))}
        found = []
        for (kind, text), id in named.items():
            if own := documents.get(id):
                # Of what is called like this, and not only named in a document.
                url = own["url"] if own["title"].split() == text.split() else ""
                found.append(Suggestion(kind, text, url, len(holders[kind, text])))
        return found

    def similar(self, locale, words, today=None) -> dict[str, list[str]]:
        day = (today or timezone.localdate()).isoformat()
        found = {}
        for word in words:
            lengths = (max(1, len(word) - 2), len(word) + 2)
            starts = (word[:1], word[1:4], word[:3], word[1:4], word[2:5])
            found[word] = [row[0] for row in self.rows(SIMILAR, locale, day, *lengths, *starts)]
        return found
