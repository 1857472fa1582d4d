"""What each kind of block is made of: its parts in a file, and where they lie in a stored value."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from ..reading import Place
from .references import Document, Image, RichText
from .rich_text import tidy

ASSETS = {"image": Image, "document": Document}


@dataclass(frozen=True)
class Part:
    """A part of a block: its name in the file, and the steps to it in the stored value.

    ``kind`` is "line", "same", "rich", "flag", "number", "image" or "document". "same" is a line
    that all languages share.
    """

    name: str
    kind: str = "line"
    stored: tuple = ()

    def find(self, value) -> object:
        for step in self.stored:
            value = (value or {}).get(step)
        return value

    def path_in(self, block: str) -> str:
        """The content path that wagtail-localize gives to this part of a block."""
        return ".".join(("body", block, *self.stored))

    def parse(self, value, place: Place, run) -> object:
        if self.kind in ASSETS:
            return None if value is None else run.library.parse(value, place, self.kind)
        if self.kind == "flag":
            return bool(value)
        if self.kind == "number":
            return plain_number(value)
        if self.kind == "rich":
            return RichText.parse(value, place, run)
        return (value or "").strip()

    def read(self, block, assets: dict, run) -> object:
        value = self.find(block)
        if self.kind in ASSETS:
            return ASSETS[self.kind].value_of(assets[self.kind].get(value))
        if self.kind == "flag":
            return bool(value)
        if self.kind == "number":
            return plain_number(value)
        return RichText.read(value or "", run) if self.kind == "rich" else tidy(value or "")

    def write(self, value, run) -> object:
        if self.kind in ASSETS:
            asset = run.library.find_or_store(value, self.kind)
            return asset and asset.pk
        return RichText.write(value, run) if self.kind == "rich" else value

    def dump(self, value, run) -> object:
        if self.kind in ASSETS:
            return value and run.library.dump(value, self.kind)
        if self.kind == "number":
            return int(value) if value.isdecimal() else value
        return RichText.dump(value, run) if self.kind == "rich" else value


def plain_number(value) -> str:
    """Without zeros that say nothing: 96, 1.5; "" for what is none."""
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return ""
    return f"{number.normalize():f}" if number.is_finite() else ""


@dataclass(frozen=True)
class Items(Part):
    """A part that is a list of things with parts of their own; each has a name in its block."""

    kind: str = "items"
    parts: tuple[Part, ...] = ()

    def parse(self, value, place: Place, run) -> list[dict]:
        items, taken = [], {row.get("id") for row in value or ()}
        for number, row in enumerate(value or ()):
            free = (str(n) for n in range(number + 1, number + 1000) if str(n) not in taken)
            item = {"id": row.get("id") or next(free)}
            taken.add(item["id"])
            if item["id"] in {each["id"] for each in items}:
                message = _("The name “%(name)s” is used by another block of this body.")
                (place / number / "id").fault(message % {"name": item["id"]})
            for part in self.parts:
                item[part.name] = part.parse(row.get(part.name), place / number / part.name, run)
            ask(item, row, place / number)
            items.append(item)
        return items

    def read(self, block, assets: dict, run) -> list[dict]:
        """Without pictures that have been deleted since."""
        items = []
        for row in self.rows(block):
            own = {part.name: part.read(row["value"], assets, run) for part in self.parts}
            if own.get("image", "") is not None:
                items.append({"id": row["id"], **own})
        return items

    def rows(self, block) -> list[dict]:
        found = self.find(block)
        return [row for row in found or () if isinstance(row, dict) and row.get("id")]

    def write(self, value, run) -> list[dict]:
        return [
            {"type": "item", "id": item["id"], "value": nested(self.parts, item, run)}
            for item in value
        ]

    def dump(self, value, run) -> list[dict]:
        rows = []
        for item in value:
            told = {part.name: part.dump(item[part.name], run) for part in self.parts}
            kept = {name: each for name, each in told.items() if each not in ("", None, False)}
            rows.append({"id": item["id"], **kept})
        return rows

    def translatable(self, value: list[dict]) -> Iterator[tuple[str, Part]]:
        """``pictures.ID.alt`` → the part, with all the steps to it."""
        for item in value:
            for part in self.parts:
                if part.kind == "line" and item[part.name]:
                    steps = (*self.stored, item["id"], *part.stored)
                    yield f"{self.name}.{item['id']}.{part.name}", replace(part, stored=steps)


def nested(parts: tuple[Part, ...], item: dict, run) -> dict:
    """The stored value of what has these parts."""
    value: dict = {}
    for part in parts:
        inside = value
        for step in part.stored[:-1]:
            inside = inside.setdefault(step, {})
        inside[part.stored[-1]] = part.write(item[part.name], run)
    return value


def ask(item: dict, said: dict, place: Place) -> None:
    """For what a block or row lacks, or has once too often."""
    if "label" in item and not (item["label"] or item["unit"]):
        (place / "label").fault(_("Say what is counted: unit or label."))
    if "poster" in item and bool(item["url"]) == bool(said.get("document")):
        (place / "url").fault(_("Give a url or a document: one of the two."))
    if "alt" in item and not item["alt"] and not item["decorative"]:
        tell = place.note if "alt" in said else place.fault
        tell(_("A picture needs alt (what it shows), or decorative: true."))


PICTURE = (
    Part("image", "image", ("image", "image")),
    Part("alt", stored=("image", "alt_text")),
    Part("decorative", "flag", ("image", "decorative")),
)
NUMBER = (
    Part("number", "number", ("number",)),
    Part("unit", "same", ("unit",)),
    Part("label", stored=("label",)),
)
PARTS = {
    "figure": (
        Part("image", "image", ("image", "image")),
        Part("alt", stored=("image", "alt_text")),
        Part("caption", stored=("caption",)),
        Part("decorative", "flag", ("image", "decorative")),
    ),
    "quote": (Part("text", stored=("text",)), Part("source", stored=("source",))),
    "heading": (Part("text"),),
    "text": (Part("text", "rich"),),
    "document": (Part("document", "document"),),
    "gallery": (
        Items("pictures", stored=("pictures",), parts=PICTURE),
        Part("caption", stored=("caption",)),
    ),
    "video": (
        Part("title", stored=("title",)),
        Part("url", "same", ("url",)),
        Part("document", "document", ("document",)),
        Part("captions", "document", ("captions",)),
        Part("poster", "image", ("poster",)),
    ),
    "numbers": (
        Part("heading", stored=("heading",)),
        Items("rows", stored=("rows",), parts=NUMBER),
    ),
}
SECTION = (Part("heading", stored=("heading",)), Part("text", "rich", ("text",)))


def parts_of(kind: str) -> tuple[Part, ...]:
    """Of a block of this kind; what is no kind of block is a kind of section."""
    return PARTS.get(kind, SECTION)


def translatable(item: dict) -> dict[str, Part]:
    """Parts of a block that have words to translate."""
    found = {}
    for part in parts_of(item["kind"]):
        if isinstance(part, Items):
            found |= part.translatable(item[part.name])
        elif part.kind in ("line", "rich") and item[part.name]:
            found[part.name] = part
    return found


def flat(words: dict) -> dict:
    """``{"rows": {"1": {"label": …}}}`` as ``{"rows.1.label": …}``; lines stay what they are."""
    found = {}
    for name, value in words.items():
        if isinstance(value, dict):
            found |= {f"{name}.{key}": each for key, each in flat(value).items()}
        else:
            found[name] = value
    return found


def folded(words: dict) -> dict:
    """The other way round, as files have it."""
    found: dict = {}
    for name, value in words.items():
        *steps, last = name.split(".")
        inside = found
        for step in steps:
            inside = inside.setdefault(step, {})
        inside[last] = value
    return found


def assets_of(part: Part, value, kind: str) -> Iterator[int]:
    """Primary keys of the pictures or documents that a part has in a stored value."""
    if isinstance(part, Items):
        for row in part.rows(value):
            for inner in part.parts:
                yield from assets_of(inner, row["value"], kind)
    elif part.kind == kind:
        yield part.find(value)
