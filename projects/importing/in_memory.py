"""Project files that lie in memory: what other kinds of files tell of projects, in the same format.

Checked and loaded as files are, one at a time; faults say where in the data, so that a room above
can leave out what is wrong with a field that may be missing.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.db.models import Model

from .checking import ProjectFile, check_slugs, read_project
from .directory import Directory
from .loading import LoadingRun, load_page, load_record
from .loading.merging import Memory
from .reading import Report, Source

Path = tuple[str | int, ...]
_PART = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class InMemory(Source):
    """A source whose value is there already."""

    def __init__(self, name: str, value: dict) -> None:
        super().__init__(name)
        self.given = value

    def read(self, report: Report) -> bool:
        self.value = deepcopy(self.given)
        return True


class Lookup:
    """Ids of project files for what the site has, and ids that are free."""

    def __init__(self, directory: Directory | None = None) -> None:
        self.directory = directory or Directory()
        self._named: set[str] = set()

    def kind_of(self, model: type[Model]) -> str:
        return next(kind for kind, shape in self.directory.shapes.items() if shape.model is model)

    def identifier(self, kind: str, record: Model) -> str:
        return self.directory.identifier(kind, record)

    def free(self, kind: str, wanted: str) -> str:
        """The id, or the next that nothing of the kind has."""
        if kind not in self._named:
            self._named.add(kind)
            self.directory.name_all(kind)
        name, number = wanted, 2
        while self.directory.is_used(kind, name):
            name, number = f"{wanted}-{number}", number + 1
        return name


class Loader:
    """Checks and loads one project after another; only ``load`` writes anything."""

    def __init__(self) -> None:
        self.run = LoadingRun()
        self.lookup = Lookup(self.run.directory)

    def check(self, data: dict, name: str) -> tuple[ProjectFile | None, list[tuple[Path, str]]]:
        """The project, or None with the faults: where in ``data``, and what is wrong."""
        run, source = self.run, InMemory(name, data)
        run.report = Report()
        run.directory.forget_claims()
        checked = read_project(source, run)
        if checked:
            check_slugs(checked, source, run)
        run.check_references()
        faults = [(path_of(fault.field), fault.message) for fault in run.report.faults]
        return (None if faults else checked), faults

    @contextmanager
    def loading(self, name: str) -> Iterator[None]:
        """Whole or not at all; raises :class:`FaultyFiles` for what the database does not take."""
        with self.run.file(name):
            yield

    def load(self, checked: ProjectFile) -> list[tuple[str, Model]]:
        """What was made, each with its kind: the project's page, its other pages, then records."""
        run, made = self.run, []
        for entry in checked.records:
            is_there = run.directory.find(entry.shape.kind, entry.identifier) is not None
            load_record(entry, run)
            record = run.directory.find(entry.shape.kind, entry.identifier)
            if record and not is_there:
                made.append((entry.shape.kind, record))
        pages = (checked.project, *checked.pages)
        for entry in pages:
            load_page(entry, run)
        found = [(e.shape.kind, run.directory.find(e.shape.kind, e.identifier)) for e in pages]
        return [*found, *made]

    def state_of(self, kind: str, record: Model) -> Any:
        """What an object says now, to be compared later."""
        return self.run.directory.shapes[kind].read(record, self.run)


def path_of(field: str) -> Path:
    """``funding[1].amount`` is ``("funding", 0, "amount")``."""
    return tuple(int(number) - 1 if number else name for number, name in _PART.findall(field))


def forget(kind: str, key) -> None:
    """What files said of an object that is taken back."""
    for row in Memory(kind, "", None, key).rows.values():
        row.delete()
