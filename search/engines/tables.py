"""Keeping the tables of a database index: what SQLite and PostgreSQL have in common.

The tables hold derived data only, so they are not models: the adapter makes them, and makes them
anew when ``SCHEMA`` changes; then the index is empty until it is rebuilt.
"""

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction

from ..entries import Entry, ready
from .base import DocumentRefused, Refusal
from .sql import SqlReader
from .statement import Sql, places

SCHEMA = 2
BATCH = 10
"""Documents written in one transaction: others wait no longer than that takes."""
AT_ONCE = 500
"""Values in one statement."""
TABLES = ("document", "facet", "code", "key", "word")
MANY = ("facet", "code", "key")
COLUMNS = (
    "doc_id",
    "locale",
    "type",
    "starts",
    "ends",
    "published",
    "public_until",
    "title_sort",
    "fingerprint",
    "stored",
    "words",
)
FOREVER = "9999-12-31"
"""The last public day of words in a document without one."""

Words = Counter[tuple[str, str, str]]
"""(locale, word, last public day) → documents that have it."""


class SqlWriter(SqlReader):
    """Documents in, documents out. A subclass gives the schema and the token index."""

    def schema(self) -> list[str]:
        """Statements that make the tables; ``{p}`` stands for the prefix."""
        raise NotImplementedError

    def table_names(self) -> list[str]:
        """All tables of the schema, those first that others do not need."""
        return [*TABLES, "schema"]

    def columns(self) -> tuple[str, ...]:
        """Columns of the document table that are written."""
        return COLUMNS

    def values(self, item: Entry) -> tuple:
        """The values of ``columns``."""
        return (
            item.id,
            item.locale,
            item.type,
            item.start,
            item.end,
            item.published,
            item.public_until,
            item.title_sort,
            item.fingerprint,
            json.dumps(item.stored, ensure_ascii=False),
            " ".join(item.words),
        )

    def add_tokens(self, cursor, rows: list[tuple[int, Entry]]) -> None:
        """File the tokens of documents under their row numbers."""

    def remove_tokens(self, cursor, numbers: Sequence[int]) -> None:
        """Drop the tokens of these row numbers."""

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
            if self.rows(Sql("SELECT version FROM {p}_schema")) == [(SCHEMA,)]:
                return
            self.drop()
        with transaction.atomic(using=self.using):
            self.run(
                *self.schema(),
                "CREATE TABLE {p}_schema (version integer NOT NULL)",
                f"INSERT INTO {{p}}_schema VALUES ({SCHEMA})",
            )

    def drop(self) -> None:
        self.run(*(f"DROP TABLE IF EXISTS {{p}}_{name}" for name in self.table_names()))

    def clear(self) -> None:
        kept = ("schema", "vocabulary")
        with transaction.atomic(using=self.using):
            self.run(*(f"DELETE FROM {{p}}_{x}" for x in self.table_names() if x not in kept))

    def refresh(self) -> None:
        """What is committed can be found."""

    def ids(self) -> Iterator[tuple[str, str]]:
        last = 0
        while rows := self.rows(
            Sql(
                "SELECT id, doc_id, fingerprint FROM {p}_document "
                "WHERE id > %s ORDER BY id LIMIT %s",
                last,
                AT_ONCE,
            )
        ):
            last = rows[-1][0]
            yield from ((doc_id, fingerprint) for _number, doc_id, fingerprint in rows)

    def fingerprints(self, wanted) -> dict[str, str]:
        found = {}
        for batch in _batches((id for _locale, id in wanted), AT_ONCE):
            sql = (
                f"SELECT doc_id, fingerprint FROM {{p}}_document WHERE doc_id IN ({places(batch)})"
            )
            found.update(self.rows(Sql(sql, *batch)))
        return found

    # Documents.

    def index(self, documents, refused: Refusal | None = None) -> int:
        return len(self._index(documents, refused))

    def _index(self, documents, refused: Refusal | None) -> set[str]:
        """The ids of those that were written. Words are analysed outside of any transaction."""
        written: set[str] = set()
        for batch in _batches(map(ready, documents), BATCH):
            latest = sorted({item.id: item for item in batch}.values(), key=lambda item: item.id)
            try:
                self._write(latest)
            except DocumentRefused:
                if not refused:
                    raise
                written.update(self._write_each(latest, refused))
            else:
                written.update(item.id for item in latest)
        if written:
            self.settle()
        return written

    def _write(self, entries: list[Entry]) -> None:
        try:
            with transaction.atomic(using=self.using), self.cursor() as cursor:
                before = self._remove(cursor, [item.id for item in entries])
                self._count_words(cursor, before, self._add(cursor, entries))
        except (OverflowError, ValueError) as error:
            # A driver's own word about a value, before the database saw it.
            raise DocumentRefused(f"{type(error).__name__}: {error}") from error

    def _write_each(self, entries: list[Entry], refused: Refusal) -> Iterator[str]:
        for item in entries:
            try:
                self._write([item])
            except DocumentRefused as error:
                refused(item.id, str(error))
            else:
                yield item.id

    def delete(self, ids) -> None:
        for batch in _batches(sorted(ids), BATCH * 5):
            with transaction.atomic(using=self.using), self.cursor() as cursor:
                self._count_words(cursor, self._remove(cursor, batch), Words())

    def rebuild(self, documents, refused: Refusal | None = None) -> int:
        """Documents are replaced in place, a batch at a time; then what is left over goes."""
        self.create()
        written = self._index(documents, refused)
        self.delete([id for id, _fingerprint in self.ids() if id not in written])
        self.tidy()
        return len(written)

    def settle(self) -> None:
        """Whatever the database wants done after writing."""

    def tidy(self) -> None:
        """Whatever the database wants done after a rebuild."""

    def _execute(self, cursor, sql: str, parameters: Sequence) -> None:
        cursor.execute(sql.replace("{p}", self.prefix), parameters)

    def _remove(self, cursor, ids: Sequence[str]) -> Words:
        """Drop the documents; the words that they had."""
        found = "SELECT id, locale, public_until, words FROM {p}_document WHERE doc_id IN "
        self._execute(cursor, f"{found} ({places(ids)})", ids)
        rows = cursor.fetchall()
        numbers = [row[0] for row in rows]
        if not numbers:
            return Words()
        self.remove_tokens(cursor, numbers)
        for name in MANY:
            sql = f"DELETE FROM {{p}}_{name} WHERE document IN ({places(numbers)})"
            self._execute(cursor, sql, numbers)
        sql = f"DELETE FROM {{p}}_document WHERE id IN ({places(numbers)})"
        self._execute(cursor, sql, numbers)
        return words_of((locale, until, words.split()) for _id, locale, until, words in rows)

    def _add(self, cursor, entries: list[Entry]) -> Words:
        """Write the documents; the words that they have."""
        self._insert(cursor, "document", self.columns(), map(self.values, entries))
        ids = [item.id for item in entries]
        found = f"SELECT doc_id, id FROM {{p}}_document WHERE doc_id IN ({places(ids)})"
        self._execute(cursor, found, ids)
        number = dict(cursor.fetchall())
        self._insert(
            cursor,
            "facet",
            ("document", "name", "value"),
            (
                (number[item.id], name, value)
                for item in entries
                for name, values in item.facets.items()
                for value in values
            ),
        )
        self._insert(
            cursor,
            "code",
            ("document", "code"),
            ((number[item.id], code) for item in entries for code in item.codes),
        )
        self._insert(
            cursor,
            "key",
            ("document", "locale", "kind", "beginning", "shown"),
            ((number[item.id], item.locale, *key) for item in entries for key in item.keys),
        )
        self.add_tokens(cursor, [(number[item.id], item) for item in entries])
        return words_of((item.locale, item.public_until, item.words) for item in entries)

    def _count_words(self, cursor, before: Words, now: Words) -> None:
        """A word stays for spelling as long as a document has it, and no longer."""
        changes = {key: now[key] - before[key] for key in sorted(before.keys() | now.keys())}
        self._insert(
            cursor,
            "word",
            ("locale", "word", "until", "holders"),
            ((*key, change) for key, change in changes.items() if change),
            "ON CONFLICT (locale, word, until) DO UPDATE "
            "SET holders = {p}_word.holders + excluded.holders",
        )
        if any(change < 0 for change in changes.values()):
            self._execute(cursor, "DELETE FROM {p}_word WHERE holders <= 0", [])

    def _insert(self, cursor, table: str, columns: Sequence[str], rows: Iterable, then="") -> None:
        line = f"({places(columns)})"
        for batch in _batches(rows, AT_ONCE // len(columns)):
            sql = f"INSERT INTO {{p}}_{table} ({', '.join(columns)}) VALUES "
            sql += f"{', '.join([line] * len(batch))} {then}"
            self._execute(cursor, sql, [value for row in batch for value in row])


def words_of(rows: Iterable[tuple[str, str | None, Iterable[str]]]) -> Words:
    found = Words()
    for locale, until, words in rows:
        found.update((locale, word, until or FOREVER) for word in words)
    return found


def _batches(items: Iterable, size: int) -> Iterator[list]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch
