"""SQLite's full-text index (FTS5): the embedded default."""

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from secrets import token_hex
from typing import Self

from django.db import connections
from django.utils import timezone

from .base import BASES, LEMMA, PARTS
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
