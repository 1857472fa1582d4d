"""Where rooms above this one add what their pages need: projects know nothing of publications."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Extension:
    """A list of pages that stands in project files under ``key``.

    ``shapes``: one shape, of these pages. ``parents`` maps its kind to ``(page model, slug,
    title)`` of the list page it lives in; ``schemes`` maps a link scheme such as ``publication``
    to a kind; ``of_project(page)`` gives the pages that are written into the file of a project.
    """

    key: str
    shapes: tuple
    parents: dict
    of_project: Callable
    schemes: dict = field(default_factory=dict)


_registered: dict[str, Extension] = {}


def register(extension: Extension) -> None:
    _registered[extension.key] = extension


def extensions() -> list[Extension]:
    return list(_registered.values())
