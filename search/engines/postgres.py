"""PostgreSQL's full-text index over the same tokens, without its own analysis."""

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from secrets import token_hex
from typing import Self

from django.db import connections, transaction
from django.utils import timezone

from .base import BASES, LEMMA, PARTS, EngineMissing
from .ingest import Entry
from .tables import TABLES
from .writer import SqlWriter

MOST_POSITIONS = 12
"""Occurrences of a token that are kept; ts_rank hardly tells more of them apart."""
MOST_GRAMS = 40_000
"""A tsvector is at most one megabyte."""
LAST_POSITION = 16_383
WEIGHTS = f"'{{0, {BASES}, {PARTS}, {LEMMA}}}'"
"""By label: D unused, C bases, B parts, A lemma."""


class PostgresEngine(SqlWriter):
    """Terms as a weighted tsvector, grams as one without positions, both behind GIN.

    ``ts_rank`` knows how often a token is in a document, not how rare it is: that is multiplied in.
    """

    name = "postgres"
    types = {
        "serial": "bigserial",
        "number": "bigint",
        "text": 'text COLLATE "C"',
        "bytes": "bytea",
        "options": "",
    }
    finders = (
        'CREATE TABLE {p}_tokens (document bigint PRIMARY KEY, locale text COLLATE "C" '
        "NOT NULL, terms tsvector)",
        "CREATE TABLE {p}_grams (id bigint PRIMARY KEY, grams tsvector)",
        "CREATE INDEX {p}_tokens_terms ON {p}_tokens USING gin (terms)",
        "CREATE INDEX {p}_grams_grams ON {p}_grams USING gin (grams)",
    )
    finder_tables = ("tokens", "grams")
    clearing = ("DELETE FROM {p}_tokens", "DELETE FROM {p}_grams")
    tidying = tuple(f"ANALYZE {{p}}_{name}" for name in (*finder_tables, *TABLES, "schema"))
    # What GIN has put aside for later: until it is filed every question reads through it.
    settling = (
        "SELECT gin_clean_pending_list('{p}_tokens_terms')",
        "SELECT gin_clean_pending_list('{p}_grams_grams')",
    )

    @classmethod
    @contextmanager
    def scratch(cls) -> Iterator[Self]:
        """In a transaction that is rolled back, so that not even a crash leaves anything."""
        if connections["default"].vendor != "postgresql":
            raise EngineMissing("Set DATABASE_URL to a PostgreSQL database (postgres://…).")
        with transaction.atomic():
            yield cls(prefix=f"search_{token_hex(4)}")
            transaction.set_rollback(True)

    def file(self, cursor, tokens, grams) -> None:
        values = ((number, item.locale, _vector(item)) for number, item, _texts in tokens)
        self.insert(cursor, "tokens", ("document", "locale", "terms"), values)
        values = (
            (number, " ".join(map(_quoted, text.split()[:MOST_GRAMS]))) for number, text in grams
        )
        self.insert(cursor, "grams", ("id", "grams"), values)

    def take_out(self, cursor, tokens, grams) -> None:
        numbers = (row[:1] for row in tokens)
        self.each(cursor, "DELETE FROM {p}_tokens WHERE document = %s", numbers)
        self.each(cursor, "DELETE FROM {p}_grams WHERE id = %s", (row[:1] for row in grams))

    def term_hits(self, held, locale, terms, scored) -> Iterator[tuple[int, int, float]]:
        score = f"ts_rank({WEIGHTS}, d.terms, t.q)" if scored else "0.0::float8"
        rows = self.rows(
            f"SELECT t.number, d.document, {score} FROM (VALUES "
            + ", ".join(["(%s::int, %s::tsquery)"] * len(terms))
            + ") t (number, q) JOIN {p}_tokens d ON d.terms @@ t.q AND d.locale = %s",
            *chain.from_iterable((number, _query(x.tokens)) for number, x in enumerate(terms)),
            locale,
        )
        holders = Counter(number for number, _id, _score in rows)
        rarity = {
            number: math.log(1 + (len(held.ids) - count + 0.5) / (count + 0.5))
            for number, count in holders.items()
        }
        return ((number, id, score * rarity[number]) for number, id, score in rows)

    def gram_hits(self, grams) -> list[tuple[int, int, int]]:
        return self.rows(
            "SELECT t.number, f.id, COUNT(*) FROM (VALUES "
            + ", ".join(["(%s::int, %s::tsquery)"] * len(grams))
            + ") t (number, q) JOIN {p}_grams f ON f.grams @@ t.q GROUP BY t.number, f.id",
            *chain.from_iterable((number, _query((gram,))) for number, gram in grams),
        )

    def frequencies(self, locale, tokens, today=None) -> dict[str, int]:
        wanted = list(dict.fromkeys(tokens))[:500]
        if not wanted:
            return {}
        expired = self.expired(today or timezone.localdate())
        rows = self.rows(
            "SELECT t.token, COUNT(*) FROM (VALUES "
            + ", ".join(["(%s, %s::tsquery)"] * len(wanted))
            + ") t (token, q) JOIN {p}_tokens d ON d.terms @@ t.q AND d.locale = %s "
            "WHERE d.document <> ALL (%s) GROUP BY t.token",
            *chain.from_iterable((token, _query((token,))) for token in wanted),
            locale,
            expired,
        )
        return dict(rows)


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _query(tokens: Sequence[str]) -> str:
    """A tsquery: every token a quoted lexeme, so that none is syntax."""
    return " & ".join(map(_quoted, tokens))


def _vector(item: Entry) -> str:
    """A tsvector as text: each token with its places, labelled by the stream it is in."""
    positions: dict[str, list[str]] = defaultdict(list)
    for label, stream in (("A", item.lemma), ("B", item.parts), ("C", item.bases)):
        for place, token in enumerate(stream, 1):
            if len(positions[token]) < MOST_POSITIONS:
                positions[token].append(f"{min(place, LAST_POSITION)}{label}")
    return " ".join(f"{_quoted(token)}:{','.join(found)}" for token, found in positions.items())
