"""What a page of results asks of the site's database: a few plain statements."""

from contextlib import contextmanager

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from search.documents import FACETS
from search.query import make_question

from .conftest import ENGINES, empty_engine
from .documents import DOCUMENTS, TODAY, document


@contextmanager
def statements(engine, most):
    with CaptureQueriesContext(connections[engine.using]) as captured:
        yield
    assert 0 < len(captured) <= most, [query["sql"][:200] for query in captured]


@pytest.fixture(params=[each for each in ENGINES if each.values != ("elasticsearch",)])
def database(request, django_db_blocker):
    with django_db_blocker.unblock(), empty_engine(request) as engine:
        yield engine


@pytest.mark.parametrize("copies", [1, 30])
def test_a_page_costs_few_statements_whatever_the_hits(database, copies):
    for copy in range(copies):
        database.index(
            document(f"{each.id}-{copy}", each.title, each.body[0].text, facets=each.facets)
            for each in DOCUMENTS
        )
    with statements(database, 2):
        question = make_question("maahanmuuttajien vertaisryhmä", "fi", database)
    filters = {"theme": ["work", "integration"], "year": ["2023"]}
    database.search(question.plan, today=TODAY)
    with statements(database, 4):
        database.search(question.plan, filters=filters, facets=FACETS, today=TODAY)
    with statements(database, 3):
        assert database.suggest("fi", "silta", today=TODAY)
    with statements(database, 1 + 7 * 3):
        database.counts([question.plan] * 7, TODAY)


def test_a_misspelt_word_costs_two_look_ups_more(database):
    database.index(DOCUMENTS)
    with statements(database, 5):
        assert make_question("maahanmuutaja", "fi", database).correction
