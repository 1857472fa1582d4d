"""Elasticsearch 8.19 or 9 through the official client, as a plain store of ready tokens.

Here are the questions put to it, one request each.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.utils import timezone

from cms.analysis.base import fold

from ...documents import FACETS, SUGGESTED, Hit, hit
from ..base import DEEPEST, SORTS, Result, Suggestion
from . import dsl
from .index import ElasticsearchIndex

SCANNED = 500


class ElasticsearchEngine(ElasticsearchIndex):
    """Elasticsearch 8.19 or 9: one node, a cluster, or a managed service."""

    def search(
        self, plan, *, filters=None, facets=(), sort="relevance", offset=0, limit=20, today=None
    ) -> Result:
        today = today or timezone.localdate()
        sort = sort if sort in SORTS else "relevance"
        wanted = [name for name in facets if name in FACETS]
        chosen = dsl.filter_queries(filters, today)
        shown = 0 <= offset < DEEPEST and limit > 0
        with self.question() as client:
            answer = client.search(
                index=self.alias(plan.locale),
                **dsl.ordered(dsl.plan_query(plan, today), sort, today),
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
    def _hit(found: Mapping[str, Any]) -> Hit:
        kept = found["_source"]
        score = found.get("_score") or 0.0
        return hit(found["_id"], kept["type"], kept["locale"], kept["stored"], score)

    def scan(self, plan, *, filters=None, sort="relevance", today=None) -> Iterator[Hit]:
        today = today or timezone.localdate()
        chosen = dsl.filter_queries(filters, today)
        query = {"bool": {"must": [dsl.plan_query(plan, today)], "filter": list(chosen.values())}}
        body = dsl.ordered(query, sort if sort in SORTS else "relevance", today)
        with self.question() as client:
            # A visitor waits for the first page of hits; the others are read as they are sent.
            for found in self._pages(self.alias(plan.locale), body, client):
                yield self._hit(found)

    def counts(self, plans, today=None) -> list[int]:
        today = today or timezone.localdate()
        if not plans:
            return []
        searches: list[dict[str, Any]] = []
        for plan in plans:
            searches.append({"index": self.alias(plan.locale), "ignore_unavailable": True})
            searches.append(
                {
                    "query": dsl.every(dsl.plan_query(plan, today)),
                    "size": 0,
                    "track_total_hits": True,
                }
            )
        with self.question() as client:
            answers = client.msearch(searches=searches)["responses"]
            return [each["hits"]["total"]["value"] if "hits" in each else 0 for each in answers]

    def suggest(self, locale, text, *, limit=4, today=None) -> list[Suggestion]:
        beginning = fold(text)[:60]
        if not beginning:
            return []
        starts = {kind: f"{kind}\t{beginning}" for kind in SUGGESTED}
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
        with self.question() as client:
            answer = client.search(
                index=self.alias(locale), query=query, aggs=kinds, size=0, track_total_hits=False
            )
            found: list[Suggestion] = []
            for kind in SUGGESTED:
                buckets = answer["aggregations"][kind]["buckets"]
                found += islice(_suggestions(kind, buckets), limit)
            return found

    def frequencies(self, locale, tokens, today=None) -> dict[str, int]:
        wanted = list(dict.fromkeys(tokens))[:500]
        return self._holders(locale, {x: dsl.token_query(x, 1.0) for x in wanted}, today)

    def _holders(self, locale: str, queries: dict[str, dsl.Query], today) -> dict[str, int]:
        """How many documents that are public today each query finds, if any."""
        if not queries:
            return {}
        with self.question() as client:
            answer = client.search(
                index=self.alias(locale),
                query=dsl.every(dsl.visible(today or timezone.localdate())),
                aggs={"tokens": {"filters": {"filters": queries}}},
                size=0,
                track_total_hits=False,
            )
            buckets = answer["aggregations"]["tokens"]["buckets"]
            return {
                word: found["doc_count"] for word, found in buckets.items() if found["doc_count"]
            }

    def similar(self, locale, words, today=None) -> dict[str, list[str]]:
        if not words:
            return {}
        like = {"field": "words", "suggest_mode": "always", "max_edits": 2, "prefix_length": 0}
        like |= {"min_word_length": 3, "size": 50, "max_inspections": 20}
        suggest = {str(number): {"text": w, "term": like} for number, w in enumerate(words)}
        with self.question() as client:
            answer = client.search(
                index=self.alias(locale), suggest=suggest, size=0, track_total_hits=False
            )
            found = {}
            for number, word in enumerate(words):
                options = (each["options"] for each in answer["suggest"][str(number)])
                found[word] = [option["text"] for each in options for option in each]
        # The suggester also knows words of documents that are gone or no longer public.
        known = dict.fromkeys(option for options in found.values() for option in options)
        there = self._holders(locale, {x: {"term": {"words": x}} for x in known}, today)
        return {word: [x for x in options if x in there] for word, options in found.items()}

    # What an index holds, for its upkeep.

    def ids(self, *kinds: str) -> Iterator[tuple[str, str]]:
        with self.answers():
            query = {"terms": {"type": list(kinds)}} if kinds else {"match_all": {}}
            body = {"query": query, "sort": [{"id": "asc"}], "source": ["fingerprint"]}
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
