"""What is wrong with a file, said so that the one who wrote it can mend it."""

import difflib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    """One thing to mend. ``line`` counts from 1; 0 where a whole file is meant."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return (
            f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"
        )


class FaultyFiles(Exception):
    """These faults are to be mended first. ``loaded`` files went in before they were found."""

    def __init__(self, faults: list[Fault], loaded: int = 0):
        self.faults, self.loaded = faults, loaded
        super().__init__(f"{len(faults)} faults")


@dataclass
class Report:
    """Faults stop the run; notes do not."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    def raise_if_faulty(self) -> None:
        if self.faults:
            order = sorted(set(self.faults), key=lambda f: (f.file, f.line, f.field, f.message))
            raise FaultyFiles(order)


def field_name(path: tuple) -> str:
    """``("funding", 0, "amount")`` → ``funding[1].amount``; people count from one."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part + 1}]"
        else:
            name += f".{part}" if name else str(part)
    return name


def shown(value, limit: int = 60) -> str:
    """The value as it stands in a message: one line, not too long."""
    text = " ".join(str(value).split())
    return f"“{text[:limit]}…”" if len(text) > limit else f"“{text}”"


def near(word: str, known) -> list[str]:
    return difflib.get_close_matches(str(word), sorted(map(str, known)), n=3, cutoff=0.6)


@dataclass(frozen=True)
class Place:
    """A field in a file. ``place / "amount"`` is the field inside it."""

    source: object
    path: tuple
    report: Report

    def __truediv__(self, part) -> "Place":
        return Place(self.source, (*self.path, part), self.report)

    @property
    def line(self) -> int:
        return self.source.line(self.path)

    def _make(self, message) -> Fault:
        return Fault(self.source.name, self.line, field_name(self.path), str(message))

    def fault(self, message) -> None:
        self.report.faults.append(self._make(message))

    def note(self, message) -> None:
        self.report.notes.append(self._make(message))

    @property
    def folder(self) -> Path:
        return self.source.path.parent
