"""A project file in the making: values with places, records by the names they are known by."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cms.core.written import Unreadable, plain

from ..found import Doubt, Found, Passage, Path

TITLE_SIGNS = 255
LOST_COMMA = re.compile(r"(?<=-)\s{2,}(?=\w)|(?<=-) (?=liikenne- ja)")
"""Lists that are themselves cut at commas write *elinkeino-  liikenne- ja …*."""


def name_of(text: str) -> str:
    """A name with the commas that its list took away."""
    return plain(LOST_COMMA.sub(", ", str(text)).replace("|", ","))


def identifier_of(name: str) -> str:
    """An id for a record of the file's own; the same for names that differ in case and signs."""
    return re.sub("[-_]+", "-", slugify(name)[:70]).strip("-") or "nimeton"


def otherwise() -> str:
    return _("%(place)s says “%(other)s”, another row says “%(known)s”.")


class Draft:
    """One project. Every value goes in with the passage that it was read from."""

    def __init__(self) -> None:
        self.found = Found({})
        self.data = self.found.data

    def put(self, value: Any, passage: Passage, *path: str) -> None:
        """Set a field; one that is there already stays, and another value is doubtful."""
        place = self.data
        for part in path[:-1]:
            place = place.setdefault(part, {})
        known = place.get(path[-1])
        if known is None:
            place[path[-1]] = value
            self.found.where[path] = passage
        elif known != value:
            self.doubt(path, otherwise(), passage, known=str(known)[:60])

    def title(self, text: str, passage: Passage) -> None:
        """A title that no page could have is kept whole as the official name."""
        title = plain(text.replace("|", ","))
        if len(title) > TITLE_SIGNS:
            self.put(title, passage, "official_name")
            title = title[: TITLE_SIGNS - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
        self.put(title, passage, "title")

    def add(self, value: Any, passage: Passage, *path: str) -> None:
        """Add to a list what is not in it."""
        rows = self.data.setdefault(path[0], [])
        if value not in rows:
            rows.append(value)
            self.found.where[path[0], len(rows) - 1] = passage

    def amount(self, kind: str, amount: str, passage: Passage) -> None:
        """A whole sum; another row may say it again, or otherwise: then the first one stands."""
        known = [row["amount"] for row in self.data.get("amounts", []) if row["kind"] == kind]
        if not known:
            self.add({"source": "total", "kind": kind, "amount": amount}, passage, "amounts")
        elif known != [amount]:
            self.doubt(("amounts",), otherwise(), passage, known=known[0])

    def doubt(self, path: Path, message: str, passage: Passage, **more: str) -> None:
        told = message % {"place": passage.place, "other": passage.text[:60], **more}
        self.found.doubts.append(Doubt(path, told))

    def refuse(self, message: str, passage: Passage) -> None:
        """A cell that can't be taken; its words are kept beside the sentence."""
        self.found.doubts.append(Doubt((), f"{passage.place}: {message}", is_fault=True))

    @contextmanager
    def telling(self, passage: Passage) -> Iterator[None]:
        """What can't be read there is refused, with its words."""
        try:
            yield
        except Unreadable as error:
            self.refuse(str(error), passage)

    def record(self, group: str, name: str, passage: Passage, **facts: Any) -> str:
        """The id of an organisation, person, programme, theme or target group, by its name."""
        identifier = identifier_of(name)
        records = self.data.setdefault("records", {}).setdefault(group, {})
        known = records.setdefault(identifier, {"name": name})
        self.found.where.setdefault(("records", group, identifier, "name"), passage)
        for field, value in facts.items():
            if value and field not in known:
                known[field] = value
        return identifier
