"""SQL put together from pieces, each with its own parameters."""

from collections.abc import Iterable, Sequence
from typing import Any


class Sql:
    """A statement that is put together piece by piece with its parameters."""

    def __init__(self, text: str = "", *parameters: Any) -> None:
        self.text = text
        self.parameters = list(parameters)

    def __add__(self, other: "Sql | str") -> "Sql":
        other = other if isinstance(other, Sql) else Sql(other)
        joined = Sql(f"{self.text} {other.text}")
        joined.parameters = [*self.parameters, *other.parameters]
        return joined

    @classmethod
    def join(cls, between: str, pieces: Iterable["Sql"]) -> "Sql":
        pieces = list(pieces)
        joined = cls(between.join(piece.text for piece in pieces))
        joined.parameters = [value for piece in pieces for value in piece.parameters]
        return joined


def places(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))
