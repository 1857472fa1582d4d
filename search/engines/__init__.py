"""The engines, and which of them this site uses."""

from functools import cache

from django.conf import settings
from django.db import connections

from .base import (
    DocumentRefused,
    Engine,
    EngineBusy,
    EngineError,
    Hit,
    Refusal,
    Result,
    Suggestion,
)

ELASTICSEARCH = "elasticsearch"


def database_engine(using: str = "default") -> str:
    """Name of the engine of the site's own database, which answers when no other does."""
    return "postgres" if connections[using].vendor == "postgresql" else "sqlite"


def remote_engine() -> str:
    """Name of the engine that answers first where one is configured; otherwise ""."""
    return ELASTICSEARCH if settings.ELASTICSEARCH_URL else ""


def configured_engines() -> tuple[str, ...]:
    """Names of the engines that are kept up to date, the one that answers first at the front."""
    return tuple(filter(None, (remote_engine(), database_engine())))


@cache
def get_engine(name: str) -> Engine:
    if name == "sqlite":
        from .sqlite import SqliteEngine

        return SqliteEngine()
    if name == "postgres":
        from .postgres import PostgresEngine

        return PostgresEngine()
    if name == ELASTICSEARCH:
        from .elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine.from_settings()
    raise LookupError(f"no search engine is called {name!r}")


__all__ = [
    "ELASTICSEARCH",
    "DocumentRefused",
    "Engine",
    "EngineBusy",
    "EngineError",
    "Hit",
    "Refusal",
    "Result",
    "Suggestion",
    "configured_engines",
    "database_engine",
    "get_engine",
    "remote_engine",
]
