"""How documents lie in an Elasticsearch index."""

from typing import Any

from ...documents import FACETS
from ...entries import Entry
from ..base import DEEPEST

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
