"""Documents into the tables of a database index and out of them."""

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from ..entries import Entry, ready
from .base import DocumentRefused, Refusal
from .filing import (
    columns,
    divided,
    filed_as,
    number_of,
    of_all,
    of_one,
    packed,
    share,
    shown_as,
    unfiled,
    unpacked,
)
from .tables import SqlTables, in_batches

BATCH = 50
"""Documents written in one transaction: others wait no longer than that takes, a tenth second."""
ONCE = "ON CONFLICT DO NOTHING"
FOREVER = "9999-12-31"
"""The last public day of words in a document without one."""

Words = dict[tuple[str, str], Counter[str]]
"""(locale, last public day) → word → documents that have it."""


@dataclass
class Gone:
    """What documents had that are taken out; another may have it still."""

    words: Words = field(default_factory=lambda: defaultdict(Counter))
    shown: set[int] = field(default_factory=set)
    keys: set[int] = field(default_factory=set)
    filed: dict[int, str] = field(default_factory=dict)
    """Number of what documents of a record are filed under → the grams that they have in common."""


class SqlWriter(SqlTables):
    """Documents in, documents out. A subclass gives the schema and the token index."""

    def streams(self, item: Entry) -> list[list[str]]:
        """What is kept, squeezed, to take the document out again: its words, its grams, and
        whatever :meth:`remove_tokens` asks for.
        """
        return [item.words, item.grams]

    def add_tokens(self, cursor, rows: list[tuple[int, Entry, list[str]]]) -> None:
        """File documents under their numbers by the texts of :meth:`streams`."""

    def remove_tokens(self, cursor, rows: list[tuple[int, str, list[str]]]) -> None:
        """Take out documents by number, locale and the texts of :meth:`streams`."""

    def add_grams(self, cursor, rows: list[tuple[int, str]]) -> None:
        """File grams by ``of_all`` and ``of_one``."""

    def remove_grams(self, cursor, rows: list[tuple[int, str]]) -> None:
        """Take them out."""

    # Documents.

    def index(self, documents, refused: Refusal | None = None) -> int:
        return len(self._index(documents, refused))

    def _index(self, documents, refused: Refusal | None) -> set[str]:
        """The ids of those that were written. Words are analysed outside of any transaction."""
        written: set[str] = set()
        for batch in in_batches(map(ready, documents), BATCH):
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
        for batch in in_batches(sorted(ids), BATCH * 5):
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

    def _remove(self, cursor, ids: Sequence[str]) -> Gone:
        """Take the documents out; what others may have too stays for :meth:`_settle`."""
        found = "SELECT id, doc_id, locale, public_until, shown, filed FROM {p}_document"
        rows = self._rows(cursor, f"{found} WHERE doc_id IN", ids)
        found = "SELECT id, value FROM {p}_filed WHERE id IN"
        values = self._rows(cursor, found, list({row[5] for row in rows}))
        filed = {place: unfiled(unpacked(value)) for place, value in values}
        gone = Gone(shown={row[4] for row in rows})
        own = {}
        for place, texts in filed.items():
            gone.filed[place], others = divided({id: each[2] for id, each in texts.items()})
            own |= others
        tokens, held = [], []
        for number, id, locale, until, _shown, place in rows:
            keys, words, _grams, *texts = filed[place][id]
            tokens.append((number, locale, texts))
            held += [(int(key), locale, number) for key in keys.split()]
            gone.words[locale, until or FOREVER].update(words.split())
        gone.keys = {key for key, *_holder in held}
        self.remove_tokens(cursor, tokens)
        self.remove_grams(cursor, [(of_one(row[0]), own[row[1]]) for row in rows if own[row[1]]])
        sql = "DELETE FROM {p}_holder WHERE id = %s AND locale = %s AND document = %s"
        self._each(cursor, sql, held)
        self._each(cursor, "DELETE FROM {p}_document WHERE id = %s", [row[:1] for row in rows])
        return gone

    def _add(self, cursor, entries: list[Entry]) -> None:
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {self.prefix}_filed")
        place = cursor.fetchone()[0]
        shared: dict[int, bytes] = {}
        rows, filed, grams, own, streams, keys = [], [], [], {}, {}, {}
        for _record, found in itertools.groupby(entries, lambda x: (x.type, x.stored["key"])):
            group, lines, place = list(found), [], place + 1
            for item in group:
                offered = {number_of(kind, text): (kind, text) for kind, _start, text in item.keys}
                texts = list(map(" ".join, self.streams(item)))
                streams[item.id], keys[item.id] = texts, offered
                lines.append([item.id, " ".join(map(str, offered)), *texts])
                shown = share(shared, shown_as(item))
                rows.append({**columns(item), "shown": shown, "filed": place})
            filed.append((place, packed(filed_as(lines))))
            common, others = divided({item.id: streams[item.id][1] for item in group})
            grams.append((of_all(place), common))
            own |= others
        self._insert(cursor, "shared", ("id", "value"), shared.items(), ONCE)
        self._insert(cursor, "filed", ("id", "value"), filed)
        values = [tuple(row.values()) for row in rows]
        self._insert(cursor, "document", tuple(rows[0]), values)
        sql = "SELECT doc_id, id FROM {p}_document WHERE doc_id IN"
        number = dict(self._rows(cursor, sql, list(streams)))
        self._add_keys(cursor, entries, keys, number)
        self.add_tokens(cursor, [(number[x.id], x, streams[x.id][2:]) for x in entries])
        self.add_grams(cursor, grams + [(of_one(number[id]), own[id]) for id in own if own[id]])

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
        left = gone.shown - self._still(cursor, "shown", gone.shown)
        self._each(cursor, "DELETE FROM {p}_shared WHERE id = %s", zip(left))
        left = gone.filed.keys() - self._still(cursor, "filed", gone.filed)
        self.remove_grams(cursor, [(of_all(place), gone.filed[place]) for place in left])
        self._each(cursor, "DELETE FROM {p}_filed WHERE id = %s", zip(left))
        sql = "SELECT DISTINCT id FROM {p}_holder WHERE id IN"
        left = gone.keys - {row[0] for row in self._rows(cursor, sql, list(gone.keys))}
        for name in ("key", "beginning"):
            self._each(cursor, f"DELETE FROM {{p}}_{name} WHERE id = %s", zip(left))
        self._renew(cursor)

    def _still(self, cursor, column: str, values: Iterable[int]) -> set[int]:
        """Those of the numbers that a document has."""
        sql = f"SELECT {column} FROM {{p}}_document WHERE {column} IN"
        return {row[0] for row in self._rows(cursor, sql, list(values))}

    def _count_words(self, cursor, gone: Words, entries: list[Entry]) -> None:
        changes: Words = defaultdict(Counter)
        for item in entries:
            changes[item.locale, item.public_until or FOREVER].update(item.words)
        for holders, words in gone.items():
            changes[holders].subtract(words)
        rows = [
            (locale, word, until, change)
            for (locale, until), words in changes.items()
            for word, change in words.items()
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
        fewer = [row[:3] for row in rows if row[3] < 0]
        sql = "DELETE FROM {p}_word WHERE locale = %s AND word = %s AND until = %s"
        self._each(cursor, f"{sql} AND holders <= 0", fewer)
