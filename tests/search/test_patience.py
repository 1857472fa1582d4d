"""A visitor waits once for a slow Elasticsearch, for whatever she asks."""

import json
import time

from django.core.cache import cache
from elastic_transport import (
    ApiResponseMeta,
    ConnectionTimeout,
    HttpHeaders,
    NodeConfig,
    Transport,
    TransportApiResponse,
)

from search.engines import Breaker, EngineError, database_engine, get_engine
from search.engines.base import Plan
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import PendingDocument
from tests.factories import ProjectFactory
from tests.search.remote import NAME, forget_engines, found, gone

__all__ = ["forget_engines", "gone"]


def test_exports_do_not_wait_longer_than_the_page(gone, commit, client, monkeypatch, settings):
    waits = []

    def late(self, method, target, *, request_timeout, **options):
        waits.append(request_timeout)
        raise ConnectionTimeout("too late")

    commit(ProjectFactory, title="Kalastajien kurssit")
    PendingDocument.objects.all().delete()
    monkeypatch.setattr(Transport, "perform_request", late)
    for name in ("hits.csv", "hits.json", "hits.atom"):
        Breaker(NAME).worked()
        cache.set(f"search-complete-{NAME}", True)
        response = client.get(f"/fi/haku/{name}")
        content = response.getvalue() if response.streaming else response.content
        assert b"Kalastajien" in content
    assert len(waits) == 3
    assert max(waits) <= settings.ELASTICSEARCH["timeout"]


def test_slow_answers_share_one_wait(gone, commit, monkeypatch):
    """An engine that answers each request just in time still keeps nobody."""
    waits = []

    def slow(self, method, target, *, request_timeout, **options):
        wait = min(0.5, request_timeout)
        waits.append(wait)
        time.sleep(wait)
        if wait < 0.5:
            raise ConnectionTimeout("too late")
        headers = HttpHeaders({"X-Elastic-Product": "Elasticsearch"})
        meta = ApiResponseMeta(200, "1.1", headers, wait, NodeConfig("http", "localhost", 9200))
        return TransportApiResponse(meta, {"aggregations": {"tokens": {"buckets": {}}}})

    commit(ProjectFactory, title="Kalastajien kurssit")
    Breaker(NAME).worked()
    PendingDocument.objects.all().delete()
    cache.set(f"search-complete-{NAME}", True)
    monkeypatch.setattr(Transport, "perform_request", slow)
    assert found("kalastaja") == ["Kalastajien kurssit"]
    assert sum(waits) < 1


def test_a_list_goes_on_in_the_database(gone, commit, monkeypatch, client):
    for number in range(3):
        commit(ProjectFactory, title=f"Kalastajien kurssit {number}")
    given = list(get_engine(database_engine()).scan(Plan("fi"), sort="newest"))

    def breaks(self, *args, **options):
        yield given[0]
        raise EngineError("gone midway")

    Breaker(NAME).worked()
    PendingDocument.objects.all().delete()
    cache.set(f"search-complete-{NAME}", True)
    monkeypatch.setattr(ElasticsearchEngine, "scan", breaks)
    answer = client.get("/fi/haku/hits.json?type=project")
    titles = [each["title"] for each in json.loads(answer.getvalue())["results"]]
    assert sorted(titles) == [f"Kalastajien kurssit {number}" for number in range(3)]
