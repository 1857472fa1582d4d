"""Session fixtures: real servers, one of each for a test process, started by the first who asks.

Only ``tests/conftest.py`` imports them: each module that did would have servers of its own.

A machine without Java, Maven or PostgreSQL skips the tests and says why; REQUIRE_ALL=1 fails them.
"""

import pytest

from . import require
from .elasticsearch import ElasticsearchServer
from .postgres import PostgresServer
from .process import ServiceUnavailable


@pytest.fixture(scope="session")
def elasticsearch_server():
    """A running server; a test may stop and start it, and leaves it running."""
    yield from _running(ElasticsearchServer())


@pytest.fixture(scope="session")
def postgres_server():
    yield from _running(PostgresServer())


def _running(server):
    try:
        try:
            server.start()
        except ServiceUnavailable as error:
            require(False, f"{type(server).__name__}: {error}")
        yield server
    finally:
        server.close()
