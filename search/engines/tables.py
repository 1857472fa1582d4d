"""The tables of a database index, and statements put to them: what the databases have in common.

The tables hold derived data only, so they are not models: the engine makes them, and makes them
anew when ``SCHEMA`` changes; then the index is empty until it is rebuilt.
"""

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from secrets import token_hex
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError, connections, transaction

from ..documents import batches
from .base import DocumentRefused, Engine, EngineBusy, EngineError, Plan

SCHEMA = 3
AT_ONCE = 500
"""Values in one statement."""
TABLES = ("document", "filed", "shared", "key", "beginning", "holder", "word")
OLD_TABLES = ("facet", "code")
STATEMENTS = (
    "CREATE TABLE {p}_document (id {serial} PRIMARY KEY, doc_id {text} NOT NULL UNIQUE, "
    "locale {text} NOT NULL, type text NOT NULL, starts {text}, ends {text}, published {text}, "
    "public_until {text}, title_sort {text} NOT NULL, fingerprint text NOT NULL, "
    "facets text NOT NULL, codes text NOT NULL, shown {number} NOT NULL, filed {number} NOT NULL)",
    "CREATE INDEX {p}_document_locale ON {p}_document (locale)",
    "CREATE INDEX {p}_document_until ON {p}_document (public_until) WHERE public_until IS NOT NULL",
    "CREATE INDEX {p}_document_shown ON {p}_document (shown)",
    "CREATE INDEX {p}_document_filed ON {p}_document (filed)",
    "CREATE TABLE {p}_filed (id {number} PRIMARY KEY, value {bytes} NOT NULL)",
    "CREATE TABLE {p}_shared (id {number} PRIMARY KEY, value {bytes} NOT NULL)",
    "CREATE TABLE {p}_key (id {number} PRIMARY KEY, kind text NOT NULL, shown text NOT NULL)",
    "CREATE TABLE {p}_beginning (beginning {text} NOT NULL, id {number} NOT NULL, "
    "PRIMARY KEY (beginning, id)) {options}",
    "CREATE INDEX {p}_beginning_id ON {p}_beginning (id)",
    "CREATE TABLE {p}_holder (id {number} NOT NULL, locale {text} NOT NULL, "
    "document {number} NOT NULL, PRIMARY KEY (id, locale, document)) {options}",
    "CREATE TABLE {p}_word (locale {text} NOT NULL, word {text} NOT NULL, until {text} NOT NULL, "
    "holders {number} NOT NULL, PRIMARY KEY (locale, word, until)) {options}",
)
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


def grams_of(plan: Plan) -> list[tuple[int, str]]:
    """(number of the clause, gram)."""
    return [(n, gram) for n, clause in enumerate(plan.clauses) for gram in clause.grams]


class SqlTables(Engine):
    """Tables of one prefix in one database; ``{p}`` stands for the prefix in statements."""

    types: Mapping[str, str] = {}
    """What the database calls the types of ``STATEMENTS``: serial, number, text and bytes, and the
    options of a table that is only its key."""
    finders: Sequence[str] = ()
    """Statements that make the tables in which the database finds tokens."""
    finder_tables: Sequence[str] = ()
    clearing: Sequence[str] = ()
    """Statements that empty those tables."""

    def __init__(self, using: str = "default", prefix: str = "search_index") -> None:
        self.using = using
        self.prefix = prefix

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        try:
            with connections[self.using].cursor() as cursor:
                yield cursor
        except DatabaseError as error:
            raise meaning(error)(str(error)) from error

    # Statements. Those of a transaction begin with its cursor.

    def rows(self, sql: str, *parameters: Any) -> list[tuple]:
        with self.cursor() as cursor:
            cursor.execute(sql.replace("{p}", self.prefix), parameters)
            return cursor.fetchall()

    def select(self, sql: str, values: Sequence, cursor: Any = None) -> list[tuple]:
        """The rows of a statement that ends in ``IN``."""
        if not values:
            return []
        sql = f"{sql.replace('{p}', self.prefix)} ({', '.join(['%s'] * len(values))})"
        if cursor is None:
            return self.rows(sql, *values)
        cursor.execute(sql, values)
        return cursor.fetchall()

    def run(self, *statements: str) -> None:
        with self.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.replace("{p}", self.prefix))

    def each(self, cursor: Any, sql: str, rows: Iterable[Sequence]) -> None:
        """One statement for many rows. They are clean already: no need to go through each word."""
        if rows := list(rows):
            with connections[self.using].wrap_database_errors:
                cursor.cursor.executemany(sql.replace("{p}", self.prefix), rows)

    def insert(
        self, cursor: Any, table: str, columns: Sequence[str], rows: Iterable, then: str = ""
    ) -> None:
        values = ", ".join(["%s"] * len(columns))
        sql = f"INSERT INTO {{p}}_{table} ({', '.join(columns)}) VALUES ({values}) {then}"
        self.each(cursor, sql, rows)

    def renew(self, cursor: Any) -> None:
        """Tell whoever holds documents in memory that they are others now."""
        self.each(cursor, "UPDATE {p}_schema SET state = %s", [[token_hex(12)]])

    # The index as a whole.

    def create(self) -> None:
        with self.cursor() as cursor:
            names = connections[self.using].introspection.table_names(cursor)
        if f"{self.prefix}_schema" in names:
            if self.rows("SELECT version FROM {p}_schema") == [(SCHEMA,)]:
                return
            self.drop()
        with transaction.atomic(using=self.using):
            self.run(
                *(statement.format(p="{p}", **self.types) for statement in STATEMENTS),
                *self.finders,
                "CREATE TABLE {p}_schema (version integer NOT NULL, state text NOT NULL)",
                f"INSERT INTO {{p}}_schema VALUES ({SCHEMA}, '{token_hex(12)}')",
            )

    def drop(self) -> None:
        # Those first that others do not need.
        names = (*self.finder_tables, *TABLES, "schema", *OLD_TABLES)
        self.run(*(f"DROP TABLE IF EXISTS {{p}}_{name}" for name in names))

    def clear(self) -> None:
        with transaction.atomic(using=self.using), self.cursor() as cursor:
            self.run(*(f"DELETE FROM {{p}}_{name}" for name in TABLES), *self.clearing)
            self.renew(cursor)

    def refresh(self) -> None:
        """What is committed can be found."""

    def ids(self, *kinds: str) -> Iterator[tuple[str, str]]:
        last, sql = 0, "SELECT id, doc_id, fingerprint FROM {p}_document WHERE "
        likes = [f"{kind}:%" for kind in kinds] or ["%"]
        sql += f"({' OR '.join(['doc_id LIKE %s'] * len(likes))}) AND id > %s ORDER BY id LIMIT %s"
        while rows := self.rows(sql, *likes, last, AT_ONCE):
            last = rows[-1][0]
            yield from ((doc_id, fingerprint) for _number, doc_id, fingerprint in rows)

    def fingerprints(self, wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
        sql = "SELECT doc_id, fingerprint FROM {p}_document WHERE doc_id IN"
        found = {}
        for batch in batches((id for _locale, id in wanted), AT_ONCE):
            found.update(self.select(sql, batch))
        return found
