"""Noting a fact: in the shape of project files, with where it stands and what is doubtful of it."""

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

from django.utils.translation import gettext as _

from ..found import Doubt, Found, Passage, Path
from .blocks import Span, Text
from .mention import Mention


class Notes:
    """One :class:`~intake.found.Found` while it is filled."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.found = Found({})
        self.records: dict[str, dict] = {}

    def put(self, path: Path, value, span: Span | None, doubt: str = "") -> None:
        """Note ``value`` at ``path``, where it stands, and what is doubtful of it."""
        place = self.found.data
        for step, following in pairwise(path):
            place = _inside(place, step, following)
        if isinstance(place, list):
            place.append(value)
        else:
            place[path[-1]] = value
        if span is not None and span.text:
            self.found.where[path] = self.passage(span)
        if doubt:
            self.found.doubts.append(Doubt(path, doubt))

    def passage(self, span: Span) -> Passage:
        page = self.text.line_at(span.start).block.page
        place = _("page %(number)s") % {"number": page} if page else ""
        return Passage(self.text.text[span.start : span.end], place, span.start, span.end)

    def missing(self, field: str, message: str) -> None:
        if field not in self.found.data:
            self.found.doubts.append(Doubt((field,), message))

    def record_of(self, mention: Mention) -> str:
        known = self.records.setdefault("organisations", {})
        identity = slug_of(mention.name, known, lambda record: record["name"] == mention.name)
        record = {"name": mention.name[:255], "kind": mention.kind or "other"}
        known[identity] = record | (
            {"short_name": mention.short_name} if mention.short_name else {}
        )
        return identity


def _inside(place: dict | list, step: str | int, following: str | int) -> dict | list:
    """What is at ``step``, made if it isn't there."""
    if isinstance(place, dict):
        return place.setdefault(step, [] if isinstance(following, int) else {})
    return place[step]


def slug_of(name: str, known: dict[str, dict], is_same: Callable[[dict], bool]) -> str:
    """An id of small letters for a name; with a number if another record has it."""
    plain = re.sub("[–—]", "-", name.lower())
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70].strip("-") or "x"
    identity, number = base, 1
    while identity in known and not is_same(known[identity]):
        number += 1
        identity = f"{base}-{number}"
    return identity
