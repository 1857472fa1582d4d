"""The tables of a database index: what SQLite and PostgreSQL have in common.

The tables hold derived data only, so they are not models: the adapter makes them, and makes them
anew when ``SCHEMA`` changes; then the index is empty until it is rebuilt.
"""

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters

import itertools
from collections.abc import Iterable, Iterator, Sequence
from secrets import token_hex

from django.db import transaction

from .connected import places
from .sql import SqlReader

SCHEMA = 3
AT_ONCE = 500
"""Values in one statement."""
TABLES = ("document", "filed", "shared", "key", "beginning", "holder", "word")
OLD_TABLES = ("facet", "code")


class SqlTables(SqlReader):
    """The tables as a whole."""

    def schema(self) -> list[str]:
        """Statements that make the tables; ``{p}`` stands for the prefix."""
        raise NotImplementedError

    def table_names(self) -> list[str]:
        """All tables of the schema, those first that others do not need."""
        return [*TABLES, "schema"]

    # The index as a whole.

    def run(self, *statements: str) -> None:
        with self.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.replace("{p}", self.prefix))

    def exists(self) -> bool:
        with self.cursor() as cursor:
            names = self.connection.introspection.table_names(cursor)
        return f"{self.prefix}_schema" in names

    def create(self) -> None:
        if self.exists():
            if self.rows("SELECT version FROM {p}_schema") == [(SCHEMA,)]:
                return
            self.drop()
        with transaction.atomic(using=self.using):
            self.run(
                *self.schema(),
                "CREATE TABLE {p}_schema (version integer NOT NULL, state text NOT NULL)",
                f"INSERT INTO {{p}}_schema VALUES ({SCHEMA}, '{token_hex(12)}')",
            )

    def drop(self) -> None:
        names = (*self.table_names(), *OLD_TABLES)
        self.run(*(f"DROP TABLE IF EXISTS {{p}}_{name}" for name in names))

    def clear(self) -> None:
        with transaction.atomic(using=self.using), self.cursor() as cursor:
            self.run(*self.emptying())
            self._renew(cursor)

    def emptying(self) -> list[str]:
        return [f"DELETE FROM {{p}}_{name}" for name in TABLES]

    def refresh(self) -> None:
        """What is committed can be found."""

    def ids(self) -> Iterator[tuple[str, str]]:
        last, sql = 0, "SELECT id, doc_id, fingerprint FROM {p}_document "
        while rows := self.rows(sql + "WHERE id > %s ORDER BY id LIMIT %s", last, AT_ONCE):
            last = rows[-1][0]
            yield from ((doc_id, fingerprint) for _number, doc_id, fingerprint in rows)

    def fingerprints(self, wanted) -> dict[str, str]:
        sql = "SELECT doc_id, fingerprint FROM {p}_document WHERE doc_id IN"
        found = {}
        for batch in in_batches((id for _locale, id in wanted), AT_ONCE):
            found.update(self.select(sql, batch))
        return found

    def _rows(self, cursor, sql: str, values: Sequence) -> list[tuple]:
        """The rows of a statement that ends in ``IN``."""
        if not values:
            return []
        cursor.execute(f"{sql.replace('{p}', self.prefix)} {places(values)}", values)
        return cursor.fetchall()

    def _each(self, cursor, sql: str, rows: Iterable[Sequence]) -> None:
        """One statement for many rows. They are clean already: no need to go through each word."""
        if rows := list(rows):
            with self.connection.wrap_database_errors:
                cursor.cursor.executemany(sql.replace("{p}", self.prefix), rows)

    def _insert(self, cursor, table: str, columns: Sequence[str], rows, then: str = "") -> None:
        sql = f"INSERT INTO {{p}}_{table} ({', '.join(columns)}) VALUES {places(columns)} {then}"
        self._each(cursor, sql, rows)

    def _renew(self, cursor) -> None:
        """Tell whoever holds documents in memory that they are others now."""
        self._each(cursor, "UPDATE {p}_schema SET state = %s", [[token_hex(12)]])


def in_batches(items: Iterable, size: int) -> Iterator[list]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch
