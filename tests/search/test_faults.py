"""Elasticsearch gone, slow or behind: visitors get answers, and nothing is lost."""

import json
import logging
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_hex

import pytest
from django.core.cache import cache
from elastic_transport import (
    ApiResponseMeta,
    ConnectionTimeout,
    HttpHeaders,
    NodeConfig,
    Transport,
    TransportApiResponse,
)

from search import indexing
from search.breaker import Breaker
from search.engines import EngineError, database_engine, get_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import IndexState, PendingDocument
from search.parameters import SearchParameters
from search.plan import Plan
from search.service import ask, engine_notice
from tests.factories import ProjectFactory
from tests.services.fixtures import elasticsearch_server

__all__ = ["elasticsearch_server"]

NAME = "elasticsearch"


def use(settings, url: str) -> None:
    settings.ELASTICSEARCH_URL = url
    settings.ELASTICSEARCH = {**settings.ELASTICSEARCH, "hosts": [url]}
    get_engine.cache_clear()


@pytest.fixture(autouse=True)
def _forget_engines(settings):
    yield
    get_engine.cache_clear()


@pytest.fixture
def gone(settings, db):
    """An address where nothing listens, and an index that was whole until now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    use(settings, f"http://127.0.0.1:{port}")
    IndexState.objects.create(engine=NAME, built_at="2026-01-01T00:00Z")


@pytest.fixture
def silent(settings, db):
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        use(settings, f"http://127.0.0.1:{server.getsockname()[1]}")
        IndexState.objects.create(engine=NAME, built_at="2026-01-01T00:00Z")
        yield


def found(words: str) -> list[str]:
    return [hit.title for hit in ask(SearchParameters(query=words), "fi").result.hits]


def test_gone_the_database_answers_and_the_log_says_it_once(gone, commit, caplog):
    commit(ProjectFactory, title="Kalastajien kurssit")
    with caplog.at_level(logging.WARNING, logger="katto.search"):
        for _turn in range(3):
            assert found("kalastaja") == ["Kalastajien kurssit"]
    assert len([r for r in caplog.records if "does not answer" in r.message]) <= 1
    assert Breaker(NAME).is_open
    assert PendingDocument.objects.filter(engine=NAME).count() == 1
    assert engine_notice()


def test_silent_costs_one_wait_and_then_none(silent, commit, monkeypatch):
    commit(ProjectFactory, title="Kalastajien kurssit")
    Breaker(NAME).worked()
    asked, ask_engine = [], Transport.perform_request

    def counted(self, *args, **options):
        asked.append(args)
        return ask_engine(self, *args, **options)

    monkeypatch.setattr(Transport, "perform_request", counted)
    assert found("kalastaja") == ["Kalastajien kurssit"]
    assert len(asked) == 1
    assert found("kalastaja") == ["Kalastajien kurssit"]
    assert len(asked) == 1
    assert Breaker(NAME).is_open


class Fake(BaseHTTPRequestHandler):
    """Answers anything after a while with what ``body`` says."""

    delay, body = 0.0, b"{}"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        time.sleep(self.delay)
        with suppress(OSError):
            self.send_response(200)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(self.body)))
            self.end_headers()
            self.wfile.write(self.body)

    do_GET = do_HEAD = do_PUT = do_POST

    def log_message(self, *args):
        pass


@pytest.fixture
def fake(settings, db):
    """A server of the test's own making, and an index that was whole until now."""
    handler = type("Handler", (Fake,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        use(settings, f"http://127.0.0.1:{server.server_port}")
        IndexState.objects.create(engine=NAME, built_at="2026-01-01T00:00Z")
        yield handler
        server.shutdown()


@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b"<html>", b'{"hits": {"hits": [1]}}', b"\xff", b""]
)
@pytest.mark.parametrize("address", ["", "suggest/", "hits.csv"])
def test_a_strange_answer_is_no_answer(fake, commit, client, body, address):
    fake.body = body
    commit(ProjectFactory, title="Kalastajien kurssit")
    Breaker(NAME).worked()
    response = client.get(f"/fi/haku/{address}", {"q": "kalastaja"})
    said = response.getvalue() if response.streaming else response.content
    assert response.status_code == 200
    assert "alastaj" in said.decode()
    assert Breaker(NAME).is_open


def test_publishing_does_not_wait_for_a_remote_engine(gone, commit, settings, monkeypatch):
    settings.SEARCH_THREADS = True
    begun, may_end, flush = threading.Event(), threading.Event(), indexing.flush

    def held(name):
        if name != NAME:
            return flush(name)
        begun.set()
        return int(may_end.wait(60))

    monkeypatch.setattr(indexing, "flush", held)
    try:
        commit(ProjectFactory, title="Kalastajien kurssit")
        assert begun.wait(30)
        assert found("kalastaja") == ["Kalastajien kurssit"]
    finally:
        may_end.set()
        for thread in threading.enumerate():
            if thread.name == f"search-{NAME}":
                thread.join(30)


def test_an_index_that_is_behind_does_not_answer(gone, commit):
    commit(ProjectFactory, title="Kalastajien kurssit")
    Breaker(NAME).worked()
    PendingDocument.objects.filter(engine=NAME).update(queued_at="2026-01-01T00:00Z")
    assert found("kalastaja") == ["Kalastajien kurssit"]


def test_staff_read_the_notice(gone, commit, admin_client):
    Breaker(NAME).failed(EngineError("gone"))
    assert "Elasticsearch" in admin_client.get("/admin/").content.decode()


@pytest.mark.elasticsearch
@pytest.mark.xdist_group("elasticsearch")
def test_killed_and_restarted_during_edits(elasticsearch_server, settings, db, commit, client):
    """No answer fails, and afterwards index and database agree."""
    server = elasticsearch_server
    try:
        use(settings, server.url)
        assert isinstance(get_engine(NAME), ElasticsearchEngine)
        first = commit(ProjectFactory, title="Kalastajien kurssit 0")
        indexing.rebuild(NAME)
        statuses = []
        for turn in range(1, 10):
            if turn == 3:
                server.stop()
            if turn == 7:
                server.start()
            commit(ProjectFactory, title=f"Kalastajien kurssit {turn}")
            if turn == 5:
                commit(first.delete)
            statuses.append(client.get("/fi/haku/", {"q": "kalastaja"}).status_code)
        assert set(statuses) == {200}
        Breaker(NAME).worked()
        indexing.flush(NAME)
        get_engine(NAME).refresh()
        assert indexing.differences(NAME) == (set(), set())
        assert PendingDocument.objects.count() == 0
        assert len(found("kalastaja")) == 9
    finally:
        if server.process is None:
            server.start()
        get_engine(NAME).drop()


@pytest.fixture
def real(elasticsearch_server, settings, db):
    """The server, with an index of its own that is dropped afterwards."""
    settings.ELASTICSEARCH = {**settings.ELASTICSEARCH, "prefix": f"faults-{token_hex(4)}"}
    use(settings, elasticsearch_server.url)
    yield get_engine(NAME)
    use(settings, elasticsearch_server.url)
    get_engine(NAME).drop()


def rested() -> None:
    """Let pass the seconds for which answers about the engine are remembered."""
    for key in ("in-step", "complete", "catch-up"):
        cache.delete(f"search-{key}-{NAME}")
    state = cache.get(f"search-breaker-{NAME}")
    if state:
        cache.set(f"search-breaker-{NAME}", {**state, "until": 0}, None)


@pytest.mark.elasticsearch
@pytest.mark.xdist_group("elasticsearch")
@pytest.mark.parametrize("lost", ["every index", "an index", "half of the documents"])
def test_what_the_engine_lost_is_put_back_by_itself(real, commit, lost):
    for number in range(4):
        commit(ProjectFactory, title=f"Kalastajien kurssit {number}")
    indexing.rebuild(NAME)
    if lost == "every index":
        real.drop()
    elif lost == "an index":
        real.client.indices.delete(index=next(iter(real._indexes())))
    else:
        real.delete([id for id, _fingerprint in real.ids()][::2])
        real.refresh()
    commit(ProjectFactory, title="Kalastajien kurssit 4")
    rested()
    for _turn in range(2):
        assert len(found("kalastaja")) == 5
        rested()
    assert indexing.differences(NAME) == (set(), set())
    assert not Breaker(NAME).is_open


@pytest.mark.elasticsearch
@pytest.mark.xdist_group("elasticsearch")
def test_read_only_is_said_once_and_caught_up_with(real, commit, caplog):
    commit(ProjectFactory, title="Kalastajien kurssit 0")
    indexing.rebuild(NAME)
    block = {"index.blocks.write": True}
    real.client.indices.put_settings(index=real.all, settings=block)
    with caplog.at_level(logging.WARNING, logger="katto.search"):
        for number in range(1, 5):
            commit(ProjectFactory, title=f"Kalastajien kurssit {number}")
            rested()
            assert len(found("kalastaja")) == number + 1
    assert len([r for r in caplog.records if r.name == "katto.search"]) == 1
    assert engine_notice()
    real.client.indices.put_settings(index=real.all, settings={"index.blocks.write": None})
    rested()
    found("kalastaja")
    assert PendingDocument.objects.count() == 0
    assert indexing.differences(NAME) == (set(), set())
    assert not Breaker(NAME).is_open
    rested()
    assert not engine_notice()


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
