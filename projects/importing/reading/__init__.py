"""From files to values that know their lines, and faults that name file, line and field.

What is inside a file is a reader's matter: ``register_reader`` ties one to its endings.
"""

import difflib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

MAX_BYTES = 2 * 1024 * 1024
Lines = dict[tuple, int]
Reader = Callable[[bytes, Lines], object]
READERS: dict[str, Reader] = {}


def register_reader(reader: Reader, *endings: str) -> None:
    """``reader(data, lines)`` gives dicts, lists and scalars, and fills ``{path: line}``.

    It raises :class:`Unreadable`. Files of an unknown ending go to the reader registered first.
    """
    READERS.update(dict.fromkeys(endings, reader))


class Unreadable(Exception):
    """The bytes are not what their reader understands."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.message, self.line_number = str(message), line
        super().__init__(message)


@dataclass(frozen=True)
class Fault:
    """One thing to mend. ``line`` counts from 1; 0 where a whole file is meant."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.field, self.message) if part)


class FaultyFiles(Exception):
    """These faults are to be mended first. ``loaded`` files went in before they were found."""

    def __init__(self, faults: list[Fault], loaded: int = 0) -> None:
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


class Source:
    """One file: its name as the user gave it, its value, and the line of every field."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = Path(path), str(path)
        self.value = None
        self.digest = ""
        self._lines: Lines = {}

    def line(self, path: tuple) -> int:
        """The line of the field, or of the nearest thing around it that is in the file."""
        path = tuple(path)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 0)

    def read(self, report: Report) -> bool:
        """Fill :attr:`value`. False, with a fault in ``report``, if that can't be done."""
        try:
            if self.path.stat().st_size > MAX_BYTES:
                message = _("The file is larger than 2 MB: a project file holds words only.")
                raise Unreadable(message)
            data = self.path.read_bytes()
            self.digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
            reader = READERS.get(self.path.suffix.lower()) or next(iter(READERS.values()))
            self.value = reader(data, self._lines)
        except Unreadable as error:
            report.faults.append(Fault(self.name, error.line_number, "", error.message))
        except OSError as error:
            reason = error.strerror or str(error)
            message = _("The file can't be read: %(reason)s.") % {"reason": reason}
            report.faults.append(Fault(self.name, 0, "", message))
        else:
            return True
        return False


@dataclass(frozen=True)
class Place:
    """A field in a file. ``place / "amount"`` is the field inside it."""

    source: Source
    path: tuple
    report: Report

    def __truediv__(self, part) -> "Place":
        return Place(self.source, (*self.path, part), self.report)

    @property
    def line(self) -> int:
        return self.source.line(self.path)

    def fault(self, message) -> None:
        self.report.faults.append(self._make(message))

    def note(self, message) -> None:
        self.report.notes.append(self._make(message))

    def _make(self, message) -> Fault:
        """``("funding", 0, "amount")`` is ``funding[1].amount``; people count from one."""
        name = ""
        for part in self.path:
            if isinstance(part, int):
                name += f"[{part + 1}]"
            else:
                name += f".{part}" if name else str(part)
        return Fault(self.source.name, self.line, name, str(message))


def shown(value, limit: int = 60) -> str:
    """The value as it stands in a message: one line, not too long."""
    text = " ".join(str(value).split())
    return f"“{text[:limit]}…”" if len(text) > limit else f"“{text}”"


def near(word: str, known) -> list[str]:
    return difflib.get_close_matches(str(word), sorted(map(str, known)), n=3, cutoff=0.6)
