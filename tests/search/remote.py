"""A site whose remote engine is gone, silent, strange or real; import the fixtures by name."""

import socket
from secrets import token_hex

import pytest
from django.core.cache import cache

from search.engines import get_engine
from search.models import IndexState
from search.question import SearchParameters
from search.service import ask
from tests.services.fake_elasticsearch import serving

NAME = "elasticsearch"


PATIENCE = 30  # seconds; with a real server on a busy machine


def use(settings, url: str, **options) -> None:
    settings.ELASTICSEARCH_URL = url
    settings.ELASTICSEARCH = {**settings.ELASTICSEARCH, "hosts": [url], **options}
    get_engine.cache_clear()


@pytest.fixture(autouse=True)
def forget_engines(settings):
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


@pytest.fixture
def fake(settings, db):
    """A server that answers as the test says, and an index that was whole until now."""
    with serving() as (url, handler):
        use(settings, url)
        IndexState.objects.create(engine=NAME, built_at="2026-01-01T00:00Z")
        yield handler


@pytest.fixture
def real(elasticsearch_server, settings, db):
    """The server, with an index of its own that is dropped afterwards."""
    use(
        settings,
        elasticsearch_server.url,
        prefix=f"faults-{token_hex(4)}",
        timeout=PATIENCE,
    )
    yield get_engine(NAME)
    use(settings, elasticsearch_server.url)
    get_engine(NAME).drop()


def found(words: str) -> list[str]:
    return [hit.title for hit in ask(SearchParameters(query=words), "fi").result.hits]


def rested() -> None:
    """Let pass the seconds for which answers about the engine are remembered."""
    for key in ("in-step", "complete", "catch-up"):
        cache.delete(f"search-{key}-{NAME}")
    state = cache.get(f"search-breaker-{NAME}")
    if state:
        cache.set(f"search-breaker-{NAME}", {**state, "until": 0}, None)


__all__ = [
    "NAME",
    "PATIENCE",
    "fake",
    "forget_engines",
    "found",
    "gone",
    "real",
    "rested",
    "silent",
    "use",
]
