"""Elasticsearch 8.19 or 9 through the official client: one node, a cluster, or a managed service.

Each locale has an index of its own, so that a word's rarity is counted among its readers' texts;
an alias names it, and a rebuild fills a new index and moves the alias.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError, helpers

from ..documents import FACETS, SearchDocument
from ..entries import Entry, entry, fold
from ..plan import Plan
from . import elasticsearch_query as dsl
from .base import DEEPEST, SORTS, Engine, EngineError, Hit, Result, Suggestion, hit

KINDS = ("project", "publication", "person", "page", "organisation", "place", "word")
SCANNED = 500
WRITING_SECONDS = 30
"""How long a bulk request may take; no visitor waits for it."""
TOKENS = {"type": "text", "analyzer": "whitespace"}
UNRANKED = {**TOKENS, "norms": False, "index_options": "docs", "similarity": "boolean"}
KEYWORD = {"type": "keyword"}
DAY = {"type": "date", "format": "strict_date"}
MAPPING = {
    "dynamic": "strict",
    "_source": {"excludes": ["lemma", "parts", "bases", "grams", "words", "keys"]},
    "properties": {
        "id": KEYWORD,
        "locale": KEYWORD,
        "type": KEYWORD,
        "lemma": TOKENS,
        "parts": TOKENS,
        "bases": TOKENS,
        "grams": UNRANKED,
        "words": UNRANKED,
        "codes": KEYWORD,
        "keys": KEYWORD,
        "facets": {"properties": dict.fromkeys(FACETS, KEYWORD)},
        "starts": DAY,
        "ends": DAY,
        "published": {"type": "date", "format": "strict_date_hour_minute_second"},
        "public_until": DAY,
        "title_sort": KEYWORD,
        "fingerprint": {"type": "keyword", "index": False},
        "stored": {"type": "object", "enabled": False},
    },
}
SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "max_result_window": DEEPEST + 1_000,
}


class ElasticsearchEngine(Engine):
    """``hosts`` and ``options`` are the client's; a visitor waits ``timeout`` seconds."""

    name = "elasticsearch"

    def __init__(
        self, hosts: Sequence[str], prefix: str = "katto", timeout: float = 1.0, **options: Any
    ) -> None:
        self.prefix = prefix
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
    def from_settings(cls) -> "ElasticsearchEngine":
        return cls(**settings.ELASTICSEARCH)

    @contextmanager
    def errors(self):
        try:
            yield
        except (ApiError, TransportError, helpers.BulkIndexError) as error:
            raise EngineError(f"{type(error).__name__}: {error}"[:500]) from error

    # Indexes and aliases.

    def alias(self, locale: str) -> str:
        return f"{self.prefix}.{locale.lower()}"

    @property
    def all(self) -> str:
        return f"{self.prefix}.*"

    def _new_index(self, locale: str, alias: bool) -> str:
        name = f"{self.alias(locale)}.{time.time_ns()}"
        aliases = {self.alias(locale): {}} if alias else {}
        self.writer.indices.create(
            index=name, mappings=MAPPING, settings={"index": SETTINGS}, aliases=aliases
        )
        return name

    def create(self) -> None:
        with self.errors():
            for locale, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
                self._ensure(locale)

    def _ensure(self, locale: str) -> None:
        if not self.writer.indices.exists_alias(name=self.alias(locale)):
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

    def index(self, documents) -> int:
        with self.errors():
            return self._bulk(documents, {}, require_alias=True)

    def _bulk(
        self, documents: Iterable[SearchDocument], names: dict[str, str], require_alias: bool
    ) -> int:
        """Send the documents to the index named for their locale, made if there is none yet."""

        def actions() -> Iterator[dict[str, Any]]:
            for document in documents:
                item = entry(document)
                if item.locale not in names:
                    if require_alias:
                        self._ensure(item.locale)
                        names[item.locale] = self.alias(item.locale)
                    else:
                        names[item.locale] = self._new_index(item.locale, alias=False)
                yield {"_index": names[item.locale], "_id": item.id, "_source": source(item)}

        count, _errors = helpers.bulk(
            self.writer, actions(), chunk_size=200, max_retries=0, require_alias=require_alias
        )
        return count

    def delete(self, ids) -> None:
        ids = list(dict.fromkeys(ids))
        with self.errors():
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

    def rebuild(self, documents) -> int:
        with self.errors():
            before = self._indexes()
            locales = [locale for locale, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
            names = {locale: self._new_index(locale, alias=False) for locale in locales}
            try:
                count = self._bulk(documents, names, require_alias=False)
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
        with self.errors():
            body = {"query": {"match_all": {}}, "sort": [{"id": "asc"}], "source": ["fingerprint"]}
            for found in self._pages(self.all, body):
                yield found["sort"][0], found["_source"]["fingerprint"]

    def _pages(self, index: str, body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        after: dict[str, Any] = {}
        while hits := self.writer.search(
            index=index, size=SCANNED, track_total_hits=False, **body, **after
        )["hits"]["hits"]:
            yield from hits
            after = {"search_after": hits[-1]["sort"]}

    # Questions.

    def search(
        self, plan, *, filters=None, facets=(), sort="relevance", offset=0, limit=20, today=None
    ) -> Result:
        today = today or timezone.localdate()
        sort = sort if sort in SORTS else "relevance"
        wanted = [name for name in facets if name in FACETS]
        chosen = dsl.filter_queries(filters, today)
        shown = 0 <= offset < DEEPEST and limit > 0
        with self.errors():
            answer = self.client.search(
                index=self.alias(plan.locale),
                **dsl.ordered(self._found(plan, today), sort, today),
                post_filter=dsl.every(*chosen.values()) if chosen else None,
                aggs=dsl.facet_aggregations(wanted, chosen, today) or None,
                from_=offset if shown else 0,
                size=min(limit, 1_000) if shown else 0,
                source=["type", "locale", "stored"],
                track_total_hits=True,
                track_scores=sort == "relevance",
            )
        return Result(
            hits=[self._hit(found) for found in answer["hits"]["hits"]],
            total=answer["hits"]["total"]["value"],
            facets=dsl.facet_numbers(wanted, answer["aggregations"]) if wanted else {},
        )

    @staticmethod
    def _found(plan: Plan, today) -> dsl.Query:
        return {"bool": {"must": [dsl.plan_query(plan)], "filter": [dsl.visible(today)]}}

    @staticmethod
    def _hit(found: Mapping[str, Any]) -> Hit:
        kept = found["_source"]
        score = found.get("_score") or 0.0
        return hit(found["_id"], kept["type"], kept["locale"], kept["stored"], score)

    def scan(self, plan, *, filters=None, sort="relevance", today=None) -> Iterator[Hit]:
        today = today or timezone.localdate()
        chosen = dsl.filter_queries(filters, today)
        query = {"bool": {"must": [self._found(plan, today)], "filter": list(chosen.values())}}
        body = dsl.ordered(query, sort if sort in SORTS else "relevance", today)
        with self.errors():
            for found in self._pages(self.alias(plan.locale), body):
                yield self._hit(found)

    def counts(self, plans, today=None) -> list[int]:
        today = today or timezone.localdate()
        if not plans:
            return []
        searches: list[dict[str, Any]] = []
        for plan in plans:
            searches.append({"index": self.alias(plan.locale), "ignore_unavailable": True})
            searches.append(
                {"query": dsl.every(self._found(plan, today)), "size": 0, "track_total_hits": True}
            )
        with self.errors():
            answers = self.client.msearch(searches=searches)["responses"]
        return [each["hits"]["total"]["value"] if "hits" in each else 0 for each in answers]

    def suggest(self, locale, text, *, limit=4, today=None) -> list[Suggestion]:
        beginning = fold(text)[:60]
        if not beginning:
            return []
        starts = {kind: f"{kind}\t{beginning}" for kind in KINDS}
        one = {"top_hits": {"size": 1, "_source": ["stored.title", "stored.url"]}}
        kinds = {
            kind: {
                "terms": {"field": "keys", "include": dsl.escaped(start) + ".*", "size": 4 * limit},
                "aggs": {"one": one},
            }
            for kind, start in starts.items()
        }
        begins = dsl.any_of(*({"prefix": {"keys": start}} for start in starts.values()))
        query = dsl.every(begins, dsl.visible(today or timezone.localdate()))
        with self.errors():
            answer = self.client.search(
                index=self.alias(locale), query=query, aggs=kinds, size=0, track_total_hits=False
            )
        found: list[Suggestion] = []
        for kind in sorted(KINDS):
            buckets = answer["aggregations"][kind]["buckets"]
            found += islice(_suggestions(kind, buckets), limit)
        return found

    def frequencies(self, locale, tokens) -> dict[str, int]:
        wanted = list(dict.fromkeys(tokens))[:500]
        if not wanted:
            return {}
        filters = {token: dsl.token_query(token, 1.0) for token in wanted}
        with self.errors():
            answer = self.client.search(
                index=self.alias(locale),
                aggs={"tokens": {"filters": {"filters": filters}}},
                size=0,
                track_total_hits=False,
            )
        buckets = answer["aggregations"]["tokens"]["buckets"]
        return {word: found["doc_count"] for word, found in buckets.items() if found["doc_count"]}

    def similar(self, locale, words) -> dict[str, list[str]]:
        if not words:
            return {}
        like = {"field": "words", "suggest_mode": "always", "max_edits": 2, "prefix_length": 0}
        like |= {"min_word_length": 3, "size": 50, "max_inspections": 20}
        suggest = {str(number): {"text": w, "term": like} for number, w in enumerate(words)}
        with self.errors():
            answer = self.client.search(
                index=self.alias(locale), suggest=suggest, size=0, track_total_hits=False
            )
        found = {}
        for number, word in enumerate(words):
            options = (each["options"] for each in answer["suggest"][str(number)])
            found[word] = [option["text"] for each in options for option in each]
        return found


def with_port(host: str) -> str:
    """The address with its port, which the client insists on."""
    address = urlsplit(host if "//" in host else f"http://{host}")
    if address.port is None:
        port = 443 if address.scheme == "https" else 9200
        address = address._replace(netloc=f"{address.netloc}:{port}")
    return address.geturl()


def source(item: Entry) -> dict[str, Any]:
    """An entry as the mapping has it."""
    streams = {name: " ".join(getattr(item, name)) for name in ("lemma", "parts", "bases")}
    streams |= {name: " ".join(getattr(item, name)) for name in ("grams", "words")}
    return {
        "id": item.id,
        "locale": item.locale,
        "type": item.type,
        **streams,
        "codes": item.codes,
        "keys": ["\t".join(key) for key in item.keys],
        "facets": item.facets,
        "starts": item.start,
        "ends": item.end,
        "published": item.published,
        "public_until": item.public_until,
        "title_sort": item.title_sort,
        "fingerprint": item.fingerprint,
        "stored": item.stored,
    }


def _suggestions(kind: str, buckets: list[dict[str, Any]]) -> Iterator[Suggestion]:
    """Each text once, the most common first, the shorter before the longer."""
    counts: dict[str, tuple[int, str]] = {}
    for bucket in buckets:
        shown = bucket["key"].split("\t", 2)[2]
        kept = bucket["one"]["hits"]["hits"][0]["_source"]["stored"]
        url = kept["url"] if kept["title"].split() == shown.split() else ""
        count, known = counts.get(shown, (0, ""))
        counts[shown] = (max(count, bucket["doc_count"]), known or url)
    for shown, (count, url) in sorted(counts.items(), key=lambda x: (-x[1][0], len(x[0]), x[0])):
        yield Suggestion(kind, shown, url, count)
