"""How documents lie in an index, and a plan as core queries: no plugin, no scripts."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from ...documents import DATED_TYPES, FACETS, NOT_STATED, clean_filters
from ..base import (
    BASES,
    CODE,
    DEEPEST,
    FOUND,
    GRAMS,
    LEMMA,
    PARTS,
    STATUSES,
    Clause,
    Filters,
    Plan,
    Term,
)
from ..ingest import Entry

Query = dict[str, Any]

STREAMS = {"lemma": LEMMA, "parts": PARTS, "bases": BASES}
MOST_VALUES = 2_000
"""Values of one facet that are counted."""


def every(*queries: Query) -> Query:
    return {"bool": {"filter": list(queries)}}


def any_of(*queries: Query) -> Query:
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def always(query: Query, score: float) -> Query:
    return {"constant_score": {"filter": query, "boost": score}}


def at(field: str, **limits: str) -> Query:
    return {"range": {field: limits}}


# What is looked for.


def token_query(token: str, weight: float) -> Query:
    """A token wherever it is, by the best stream."""
    terms = [
        {"term": {stream: {"value": token, "boost": weight * factor}}}
        for stream, factor in STREAMS.items()
    ]
    return {"dis_max": {"queries": terms}}


def term_query(term: Term) -> Query:
    weight = term.weight / len(term.tokens)
    queries = [token_query(token, weight) for token in term.tokens]
    return queries[0] if len(queries) == 1 else {"bool": {"must": queries}}


def clause_query(clause: Clause) -> Query:
    ways: list[Query] = []
    if clause.groups:
        groups = [{"dis_max": {"queries": list(map(term_query, group))}} for group in clause.groups]
        found = {"match_all": {"boost": FOUND}}
        ways.append({"bool": {"must": [any_of(*groups), found]}})
    if clause.grams:
        boost = GRAMS / len(clause.grams)
        grams = [{"term": {"grams": {"value": gram, "boost": boost}}} for gram in clause.grams]
        ways.append({"bool": {"should": grams, "minimum_should_match": clause.floor}})
    return any_of(*ways)


def plan_query(plan: Plan, today: date) -> Query:
    """What the plan finds of all that is public today."""
    ways: list[Query] = [{"match_all": {}}] if plan.is_everything else []
    if plan.clauses:
        clauses = list(map(clause_query, plan.clauses))
        ways.append({"bool": {"should": clauses, "minimum_should_match": plan.required}})
    if plan.codes:
        ways.append(always({"terms": {"codes": list(plan.codes)}}, CODE))
    if plan.promoted:
        ways.append(always({"terms": {"id": list(plan.promoted)}}, 2 * CODE))
    found = ways[0] if plan.is_everything else any_of(*ways)
    needed = [{"term": {"grams": gram}} for gram in plan.needed]
    unwanted = [every(*({"term": {"grams": gram}} for gram in grams)) for grams in plan.without]
    return {"bool": {"must": [found], "filter": [visible(today), *needed], "must_not": unwanted}}


def visible(today: date) -> Query:
    always_public = {"bool": {"must_not": [{"exists": {"field": "public_until"}}]}}
    return any_of(always_public, at("public_until", gte=today.isoformat()))


# What narrows it.


def status_query(value: str, today: date) -> Query:
    """Documents with a status on ``today``, by the rule of ``projects.models.Status.of``."""
    day = today.isoformat()
    dated = {"terms": {"type": list(DATED_TYPES)}}
    ended, upcoming = at("ends", lt=day), at("starts", gt=day)
    any_date = any_of({"exists": {"field": "starts"}}, {"exists": {"field": "ends"}})
    rules = {
        "ended": every(dated, ended),
        "upcoming": {"bool": {"filter": [dated, upcoming], "must_not": [ended]}},
        "running": {"bool": {"filter": [dated, any_date], "must_not": [ended, upcoming]}},
        NOT_STATED: {"bool": {"filter": [dated], "must_not": [any_date]}},
    }
    return rules.get(value, {"match_none": {}})


def filter_queries(filters: Filters | None, today: date) -> dict[str, Query]:
    """Facet → what its chosen values ask."""
    queries = {}
    for name, values in clean_filters(filters, FACETS).items():
        if name == "status":
            queries[name] = any_of(*(status_query(value, today) for value in values))
        else:
            queries[name] = {"terms": {f"facets.{name}": list(values)}}
    return queries


def facet_aggregations(
    wanted: Sequence[str], chosen: dict[str, Query], today: date
) -> dict[str, Any]:
    """Numbers of each facet, narrowed by the choices in every other facet."""
    aggregations = {}
    for name in wanted:
        others = [query for other, query in chosen.items() if other != name]
        if name == "status":
            states = {value: status_query(value, today) for value in (*STATUSES, NOT_STATED)}
            values = {"filters": {"filters": states}}
        else:
            values = {"terms": {"field": f"facets.{name}", "size": MOST_VALUES}}
        aggregations[name] = {"filter": every(*others), "aggs": {"values": values}}
    return aggregations


def facet_numbers(wanted: Sequence[str], answer: dict[str, Any]) -> dict[str, dict[str, int]]:
    numbers = {}
    for name in wanted:
        buckets = answer[name]["values"]["buckets"]
        # Filters have names, terms come in a list.
        named = buckets if isinstance(buckets, dict) else {each["key"]: each for each in buckets}
        counts = {value: each["doc_count"] for value, each in named.items()}
        numbers[name] = {value: count for value, count in counts.items() if count}
    return numbers


# In which order.


def ordered(query: Query, sort: str, today: date) -> dict[str, Any]:
    """The query and its order, as parts of a search request."""
    last = [{"title_sort": "asc"}, {"id": "asc"}]
    if sort == "relevance":
        return {"query": query, "sort": [{"_score": "desc"}, *last]}
    if sort == "newest":
        newest = {"published": {"order": "desc", "missing": "_last"}}
        return {"query": every(query), "sort": [newest, *last]}
    if sort == "ending":
        return {"query": ending(query, today), "sort": [{"_score": "desc"}, *last]}
    return {"query": every(query), "sort": last}


def ending(query: Query, today: date) -> Query:
    """Scored by the end alone: soonest first, then without an end, then most recently ended."""
    day = today.isoformat()
    near = {"field": "ends", "origin": day, "pivot": "365d"}
    ranks = [
        always(at("ends", gte=day), 20.0),
        always({"bool": {"must_not": [{"exists": {"field": "ends"}}]}}, 10.0),
        {"distance_feature": near},
    ]
    return {"bool": {"filter": [query], "should": ranks}}


def escaped(text: str) -> str:
    """The text as a Lucene regular expression that matches only itself."""
    return re.sub(r"([^\w\s])", r"\\\1", text)


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
