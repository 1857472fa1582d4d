"""Statements put to a database, and what its errors say of the engine."""

from collections.abc import Sequence
from contextlib import contextmanager

from django.db import DatabaseError, DataError, IntegrityError, connections

from .base import DocumentRefused, EngineBusy, EngineError

# What PostgreSQL says of itself: https://www.postgresql.org/docs/current/errcodes-appendix.html
IN_THE_WAY = {"40001", "40P01", "55P03"}
"""Could not serialise, deadlock, lock not available."""
NOT_THIS_ONE = ("22", "54")
"""Classes of data exceptions, and of a program's limits (a tsvector has at most a megabyte)."""


def meaning(error: DatabaseError) -> type[EngineError]:
    """What a database's error says of the engine: that it is away, or only of this moment."""
    state = getattr(error.__cause__, "sqlstate", None) or ""
    if isinstance(error, IntegrityError) or state in IN_THE_WAY or "is locked" in str(error):
        return EngineBusy
    if isinstance(error, DataError) or state.startswith(NOT_THIS_ONE):
        return DocumentRefused
    return EngineError


def places(values: Sequence) -> str:
    """As many parameters as there are values."""
    return f"({', '.join(['%s'] * len(values))})"


class Connected:
    """Tables of one prefix in one database; ``{p}`` stands for the prefix in statements."""

    def __init__(self, using: str, prefix: str) -> None:
        self.using = using
        self.prefix = prefix

    @property
    def connection(self):
        return connections[self.using]

    @contextmanager
    def cursor(self):
        try:
            with self.connection.cursor() as cursor:
                yield cursor
        except DatabaseError as error:
            raise meaning(error)(str(error)) from error

    def rows(self, sql: str, *parameters) -> list[tuple]:
        with self.cursor() as cursor:
            cursor.execute(sql.replace("{p}", self.prefix), parameters)
            return cursor.fetchall()

    def select(self, sql: str, values: Sequence) -> list[tuple]:
        """The rows of a statement that ends in ``IN``."""
        return self.rows(f"{sql} {places(values)}", *values) if values else []
