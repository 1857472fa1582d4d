"""An engine with an empty index of its own for a trial; nothing is left of it afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

from django.conf import settings
from django.db import connections, transaction

from .engines import ELASTICSEARCH, Engine
from .engines.elasticsearch import ElasticsearchEngine
from .engines.postgres import PostgresEngine
from .engines.sqlite import SqliteEngine

NAMES = (ELASTICSEARCH, "sqlite", "postgres")
PATIENCE = 30
"""Seconds that a question may take in a trial, where no visitor waits."""


class Unavailable(Exception):
    """This machine or configuration has no such engine; the message says what is missing."""


@contextmanager
def scratch_engine(name: str) -> Iterator[Engine]:
    """The engine called ``name`` over an index that nobody else sees."""
    makers = {ELASTICSEARCH: _elasticsearch, "sqlite": _sqlite, "postgres": _postgres}
    with makers[name]() as engine:
        yield engine


@contextmanager
def _elasticsearch() -> Iterator[Engine]:
    if not settings.ELASTICSEARCH_URL:
        raise Unavailable("Set ELASTICSEARCH_URL to the address of the server.")
    chosen = settings.ELASTICSEARCH
    options = {**chosen, "prefix": f"{chosen['prefix']}-{token_hex(4)}", "timeout": PATIENCE}
    engine = ElasticsearchEngine(**options)
    try:
        yield engine
    finally:
        engine.drop()


@contextmanager
def _sqlite() -> Iterator[Engine]:
    """In memory, whatever database the site has."""
    alias = f"search-{token_hex(4)}"
    databases = {"default": {}, alias: {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    connections.databases[alias] = connections.configure_settings(databases)[alias]
    try:
        yield SqliteEngine(using=alias)
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


@contextmanager
def _postgres() -> Iterator[Engine]:
    """In a transaction that is rolled back, so that not even a crash leaves anything."""
    if connections["default"].vendor != "postgresql":
        raise Unavailable("Set DATABASE_URL to a PostgreSQL database (postgres://…).")
    with transaction.atomic():
        yield PostgresEngine(prefix=f"search_{token_hex(4)}")
        transaction.set_rollback(True)
