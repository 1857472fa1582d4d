"""Where a worker does what can wait, a save only notes what changed."""

import pytest
from django.core.management import call_command

from cms.core import schedule
from search.engines import database_engine
from search.indexing import differences
from search.models import PendingDocument
from search.question import SearchParameters
from search.service import ask
from tests.factories import ContactsPageFactory, PersonFactory, ProjectFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NAME = database_engine()


@pytest.fixture
def worker(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def found(words: str) -> list[str]:
    return [hit.title for hit in ask(SearchParameters(query=words), "fi").result.hits]


def test_the_worker_takes_up_what_saves_noted(worker, commit):
    project = commit(ProjectFactory, title="Kalastajien kurssit")
    assert found("kalastaja") == []
    assert PendingDocument.objects.filter(key=project.translation_key).exists()
    schedule.JOBS["search.follow"].run()
    assert found("kalastaja") == ["Kalastajien kurssit"]
    assert not PendingDocument.objects.exists()


def test_nothing_pending_costs_one_query(worker, django_assert_num_queries):
    with django_assert_num_queries(1):
        schedule.JOBS["search.follow"].run()


@pytest.mark.parametrize("number", [1, 20])
def test_the_request_of_a_save_does_not_grow(worker, commit, django_assert_max_num_queries, number):
    commit(ContactsPageFactory)
    person = commit(PersonFactory, name="Aino Esimerkki")
    commit(lambda: [ProjectFactory(contacts=[person]) for _number in range(number)])
    person.email = "aino@example.org"
    with django_assert_max_num_queries(9):
        commit(person.save)


def test_an_import_is_followed_at_its_end(worker, commit):
    commit(call_command, "load_sample", verbosity=0)
    assert found("maahanmuuttaja")
    assert not PendingDocument.objects.exists()
    assert differences(NAME) == (set(), set())
