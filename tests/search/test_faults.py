"""Elasticsearch gone, slow or behind: visitors get answers, and nothing is lost."""

import logging
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache

from search import indexing
from search.breaker import Breaker
from search.engines import EngineError, get_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import IndexState, PendingDocument
from search.parameters import SearchParameters
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


def test_silent_costs_one_wait_and_then_none(silent, commit):
    commit(ProjectFactory, title="Kalastajien kurssit")
    Breaker(NAME).worked()
    started = time.monotonic()
    assert found("kalastaja") == ["Kalastajien kurssit"]
    first = time.monotonic() - started
    started = time.monotonic()
    assert found("kalastaja") == ["Kalastajien kurssit"]
    assert time.monotonic() - started < first
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


def test_patience_is_for_all_requests_of_a_question_together(fake, commit, settings):
    """Each answer alone would be in time: the word is known, the page takes as long again."""
    commit(ProjectFactory, title="Kalastajien kurssit")
    Breaker(NAME).worked()
    fake.delay = 0.6 * settings.ELASTICSEARCH["timeout"]
    fake.body = b'{"aggregations": {"tokens": {"buckets": {"kalastaja": {"doc_count": 1}}}}}'
    assert found("kalastaja") == ["Kalastajien kurssit"]
    state = cache.get("search-breaker-elasticsearch")
    assert state
    assert "strange" not in str(state)


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
