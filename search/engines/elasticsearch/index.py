"""The connection to Elasticsearch, and documents into its indexes and out of them.

Each locale has an index of its own, so that a word's rarity is counted among its readers' texts;
an alias names it, and a rebuild fills a new index and moves the alias.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError, helpers

from ..base import DocumentRefused, Engine, EngineError, EngineMissing, Refusal
from ..ingest import entry
from .dsl import MAPPING, SETTINGS, source

BAD_REQUEST = 400
WRITING_SECONDS = 30
"""How long a bulk request may take; no visitor waits for it."""
_until: ContextVar[float | None] = ContextVar("until", default=None)
"""When the patience of the visitor whose question this is ends, by the monotonic clock."""


class ElasticsearchClient(Engine):
    """``hosts`` and ``options`` are the client's; a visitor waits ``timeout`` seconds in all.

    Each of ``locales`` has an index, even an empty one; another gets it with its first document.
    """

    name = "elasticsearch"

    def __init__(
        self,
        hosts: Sequence[str],
        prefix: str = "katto",
        timeout: float = 1.0,
        locales: Sequence[str] = (),
        **options: Any,
    ) -> None:
        self.prefix = prefix
        self.all = f"{prefix}.*"
        self.locales = tuple(locales) or tuple(dict(settings.WAGTAIL_CONTENT_LANGUAGES))
        self.timeout = timeout
        options = {name: value for name, value in options.items() if value is not None}
        self.client = Elasticsearch(
            [with_port(host) for host in hosts],
            request_timeout=timeout,
            max_retries=0,
            retry_on_timeout=False,
            **options,
        )
        self.writer = self.client.options(request_timeout=WRITING_SECONDS)

    @classmethod
    @contextmanager
    def scratch(cls) -> Iterator[Self]:
        """Indexes of a prefix of their own, where a question may take its time."""
        if not settings.ELASTICSEARCH_URL:
            raise EngineMissing("Set ELASTICSEARCH_URL to the address of the server.")
        chosen = settings.ELASTICSEARCH
        options = {**chosen, "prefix": f"{chosen['prefix']}-{token_hex(4)}"}
        engine = cls(**{**options, "timeout": WRITING_SECONDS})
        try:
            yield engine
        finally:
            engine.drop()

    @contextmanager
    def errors(self) -> Iterator[None]:
        try:
            yield
        except (ApiError, TransportError, helpers.BulkIndexError) as error:
            raise EngineError(f"{type(error).__name__}: {error}"[:500]) from error

    @contextmanager
    def answers(self) -> Iterator[None]:
        """As :meth:`errors`; and an answer of another shape is no answer."""
        with self.errors():
            try:
                yield
            except (AttributeError, LookupError, TypeError, ValueError) as error:
                raise EngineError(f"A strange answer: {type(error).__name__} {error}") from error

    @contextmanager
    def question(self) -> Iterator[Elasticsearch]:
        """The client for a visitor's question, who may have waited for another one already."""
        left = self.timeout
        if (until := _until.get()) is not None:
            left = min(left, until - time.monotonic())
        if left <= 0:
            raise EngineError(f"No answer in {self.timeout} seconds")
        with self.answers():
            yield self.client.options(request_timeout=left)

    @contextmanager
    def in_time(self) -> Iterator[None]:
        until = _until.set(time.monotonic() + self.timeout)
        try:
            yield
        finally:
            _until.reset(until)


def with_port(host: str) -> str:
    """The address with its port, which the client insists on."""
    address = urlsplit(host if "//" in host else f"http://{host}")
    if address.port is None:
        port = 443 if address.scheme == "https" else 9200
        address = address._replace(netloc=f"{address.netloc}:{port}")
    return address.geturl()


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
