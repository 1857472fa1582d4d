"""Documents into the tables of a database index and out of them."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from django.db import transaction

from ..documents import batches
from .base import DocumentRefused, Refusal
from .ingest import Entry, entry
from .reader import SqlReader
from .storage import (
    COMMON,
    EVERYWHERE,
    FOREVER,
    RecordGroup,
    columns,
    filed_as,
    number_of,
    share,
    unfiled,
)

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters


BATCH = 50
"""Documents written in one transaction: others wait no longer than that takes, a tenth second."""
ONCE = "ON CONFLICT DO NOTHING"
Words = dict[tuple[str, str], Counter[str]]
"""(locale, last public day) → word → documents that have it."""


@dataclass
class Removed:
    """What documents had that are taken out; another may have it still."""

    words: Words = field(default_factory=lambda: defaultdict(Counter))
    shown: set[int] = field(default_factory=set)
    keys: set[int] = field(default_factory=set)
    filed: dict[int, list[str]] = field(default_factory=dict)
    """Number of what documents of a record are filed under → texts that they have in common."""


class SqlWriter(SqlReader):
    """Documents in, documents out. A subclass gives the tables that find tokens."""

    streams: Sequence[str] = ()
    """Those of an entry that are kept, squeezed, for :meth:`take_out` beside words and grams."""
    settling: Sequence[str] = ()
    """Statements that the database wants after writing."""
    tidying: Sequence[str] = ()
    """Statements that it wants after a rebuild."""

    def file(
        self, cursor, tokens: list[tuple[int, Entry, list[str]]], grams: list[tuple[int, str]]
    ) -> None:
        """File documents under their numbers by the texts of ``streams``, and their grams.

        Grams that documents filed together have in common are under an even number, twice that
        of the place where they are filed; a document's others are under an odd one.
        """
        raise NotImplementedError

    def take_out(
        self, cursor, tokens: list[tuple[int, str, list[str]]], grams: Iterable[tuple[int, str]]
    ) -> None:
        """Take out documents by number, locale and the texts of ``streams``, and grams."""
        raise NotImplementedError

    def index(self, documents, refused: Refusal | None = None) -> int:
        return len(self._index(documents, refused))

    def _index(self, documents, refused: Refusal | None) -> set[str]:
        """The ids of those that were written. Words are analysed outside of any transaction."""
        written: set[str] = set()
        for batch in batches(map(entry, documents), BATCH):
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
            self.run(*self.settling)
        return written

    def _write(self, entries: list[Entry]) -> None:
        try:
            with transaction.atomic(using=self.using), self.cursor() as cursor:
                gone = self._remove(cursor, [item.id for item in entries])
                self._settle(cursor, gone, self._add(cursor, entries))
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
        for batch in batches(sorted(ids), BATCH * 5):
            with transaction.atomic(using=self.using), self.cursor() as cursor:
                self._settle(cursor, self._remove(cursor, batch), {})

    def rebuild(self, documents, refused: Refusal | None = None) -> int:
        """Documents are replaced in place, a batch at a time; then what is left over goes."""
        self.create()
        written = self._index(documents, refused)
        self.delete([id for id, _fingerprint in self.ids() if id not in written])
        self.run(*self.tidying)
        return len(written)

    def _remove(self, cursor, ids: Sequence[str]) -> Removed:
        """Take the documents out; what others may have too stays for :meth:`_settle`."""
        found = "SELECT id, doc_id, locale, public_until, shown, filed FROM {p}_document"
        rows = self.select(f"{found} WHERE doc_id IN", ids, cursor)
        found = "SELECT id, value FROM {p}_filed WHERE id IN"
        values = self.select(found, list({row[5] for row in rows}), cursor)
        filed = {place: unfiled(value) for place, value in values}
        gone = Removed(shown={row[4] for row in rows})
        gone.filed = {place: texts[COMMON] for place, texts in filed.items()}
        tokens, grams, held = [], [], []
        for number, id, locale, until, _shown, place in rows:
            keys, words, own, *texts = filed[place][id]
            tokens.append((number, locale, texts))
            grams.append((2 * number + 1, own))
            held += [(int(key), locale, number) for key in keys.split()]
            gone.words[locale, until or FOREVER].update(words.split())
        gone.keys = {key for key, *_holder in held}
        self.take_out(cursor, tokens, filter(itemgetter(1), grams))
        sql = "DELETE FROM {p}_holder WHERE id = %s AND locale = %s AND document = %s"
        self.each(cursor, sql, held)
        self.each(cursor, "DELETE FROM {p}_document WHERE id = %s", [row[:1] for row in rows])
        return gone

    def _add(self, cursor, entries: list[Entry]) -> Words:
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {self.prefix}_filed")
        place = cursor.fetchone()[0]
        shared: dict[int, bytes] = {}
        rows, filed, grams, own, streams, keys = [], [], [], {}, {}, {}
        words: Words = defaultdict(Counter)
        for _record, found in itertools.groupby(entries, lambda x: (x.type, x.stored["key"])):
            place += 1
            group = RecordGroup(list(found))
            empty = [""] * len(self.streams)
            words[EVERYWHERE, group.until].update(group.words)
            grams.append((2 * place, group.grams))
            lines = [[COMMON, group.until, " ".join(group.words), group.grams, *empty]]
            for item, its_words, own[item.id] in group.each:
                offered = {number_of(kind, text): (kind, text) for kind, _start, text in item.keys}
                words[item.locale, item.public_until or FOREVER].update(its_words)
                streams[item.id] = [" ".join(getattr(item, name)) for name in self.streams]
                keys[item.id] = offered
                texts = (" ".join(map(str, offered)), " ".join(its_words), own[item.id])
                lines.append([item.id, *texts, *streams[item.id]])
                shown = share(shared, item)
                rows.append({**columns(item), "shown": shown, "filed": place})
            filed.append((place, filed_as(lines)))
        self.insert(cursor, "shared", ("id", "value"), shared.items(), ONCE)
        self.insert(cursor, "filed", ("id", "value"), filed)
        values = [tuple(row.values()) for row in rows]
        self.insert(cursor, "document", tuple(rows[0]), values)
        sql = "SELECT doc_id, id FROM {p}_document WHERE doc_id IN"
        number = dict(self.select(sql, list(streams), cursor))
        self._add_keys(cursor, entries, keys, number)
        grams += [(2 * number[id] + 1, own[id]) for id in own if own[id]]
        self.file(cursor, [(number[x.id], x, streams[x.id]) for x in entries], grams)
        return words

    def _add_keys(self, cursor, entries, keys, number) -> None:
        """What is offered to who begins to type; each text once, whatever has it."""
        named = {key: text for own in keys.values() for key, text in own.items()}
        begun = {
            (start, number_of(kind, text)) for item in entries for kind, start, text in item.keys
        }
        held = [(key, item.locale, number[item.id]) for item in entries for key in keys[item.id]]
        rows = ((key, *text) for key, text in named.items())
        self.insert(cursor, "key", ("id", "kind", "shown"), rows, ONCE)
        self.insert(cursor, "beginning", ("beginning", "id"), sorted(begun), ONCE)
        self.insert(cursor, "holder", ("id", "locale", "document"), held)

    def _settle(self, cursor, gone: Removed, words: Words) -> None:
        """Words, texts and names stay as long as a document has them, and no longer."""
        left: set[int] = set()
        for column, table, had in (("shown", "shared", gone.shown), ("filed", "filed", gone.filed)):
            sql = f"SELECT {column} FROM {{p}}_document WHERE {column} IN"
            left = {*had} - {row[0] for row in self.select(sql, list(had), cursor)}
            self.each(cursor, f"DELETE FROM {{p}}_{table} WHERE id = %s", zip(left))
        for place in left:  # of what was filed
            until, said, *_others = gone.filed[place]
            gone.words[EVERYWHERE, until].update(said.split())
        self.take_out(cursor, [], [(2 * place, gone.filed[place][2]) for place in left])
        self._count_words(cursor, gone.words, words)
        sql = "SELECT DISTINCT id FROM {p}_holder WHERE id IN"
        left = gone.keys - {row[0] for row in self.select(sql, list(gone.keys), cursor)}
        for name in ("key", "beginning"):
            self.each(cursor, f"DELETE FROM {{p}}_{name} WHERE id = %s", zip(left))
        self.renew(cursor)

    def _count_words(self, cursor, gone: Words, changes: Words) -> None:
        for holders, words in gone.items():
            changes.setdefault(holders, Counter()).subtract(words)
        rows = [
            (locale, word, until, change)
            for (locale, until), words in changes.items()
            for word, change in words.items()
            if change
        ]
        self.insert(
            cursor,
            "word",
            ("locale", "word", "until", "holders"),
            rows,
            "ON CONFLICT (locale, word, until) DO UPDATE "
            "SET holders = {p}_word.holders + excluded.holders",
        )
        fewer = [row[:3] for row in rows if row[3] < 0]
        sql = "DELETE FROM {p}_word WHERE locale = %s AND word = %s AND until = %s"
        self.each(cursor, f"{sql} AND holders <= 0", fewer)
