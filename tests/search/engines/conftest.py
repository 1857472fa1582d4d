"""Each engine with an empty index of its own, over the real server."""

from contextlib import contextmanager
from secrets import token_hex

import dj_database_url
import pytest
from django.db import connections

from search.engines import scratch_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.fulltext import PostgresEngine

from .documents import DOCUMENTS

LOCALES = ("fi", "sv", "ar")
ENGINES = [
    pytest.param("sqlite"),
    pytest.param(
        "postgres", marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres-server")]
    ),
    pytest.param(
        "elasticsearch",
        marks=[pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch-server")],
    ),
]


@contextmanager
def on_elasticsearch(server, locales):
    engine = ElasticsearchEngine(
        [server.url], prefix=f"test-{token_hex(4)}", timeout=30, locales=locales
    )
    try:
        yield engine
    finally:
        engine.drop()


@contextmanager
def on_postgres(server):
    """A database of its own beside whatever the site's tests run on."""
    alias = f"search-{token_hex(4)}"
    databases = {"default": {}, alias: dj_database_url.parse(server.url)}
    connections.databases[alias] = connections.configure_settings(databases)[alias]
    engine = PostgresEngine(using=alias, prefix=f"search_{token_hex(4)}")
    try:
        yield engine
    finally:
        engine.drop()
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


@contextmanager
def empty_engine(request, locales=LOCALES):
    if request.param == "elasticsearch":
        made = on_elasticsearch(request.getfixturevalue("elasticsearch_server"), locales)
    elif request.param == "postgres":
        made = on_postgres(request.getfixturevalue("postgres_server"))
    else:
        made = scratch_engine(request.param)
    with made as engine:
        engine.create()
        yield engine


@pytest.fixture(params=ENGINES)
def empty(request, django_db_blocker):
    """An engine without documents, to write to."""
    with django_db_blocker.unblock(), empty_engine(request) as engine:
        yield engine


@pytest.fixture(scope="module", params=ENGINES)
def filled(request, django_db_blocker):
    with django_db_blocker.unblock(), empty_engine(request) as engine:
        engine.index(DOCUMENTS)
        engine.refresh()
        yield engine


@pytest.fixture
def engine(filled, django_db_blocker):
    """An engine that holds ``DOCUMENTS``, shared by the tests of a module: only to be read."""
    with django_db_blocker.unblock():
        yield filled
