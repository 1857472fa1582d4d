"""A project's data as it will be saved: checked as project files are, without what can't be taken.

A fault of a field that may be missing takes that field away, and is told with its words; only what
a project can't do without stops it.
"""

from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from projects.importing import Loader

from ..found import Doubt, Path

NEEDED = {(), ("title",), ("format",), ("id",), ("slug",)}
MOST_FAULTS = 60


class NotPossible(Exception):
    """The project can't be taken; says why."""


def ready(data: dict, identifier: str) -> dict:
    """As a project file: a draft with this id."""
    told = {name: value for name, value in data.items() if name not in ("key", "slug")}
    for page in (*told.get("publications", []), *told.get("news", [])):
        if isinstance(page, dict):
            page["state"] = "draft"
    return told | {"format": 1, "id": identifier, "slug": identifier, "state": "draft"}


def checked(data: dict, name: str, loader: Loader) -> tuple[Any, list[Doubt]]:
    """The checked project, and the fields that were left out. Raises :class:`NotPossible`."""
    data, dropped = deepcopy(data), []
    if not str(data.get("title") or "").strip():
        raise NotPossible(_("The project has no name."))
    for _attempt in range(MOST_FAULTS):
        found, faults = loader.check(data, name)
        if found:
            return found, dropped
        if not any(_drop(data, path, message, dropped) for path, message in faults):
            break
    raise NotPossible(" ".join(dict.fromkeys(message for _path, message in faults)))


def _drop(data: dict, path: Path, message: str, dropped: list[Doubt]) -> bool:
    """Take away what is wrong, or the row around it; False for what must be there."""
    place: Any = data
    way: list[tuple[Any, Any]] = []
    for part in path:
        if not _has(place, part):
            break
        way.append((place, part))
        place = place[part]
    told = tuple(part for _where, part in way)
    if not way or told in NEEDED or told == ("records",):
        return False
    if len(way) < len(path):  # Something is missing in it: the whole of it goes.
        is_list = [isinstance(where, list) for where, _part in way]
        way = way[: len(way) - is_list[::-1].index(True)] if True in is_list else way
    where, part = way[-1]
    value = where.pop(part) if isinstance(where, list) else where.pop(part, None)
    dropped.append(Doubt(told, f"{message} ({_told(value)})", is_fault=True))
    return True


def _has(place: Any, part: Any) -> bool:
    if isinstance(place, list):
        return isinstance(part, int) and 0 <= part < len(place)
    return isinstance(place, dict) and part in place


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(map(_told, value.values()))[:200]
    return str(value)[:200]
