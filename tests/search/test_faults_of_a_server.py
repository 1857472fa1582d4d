"""A real Elasticsearch killed, emptied or read-only: what it missed is put back by itself."""

import logging

import pytest

from search import indexing
from search.engines import Breaker, get_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import PendingDocument
from search.service import engine_notice
from tests.factories import ProjectFactory
from tests.search.remote import (
    NAME,
    PATIENCE,
    forget_engines,
    found,
    real,
    rested,
    use,
)

__all__ = ["forget_engines", "real"]


@pytest.mark.elasticsearch
@pytest.mark.xdist_group("elasticsearch-server")
def test_killed_and_restarted_during_edits(elasticsearch_server, settings, db, commit, client):
    """No answer fails, and afterwards index and database agree."""
    server = elasticsearch_server
    try:
        use(settings, server.url, timeout=PATIENCE)
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


@pytest.mark.elasticsearch
@pytest.mark.xdist_group("elasticsearch-server")
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
@pytest.mark.xdist_group("elasticsearch-server")
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
