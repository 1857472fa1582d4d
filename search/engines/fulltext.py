"""Full-text indexes over the same tokens: SQLite's FTS5, the embedded default, and PostgreSQL's."""

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
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

# Words come as tokens; only blanks may divide them. Locales share the index, so each token carries
# its own ("fi_talo"); an underscore is in no token otherwise.
TOKENIZER = (
    "tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc' tokenchars '-_:'''''\""
)
INDEXES = ("terms", "grams")
STREAMS = ("lemma", "parts", "bases")
COMMAND = "INSERT INTO {{p}}_{table} ({{p}}_{table}) VALUES ('{command}')"


class SqliteEngine(SqlWriter):
    """Terms in one FTS5 table with bm25 weights by stream, grams in a smaller one."""

    name = "sqlite"
    types = {
        "serial": "integer",
        "number": "integer",
        "text": "text",
        "bytes": "blob",
        "options": "WITHOUT ROWID",
    }
    scale = 2.2  # FTS5's bm25 keeps the factor k1 + 1
    finders = (
        "CREATE VIRTUAL TABLE {p}_terms USING "
        f"fts5(lemma, parts, bases, content = '', {TOKENIZER})",
        "CREATE VIRTUAL TABLE {p}_vocabulary USING fts5vocab({p}_terms, row)",
        "CREATE VIRTUAL TABLE {p}_grams USING "
        f"fts5(grams, content = '', detail = none, columnsize = 0, {TOKENIZER})",
    )
    finder_tables = ("vocabulary", *INDEXES)
    clearing = tuple(COMMAND.format(table=name, command="delete-all") for name in INDEXES)
    tidying = tuple(COMMAND.format(table=name, command="optimize") for name in INDEXES)
    # The full-text index keeps no texts: to take one out, it is told it once more.
    streams = STREAMS

    @classmethod
    @contextmanager
    def scratch(cls) -> Iterator[Self]:
        """In memory, whatever database the site has."""
        alias = f"search-{token_hex(4)}"
        made = {"default": {}, alias: {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
        connections.databases[alias] = connections.configure_settings(made)[alias]
        try:
            yield cls(using=alias)
        finally:
            connections[alias].close()
            del connections[alias]
            del connections.databases[alias]

    def file(self, cursor, tokens, grams) -> None:
        values = [(number, *_prefixed(item.locale, texts)) for number, item, texts in tokens]
        self.insert(cursor, "terms", ("rowid", *STREAMS), values)
        self.insert(cursor, "grams", ("rowid", "grams"), grams)

    def take_out(self, cursor, tokens, grams) -> None:
        values = [("delete", number, *_prefixed(locale, texts)) for number, locale, texts in tokens]
        self.insert(cursor, "terms", ("{p}_terms", "rowid", *STREAMS), values)
        values = [("delete", *row) for row in grams]
        self.insert(cursor, "grams", ("{p}_grams", "rowid", "grams"), values)

    def term_hits(self, held, locale, terms, scored) -> list[tuple[int, int, float]]:
        weights = f"{LEMMA}, {PARTS}, {BASES}"
        score = f"-bm25({{p}}_terms, {weights})" if scored else "0.0"
        # The limit keeps bm25 inside this select, the only place where it may stand.
        return self.rows(
            f"SELECT t.column1, f.rowid, {score} FROM (VALUES "
            + ", ".join(["(%s, %s)"] * len(terms))
            + ") t CROSS JOIN {p}_terms f ON f.{p}_terms MATCH t.column2 LIMIT -1",
            *chain.from_iterable(
                (number, _match([f"{locale}_{token}" for token in term.tokens]))
                for number, term in enumerate(terms)
            ),
        )

    def gram_hits(self, grams) -> list[tuple[int, int, int]]:
        return self.rows(
            "SELECT t.column1, f.rowid, COUNT(*) FROM (VALUES "
            + ", ".join(["(%s, %s)"] * len(grams))
            + ") t CROSS JOIN {p}_grams f ON f.{p}_grams MATCH t.column2 "
            "GROUP BY t.column1, f.rowid",
            *chain.from_iterable((number, _match((gram,))) for number, gram in grams),
        )

    def frequencies(self, locale, tokens, today=None) -> dict[str, int]:
        lead = f"{locale}_"
        wanted = [lead + token for token in dict.fromkeys(tokens)][:500]
        found = dict(self.select("SELECT term, doc FROM {p}_vocabulary WHERE term IN", wanted))
        # The vocabulary knows every document.
        for expired in self.expired(today or timezone.localdate()) if found else ():
            for term in found:
                sql = "SELECT 1 FROM {p}_terms WHERE {p}_terms MATCH %s AND rowid = %s"
                found[term] -= len(self.rows(sql, _match((term,)), expired))
        return {term.removeprefix(lead): count for term, count in found.items() if count > 0}


def _prefixed(locale: str, texts: Iterable[str]) -> list[str]:
    """The tokens of each text as those of the locale."""
    lead = f"{locale}_"
    return [lead + text.replace(" ", f" {lead}") if text else "" for text in texts]


def _match(tokens: Sequence[str]) -> str:
    """An FTS5 expression: every token a quoted string, so that none is syntax."""
    return " AND ".join('"{}"'.format(token.replace('"', '""')) for token in tokens)


MOST_POSITIONS = 12
"""Occurrences of a token that are kept; ts_rank hardly tells more of them apart."""
MOST_GRAMS = 100_000
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


# ruff: noqa: S608 - what is put into statements are names from code; values are parameters
