"""Documents into Elasticsearch and out of it.

Each locale has an index of its own, so that a word's rarity is counted among its readers' texts;
an alias names it, and a rebuild fills a new index and moves the alias.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from elasticsearch import helpers

from ..base import DocumentRefused, EngineError, Refusal
from ..ingest import entry
from .client import ElasticsearchClient
from .dsl import MAPPING, SETTINGS, source

SCANNED = 500
BAD_REQUEST = 400


class ElasticsearchIndex(ElasticsearchClient):
    """The indexes of all locales, and the documents in them."""

    # Indexes and aliases.

    def alias(self, locale: str) -> str:
        return f"{self.prefix}.{locale.lower()}"

    def _new_index(self, locale: str, alias: bool) -> str:
        """The name of a new index; or the alias, of a new index if there is none yet."""
        named = self.alias(locale)
        if alias and self.writer.indices.exists_alias(name=named):
            return named
        name = f"{named}.{time.time_ns()}"
        aliases = {named: {}} if alias else {}
        self.writer.indices.create(
            index=name, mappings=MAPPING, settings={"index": SETTINGS}, aliases=aliases
        )
        return named if alias else name

    def create(self) -> None:
        with self.errors():
            for locale in self.locales:
                self._new_index(locale, alias=True)

    def _indexes(self) -> dict[str, list[str]]:
        """Index → its aliases, of every index that is ours."""
        found = self.writer.indices.get(index=self.all, features="aliases")
        return {name: list(each["aliases"]) for name, each in found.items()}

    def drop(self) -> None:
        with self.errors():
            for name in self._indexes():
                self.writer.indices.delete(index=name)

    def clear(self) -> None:
        self.rebuild([])

    def refresh(self) -> None:
        with self.errors():
            self.writer.indices.refresh(index=self.all)

    # Documents.

    def index(self, documents, refused: Refusal | None = None) -> int:
        with self.answers():
            return self._bulk(documents, {}, True, refused)

    def _bulk(
        self,
        documents: Iterable[Any],
        names: dict[str, str],
        require_alias: bool,
        refused: Refusal | None,
    ) -> int:
        """Send the documents to the index named for their locale, made if there is none yet."""

        def actions() -> Iterator[dict[str, Any]]:
            for document in documents:
                item = entry(document)
                if item.locale not in names:
                    names[item.locale] = self._new_index(item.locale, alias=require_alias)
                yield {"_index": names[item.locale], "_id": item.id, "_source": source(item)}

        count = 0
        for done, result in helpers.streaming_bulk(
            self.writer,
            actions(),
            chunk_size=200,
            max_retries=0,
            raise_on_error=False,
            require_alias=require_alias,
        ):
            count += done
            if not done:
                self._failed(result, refused)
        return count

    @staticmethod
    def _failed(result: Mapping[str, Any], refused: Refusal | None) -> None:
        """A document that did not get in: its own fault, or everybody's."""
        (found,) = result.values()
        said = str(found.get("error"))[:500]
        if found.get("status") != BAD_REQUEST:
            raise EngineError(f"A document could not be written: {said}")
        if not refused:
            raise DocumentRefused(said)
        refused(found["_id"], said)

    def delete(self, ids) -> None:
        ids = list(dict.fromkeys(ids))
        with self.answers():
            if not ids:
                return
            aliases = {alias for found in self._indexes().values() for alias in found}
            actions = (
                {"_op_type": "delete", "_index": alias, "_id": id}
                for id in ids
                for alias in sorted(aliases)
            )
            for done, result in helpers.streaming_bulk(
                self.writer, actions, raise_on_error=False, max_retries=0
            ):
                if not done and result["delete"]["status"] != 404:
                    raise EngineError(f"A document could not be deleted: {result}"[:500])

    def rebuild(self, documents, refused: Refusal | None = None) -> int:
        with self.errors():
            before = self._indexes()
            names = {locale: self._new_index(locale, alias=False) for locale in self.locales}
            try:
                count = self._bulk(documents, names, False, refused)
                self.writer.indices.refresh(index=list(names.values()))
            except BaseException:
                for name in names.values():
                    self.writer.options(ignore_status=404).indices.delete(index=name)
                raise
            moves = [
                {"remove": {"index": name, "alias": alias}}
                for name, aliases in before.items()
                for alias in aliases
            ]
            moves += [
                {"add": {"index": name, "alias": self.alias(locale)}}
                for locale, name in names.items()
            ]
            self.writer.indices.update_aliases(actions=moves)
            for name in before:
                self.writer.options(ignore_status=404).indices.delete(index=name)
            return count

    def ids(self) -> Iterator[tuple[str, str]]:
        with self.answers():
            body = {"query": {"match_all": {}}, "sort": [{"id": "asc"}], "source": ["fingerprint"]}
            for found in self._pages(self.all, body):
                yield found["sort"][0], found["_source"]["fingerprint"]

    def fingerprints(self, wanted) -> dict[str, str]:
        """By id and not by a search, which knows nothing of what was written just now."""
        docs = [
            {"_index": self.alias(locale), "_id": id, "_source": ["fingerprint"]}
            for locale, id in wanted
        ]
        with self.answers():
            answers = [
                each
                for start in range(0, len(docs), SCANNED)
                for each in self.writer.mget(docs=docs[start : start + SCANNED])["docs"]
            ]
            found = (each for each in answers if each.get("found"))
            return {each["_id"]: each["_source"]["fingerprint"] for each in found}

    def _pages(self, index: str, body: Mapping[str, Any], client=None) -> Iterator[dict[str, Any]]:
        """Every hit; ``client`` asks for the first of them."""
        client, after = client or self.writer, {}
        while hits := client.search(
            index=index, size=SCANNED, track_total_hits=False, **body, **after
        )["hits"]["hits"]:
            yield from hits
            client, after = self.writer, {"search_after": hits[-1]["sort"]}
