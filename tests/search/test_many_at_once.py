"""Several processes follow one list: one at a time for each engine, and nothing is left behind."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection

from cms.core.concurrency import alone
from search import indexing
from search.breaker import Breaker
from search.engines import EngineBusy, EngineError, database_engine, get_engine
from search.engines.connected import meaning
from search.indexing import differences, flush
from search.models import PendingDocument
from search.noting import changed, take_up
from tests.factories import PersonFactory, ProjectFactory

NAME = database_engine()
TURNS = 6


@pytest.fixture(autouse=True)
def _empty_index(db):
    """A test that commits leaves its documents: the index's tables are no model's."""
    get_engine(NAME).clear()


def in_threads(*work) -> list:
    """Each in a thread with a connection of its own, as in a process of its own."""

    def closing(each):
        try:
            return each()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return [done.result(120) for done in [pool.submit(closing, each) for each in work]]


@pytest.mark.django_db(transaction=True)
def test_editors_at_once_leave_nothing_pending(caplog):
    projects = [ProjectFactory(title=f"Kalastajien kurssit {n}") for n in range(4)]

    def publish(project):
        def turns():
            mine = type(project).objects.get(pk=project.pk)
            for turn in range(TURNS):
                mine.title = f"Ompelijoiden kurssit {project.pk} {turn}"
                mine.save_revision().publish()

        return turns

    with caplog.at_level(logging.WARNING, logger="katto.search"):
        in_threads(*map(publish, projects))
        take_up()
    assert not [record for record in caplog.records if record.name == "katto.search"]
    assert not Breaker(NAME).is_open
    assert not PendingDocument.objects.exists()
    assert differences(NAME) == (set(), set())


@pytest.mark.django_db(transaction=True)
def test_one_follows_while_another_is_at_it(monkeypatch):
    person = PersonFactory(name="Aino Esimerkki")
    PendingDocument.objects.queue([NAME], {("person", str(person.translation_key))})
    begun, may_end, write, writing = threading.Event(), threading.Event(), indexing.write, []

    def slow(name, records):
        writing.append(list(records))
        begun.set()
        assert may_end.wait(60)
        return write(name, records)

    monkeypatch.setattr(indexing, "write", slow)

    def second():
        assert begun.wait(60)
        assert flush(NAME) == 0
        changed({("person", person.translation_key)})
        may_end.set()

    first, _second = in_threads(lambda: flush(NAME), second)
    assert first == 2, "what was noted meanwhile is followed by whoever was at it"
    assert len(writing) == 2
    assert not PendingDocument.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_lock_ends_with_its_process(tmp_path):
    with alone("trial") as mine:
        assert mine
        assert in_threads(lambda: alone("trial").__enter__()) == [False]
        assert in_threads(lambda: alone("trial", 0.3).__enter__()) == [False]
    with alone("trial") as mine:
        assert mine


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (IntegrityError("duplicate key"), EngineBusy),
        (OperationalError("database is locked"), EngineBusy),
        (DatabaseError("no such table"), EngineError),
    ],
)
def test_a_conflict_is_no_absence(error, kind):
    assert meaning(error) is kind


@pytest.mark.django_db
@pytest.mark.parametrize("times", [2, 50])
def test_a_conflict_is_tried_again(commit, monkeypatch, times):
    """A few times at once, and after that later: the engine is never taken for dead."""
    monkeypatch.setattr(indexing, "PAUSES", (0, 0, 0))
    write, left = indexing.write, [times]

    def collides(name, records):
        if left[0]:
            left[0] -= 1
            raise EngineBusy("duplicate key")
        return write(name, records)

    monkeypatch.setattr(indexing, "write", collides)
    commit(ProjectFactory, title="Kalastajien kurssit")
    assert not Breaker(NAME).is_open
    assert PendingDocument.objects.exists() == (times == 50)
    left[0] = 0
    PendingDocument.objects.update(retry_at=None)
    take_up()
    assert not PendingDocument.objects.exists()
    assert len(list(get_engine(NAME).ids())) > 0
    assert differences(NAME) == (set(), set())


@pytest.mark.django_db
def test_what_was_left_is_taken_up_without_another_edit(commit):
    """As after a SIGKILL between the commit and the following."""
    project = ProjectFactory(title="Kalastajien kurssit")
    assert PendingDocument.objects.filter(key=project.translation_key).exists()
    take_up()
    assert not PendingDocument.objects.exists()
    assert differences(NAME) == (set(), set())
