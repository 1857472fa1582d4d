"""Elasticsearch gone, silent, strange or behind: visitors get answers, and nothing is lost."""

import logging
import threading

import pytest
from elastic_transport import Transport

from search import indexing
from search.engines import Breaker, EngineError
from search.models import PendingDocument
from search.service import engine_notice
from tests.factories import ProjectFactory
from tests.search.remote import NAME, fake, forget_engines, found, gone, silent

pytestmark = pytest.mark.one_database

__all__ = ["fake", "forget_engines", "gone", "silent"]


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
