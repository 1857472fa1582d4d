"""Searching in the site's own database: what SQLite and PostgreSQL have in common.

A page of results costs two statements, its hits and its facet numbers, whatever the hits.
"""

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import DatabaseError, DataError, IntegrityError, connections
from django.utils import timezone

from ..documents import FACETS
from ..entries import fold
from ..plan import Plan
from .base import (
    DEEPEST,
    SORTS,
    DocumentRefused,
    EngineBusy,
    EngineError,
    Filters,
    Hit,
    Result,
    Suggestion,
    clean_filters,
    hit,
)
from .matching import SqlMatching
from .statement import Sql, places

SCANNED = 200
# Rows are numbered within each kind, the most common first.
SUGGEST = """
SELECT kind, shown, count, stored FROM (
    SELECT k.kind, k.shown, COUNT(DISTINCT k.document) AS count, MIN(k.document) AS one,
        ROW_NUMBER() OVER (
            PARTITION BY k.kind
            ORDER BY COUNT(DISTINCT k.document) DESC, LENGTH(k.shown), k.shown
        ) AS place
    FROM {p}_key k JOIN {p}_document d ON d.id = k.document
    WHERE k.locale = %s AND k.beginning >= %s AND k.beginning < %s
        AND (d.public_until IS NULL OR d.public_until >= %s)
    GROUP BY k.kind, k.shown
) AS found JOIN {p}_document d ON d.id = found.one
WHERE place <= %s ORDER BY kind, place
"""
# Of about the same length, and alike at the beginning but for one letter.
SIMILAR = """
SELECT DISTINCT word FROM {p}_word
WHERE locale = %s AND until >= %s AND LENGTH(word) BETWEEN %s AND %s AND (
    SUBSTR(word, 1, 1) = %s OR SUBSTR(word, 2, 3) IN (%s, %s)
    OR SUBSTR(word, 1, 3) = %s OR SUBSTR(word, 3, 3) = %s
)
"""


# What PostgreSQL says of itself: https://www.postgresql.org/docs/current/errcodes-appendix.html
IN_THE_WAY = {"40001", "40P01", "55P03"}
"""Could not serialise, deadlock, lock not available."""
NOT_THIS_ONE = ("22", "54")
"""Classes of data exceptions, and of a program's limits (a tsvector has at most a megabyte)."""


def meaning(error: DatabaseError) -> type[EngineError]:
    """What a database's error says of the engine: that it is away, or only of this moment."""
    state = getattr(error.__cause__, "sqlstate", None) or ""
    if isinstance(error, IntegrityError) or state in IN_THE_WAY or "is locked" in str(error):
        return EngineBusy
    if isinstance(error, DataError) or state.startswith(NOT_THIS_ONE):
        return DocumentRefused
    return EngineError


class SqlReader(SqlMatching):
    """Questions put to the tables that ``SqlWriter`` fills; see ``sqlite`` and ``postgres``."""

    def __init__(self, using: str = "default", prefix: str = "search_index") -> None:
        self.using = using
        self.prefix = prefix

    @property
    def connection(self):
        return connections[self.using]

    @contextmanager
    def cursor(self):
        try:
            with self.connection.cursor() as cursor:
                yield cursor
        except DatabaseError as error:
            raise meaning(error)(str(error)) from error

    def rows(self, sql: Sql) -> list[tuple]:
        with self.cursor() as cursor:
            cursor.execute(sql.text.replace("{p}", self.prefix), sql.parameters)
            return cursor.fetchall()

    # Questions.

    def search(
        self, plan, *, filters=None, facets=(), sort="relevance", offset=0, limit=20, today=None
    ) -> Result:
        today = today or timezone.localdate()
        sort = sort if sort in SORTS else "relevance"
        hits, total = [], 0
        if 0 <= offset < DEEPEST and limit > 0:
            columns = "d.doc_id, d.type, d.locale, d.stored, m.score, COUNT(*) OVER () AS total"
            sql = Sql("WITH") + self.matched(plan, sort == "relevance") + f"SELECT {columns}"
            sql += self.chosen(plan, filters, today) + "ORDER BY" + self.order(sort, today)
            rows = self.rows(sql + Sql("LIMIT %s OFFSET %s", limit, offset))
            hits = [self.hit(row) for row in rows]
            total = rows[0][5] if rows else 0
        if not hits and offset != 0:
            total = self.total(plan, filters, today)
        wanted = [name for name in facets if name in FACETS]
        return Result(hits, total, self.facets(plan, filters, wanted, today) if wanted else {})

    def hit(self, row: tuple) -> Hit:
        kept = row[3] if isinstance(row[3], dict) else json.loads(row[3])
        return hit(row[0], row[1], row[2], kept, float(row[4]))

    def total(self, plan: Plan, filters: Filters | None, today: date) -> int:
        sql = Sql("WITH") + self.matched(plan, False) + "SELECT COUNT(*)"
        return self.rows(sql + self.chosen(plan, filters, today))[0][0]

    def facets(self, plan, filters, wanted: list[str], today: date) -> dict[str, dict[str, int]]:
        """All numbers in one statement.

        A document counts for a facet if it passes every other facet's choice: it misses none, or
        only that facet's own.
        """
        chosen = clean_filters(filters, FACETS)
        columns = [Sql("d.id"), self.status(today) + "AS status"]
        for number, (name, values) in enumerate(chosen.items()):
            condition = self.passes(name, values, today)
            columns.append(Sql("CASE WHEN") + condition + f"THEN 0 ELSE 1 END AS missed_{number}")
        missed = " + ".join(f"missed_{number}" for number in range(len(chosen))) or "0"
        own = [f"(x.name = '{name}' AND missed_{number} = 1)" for number, name in enumerate(chosen)]
        counted = f"({missed}) = 0"
        if own:
            counted = f"({counted} OR (({missed}) = 1 AND ({' OR '.join(own)})))"
        sql = Sql("WITH") + self.matched(plan, False) + ", judged AS (SELECT"
        sql += Sql.join(", ", columns)
        sql += Sql("FROM matched m JOIN {p}_document d ON d.id = m.id WHERE")
        sql += self.visible(plan.locale, today) + "), stated AS ("
        sql += Sql(
            f"SELECT x.name, x.value FROM judged JOIN {{p}}_facet x ON x.document = id AND "
            f"x.name IN ({places(wanted)}) WHERE {counted}",
            *wanted,
        )
        sql += "UNION ALL SELECT x.name, status FROM judged, (SELECT 'status' AS name) x"
        sql += f"WHERE status IS NOT NULL AND {counted})"
        sql += "SELECT name, value, COUNT(*) FROM stated GROUP BY name, value"
        numbers: dict[str, dict[str, int]] = {name: {} for name in wanted}
        for name, value, count in self.rows(sql):
            if name in numbers:
                numbers[name][value] = count
        return numbers

    def scan(self, plan, *, filters=None, sort="relevance", today=None) -> Iterator[Hit]:
        today = today or timezone.localdate()
        sql = Sql("WITH") + self.matched(plan, sort == "relevance") + "SELECT d.id, m.score"
        sql += self.chosen(plan, filters, today) + "ORDER BY" + self.order(sort, today)
        found = self.rows(sql)
        for start in range(0, len(found), SCANNED):
            scores = dict(found[start : start + SCANNED])
            sql = Sql(
                f"SELECT id, doc_id, type, locale, stored FROM {{p}}_document WHERE id IN "
                f"({places(scores)})",
                *scores,
            )
            rows = {row[0]: row[1:] for row in self.rows(sql)}
            for id, score in scores.items():
                if id in rows:
                    yield self.hit((*rows[id], score))

    def counts(self, plans, today=None) -> list[int]:
        today = today or timezone.localdate()
        if not plans:
            return []
        selects = [
            Sql("SELECT (WITH")
            + self.matched(plan, False)
            + "SELECT COUNT(*)"
            + self.chosen(plan, None, today)
            + f"), {number} AS number"
            for number, plan in enumerate(plans)
        ]
        return [row[0] for row in self.rows(Sql.join(" UNION ALL ", selects) + "ORDER BY number")]

    def suggest(self, locale, text, *, limit=4, today=None) -> list[Suggestion]:
        beginning = fold(text)[:60]
        if not beginning:
            return []
        today = today or timezone.localdate()
        last = beginning + "\U0010fffd"
        rows = self.rows(Sql(SUGGEST, locale, beginning, last, today.isoformat(), limit))
        return [self.suggestion(*row) for row in rows]

    def suggestion(self, kind: str, shown: str, count: int, kept) -> Suggestion:
        kept = kept if isinstance(kept, dict) else json.loads(kept)
        url = kept["url"] if kept["title"].split() == shown.split() else ""
        return Suggestion(kind, shown, url, count)

    def similar(self, locale, words, today=None) -> dict[str, list[str]]:
        day = (today or timezone.localdate()).isoformat()
        found = {}
        for word in words:
            lengths = (max(1, len(word) - 2), len(word) + 2)
            starts = (word[:1], word[1:4], word[:3], word[1:4], word[2:5])
            rows = self.rows(Sql(SIMILAR, locale, day, *lengths, *starts))
            found[word] = [row[0] for row in rows]
        return found
