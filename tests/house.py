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
ROOMS = (
    *("cms", "home", "projects", "asking", "intake", "publications"),
    *("news", "subjects", "search", "following"),
)
MOST_FILES = 543
MOST_LINES = 250
MOST_LINES_OF_FUNCTION = 40
# Django finds these by their names; without an ``__init__.py`` no linter of imports sees them.
FOUND_BY_NAME = {"management", "templatetags"}


def python_files() -> list[Path]:
    """Those with something in them: an empty ``__init__.py`` only marks a folder."""
    files = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return sorted(path for path in files if "migrations" not in path.parts and path.read_text())


def upward_imports(path: Path, tree: ast.Module) -> Iterator[str]:
    """Of a command or a template library: it stands in its room as all else does."""
    above = ROOMS[ROOMS.index(path.relative_to(ROOT).parts[0]) + 1 :]
    for node in ast.walk(tree):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.split(".")[0] in above:
                yield f"{path.relative_to(ROOT)}:{node.lineno} imports {name}, a room above its own"


def faults_of(path: Path) -> Iterator[str]:
    text = path.read_text()
    name = path.relative_to(ROOT)
    if (lines := text.count("\n")) > MOST_LINES:
        yield f"{name}: {lines} lines, of which {MOST_LINES} are allowed"
    tree = ast.parse(text)
    if FOUND_BY_NAME & set(path.parts):
        yield from upward_imports(path, tree)
    for function in ast.walk(tree):
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
