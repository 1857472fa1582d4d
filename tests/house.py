"""The sizes that keep the rooms readable, and no import inside a function: part of `make lint`.

An import inside a function hides a circle: move down what both sides need, or let the lower room
offer a registry that the upper one fills in the ``ready()`` of its ``apps.py``, the one place where
Django itself asks for late imports. Engines chosen by a setting go through ``import_string``.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("cms", "home", "projects", "publications", "search")
MOST_FILES = 215
MOST_LINES = 250
MOST_LINES_OF_FUNCTION = 40


def python_files() -> list[Path]:
    """Those with something in them: an empty ``__init__.py`` only marks a folder."""
    files = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return sorted(path for path in files if "migrations" not in path.parts and path.read_text())


def faults_of(path: Path) -> Iterator[str]:
    text = path.read_text()
    name = path.relative_to(ROOT)
    if (lines := text.count("\n")) > MOST_LINES:
        yield f"{name}: {lines} lines, of which {MOST_LINES} are allowed"
    for function in ast.walk(ast.parse(text)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        place = f"{name}:{function.lineno} {function.name}"
        lines = function.end_lineno - function.lineno + 1
        if lines > MOST_LINES_OF_FUNCTION:
            yield f"{place}: {lines} lines, of which {MOST_LINES_OF_FUNCTION} are allowed"
        if path.name == "apps.py" and function.name == "ready":
            continue
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function)):
            yield f"{place}: an import inside a function"


def faults() -> list[str]:
    files = python_files()
    found = [fault for path in files for fault in faults_of(path)]
    if len(files) > MOST_FILES:
        found.append(f"{len(files)} Python files, of which {MOST_FILES} are allowed: join some")
    return found


if __name__ == "__main__":
    found = faults()
    print(*found, sep="\n", end="\n" if found else "")  # noqa: T201
    sys.exit(bool(found))
