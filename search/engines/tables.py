"""Keeping the tables of a database index: what SQLite and PostgreSQL have in common.

The tables hold derived data only, so they are not models: the adapter makes them, and makes them
anew when ``SCHEMA`` changes; then the index is empty until it is rebuilt.
"""

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters

import hashlib
import itertools
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from secrets import token_hex

from django.db import transaction

from ..entries import Entry, ready
from .base import DocumentRefused, Refusal
from .sql import SqlReader, places

SCHEMA = 3
BATCH = 50
"""Documents written in one transaction: others wait no longer than that takes, a tenth second."""
AT_ONCE = 500
"""Values in one statement."""
TABLES = ("document", "shared", "key", "beginning", "holder", "word")
OLD_TABLES = ("facet", "code")
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
    "facets",
    "codes",
    "shown",
    "filed",
)
ONCE = "ON CONFLICT DO NOTHING"
FOREVER = "9999-12-31"
"""The last public day of words in a document without one."""

Words = dict[tuple[str, str], Counter[str]]
"""(locale, last public day) → word → documents that have it."""


@dataclass
class Gone:
    """What documents had that are taken out; another may have it still."""

    words: Words = field(default_factory=lambda: defaultdict(Counter))
    values: set[int] = field(default_factory=set)
    keys: set[int] = field(default_factory=set)


class SqlWriter(SqlReader):
    """Documents in, documents out. A subclass gives the schema and the token index."""

    def schema(self) -> list[str]:
        """Statements that make the tables; ``{p}`` stands for the prefix."""
        raise NotImplementedError

    def table_names(self) -> list[str]:
        """All tables of the schema, those first that others do not need."""
        return [*TABLES, "schema"]

    def streams(self, item: Entry) -> list[list[str]]:
        """What is kept, squeezed, to take the document out again: its words, and after them
        whatever :meth:`remove_tokens` asks for.
        """
        return [item.words]

    def add_tokens(self, cursor, rows: list[tuple[int, Entry, list[str]]]) -> None:
        """File documents under their numbers by the texts of :meth:`streams`."""

    def remove_tokens(self, cursor, rows: list[tuple[int, str, list[str]]]) -> None:
        """Take out documents by number, locale and the texts of :meth:`streams`."""

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
        for batch in _batches((id for _locale, id in wanted), AT_ONCE):
            found.update(self.select(sql, batch))
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
                gone = self._remove(cursor, [item.id for item in entries])
                self._add(cursor, entries)
                self._settle(cursor, gone, entries)
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
                self._settle(cursor, self._remove(cursor, batch), [])

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

    def _remove(self, cursor, ids: Sequence[str]) -> Gone:
        """Take the documents out; what others may have too stays for :meth:`_settle`."""
        found = "SELECT id, doc_id, locale, public_until, shown, filed FROM {p}_document"
        rows = self._rows(cursor, f"{found} WHERE doc_id IN", ids)
        gone = Gone(values={number for row in rows for number in row[4:]})
        found = "SELECT id, value FROM {p}_shared WHERE id IN"
        values = self._rows(cursor, found, list({row[5] for row in rows}))
        filed = {number: unfiled(unpacked(value)) for number, value in values}
        tokens, held = [], []
        for number, id, locale, until, _shown, place in rows:
            keys, words, *texts = filed[place][id]
            tokens.append((number, locale, texts))
            held += [(int(key), locale, number) for key in keys.split()]
            gone.words[locale, until or FOREVER].update(words.split())
        gone.keys = {key for key, *_holder in held}
        self.remove_tokens(cursor, tokens)
        sql = "DELETE FROM {p}_holder WHERE id = %s AND locale = %s AND document = %s"
        self._each(cursor, sql, held)
        self._each(cursor, "DELETE FROM {p}_document WHERE id = %s", [row[:1] for row in rows])
        return gone

    def _add(self, cursor, entries: list[Entry]) -> None:
        shared: dict[int, bytes] = {}
        rows, streams, keys = [], {}, {}
        for _record, found in itertools.groupby(entries, lambda x: (x.type, x.stored["key"])):
            group, lines = list(found), []
            for item in group:
                own = {number_of(kind, text): (kind, text) for kind, _start, text in item.keys}
                texts = list(map(" ".join, self.streams(item)))
                streams[item.id], keys[item.id] = texts[1:], own
                lines.append([item.id, " ".join(map(str, own)), *texts])
            filed = share(shared, filed_as(lines))
            rows += [(*columns(item), share(shared, shown_as(item)), filed) for item in group]
        self._insert(cursor, "shared", ("id", "value"), shared.items(), ONCE)
        self._insert(cursor, "document", COLUMNS, rows)
        sql = "SELECT doc_id, id FROM {p}_document WHERE doc_id IN"
        number = dict(self._rows(cursor, sql, list(streams)))
        self._add_keys(cursor, entries, keys, number)
        self.add_tokens(cursor, [(number[item.id], item, streams[item.id]) for item in entries])

    def _add_keys(self, cursor, entries, keys, number) -> None:
        """What is offered to who begins to type; each text once, whatever has it."""
        named = {key: text for own in keys.values() for key, text in own.items()}
        begun = {
            (start, number_of(kind, text)) for item in entries for kind, start, text in item.keys
        }
        held = [(key, item.locale, number[item.id]) for item in entries for key in keys[item.id]]
        rows = ((key, *text) for key, text in named.items())
        self._insert(cursor, "key", ("id", "kind", "shown"), rows, ONCE)
        self._insert(cursor, "beginning", ("beginning", "id"), sorted(begun), ONCE)
        self._insert(cursor, "holder", ("id", "locale", "document"), held)

    def _settle(self, cursor, gone: Gone, entries: list[Entry]) -> None:
        """Words, texts and names stay as long as a document has them, and no longer."""
        self._count_words(cursor, gone.words, entries)
        left = gone.values
        for name in ("shown", "filed"):
            sql = f"SELECT {name} FROM {{p}}_document WHERE {name} IN"
            left = left - {row[0] for row in self._rows(cursor, sql, list(left))}
        self._each(cursor, "DELETE FROM {p}_shared WHERE id = %s", zip(left))
        sql = "SELECT DISTINCT id FROM {p}_holder WHERE id IN"
        left = gone.keys - {row[0] for row in self._rows(cursor, sql, list(gone.keys))}
        for name in ("key", "beginning"):
            self._each(cursor, f"DELETE FROM {{p}}_{name} WHERE id = %s", zip(left))
        self._renew(cursor)

    def _renew(self, cursor) -> None:
        """Tell whoever holds documents in memory that they are others now."""
        self._each(cursor, "UPDATE {p}_schema SET state = %s", [[token_hex(12)]])

    def _count_words(self, cursor, gone: Words, entries: list[Entry]) -> None:
        changes: Words = defaultdict(Counter)
        for item in entries:
            changes[item.locale, item.public_until or FOREVER].update(item.words)
        for holders, words in gone.items():
            changes[holders].subtract(words)
        rows = [
            (locale, word, until, change)
            for (locale, until), words in sorted(changes.items())
            for word, change in sorted(words.items())
            if change
        ]
        self._insert(
            cursor,
            "word",
            ("locale", "word", "until", "holders"),
            rows,
            "ON CONFLICT (locale, word, until) DO UPDATE "
            "SET holders = {p}_word.holders + excluded.holders",
        )
        if any(row[3] < 0 for row in rows):
            cursor.execute(f"DELETE FROM {self.prefix}_word WHERE holders <= 0")


def columns(item: Entry) -> tuple:
    facets = (f"{name}={value}" for name, values in item.facets.items() for value in values)
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
        "\n".join(facets),
        " ".join(item.codes),
    )


def shown_as(item: Entry) -> str:
    """What is kept to show a document; its facets have a column of their own."""
    kept = {name: value for name, value in item.stored.items() if name != "facets"}
    return json.dumps(kept, ensure_ascii=False)


def filed_as(lines: Iterable[Sequence[str]]) -> str:
    """What documents of one record are filed under. Those of other locales have nearly the same:
    side by side it takes hardly more place than once.
    """
    return "\n".join("\t".join(texts) for texts in zip(*lines, strict=True))


def unfiled(text: str) -> dict[str, list[str]]:
    """Id → texts."""
    ids, *texts = (line.split("\t") for line in text.split("\n"))
    return {id: list(own) for id, *own in zip(ids, *texts, strict=True)}


def share(values: dict[int, bytes], text: str) -> int:
    """The number that a text is kept under, once however many have it."""
    number = number_of(text)
    if number not in values:
        values[number] = zlib.compress(text.encode(), 1)
    return number


def unpacked(value: bytes) -> str:
    return zlib.decompress(value).decode()


def number_of(*texts: str) -> int:
    """A number for texts: the same ones have the same."""
    found = hashlib.blake2b("\0".join(texts).encode(), digest_size=8)
    return int.from_bytes(found.digest(), signed=True)


def _batches(items: Iterable, size: int) -> Iterator[list]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch
