"""Bodies: lists of blocks in the file, stream values on the page, and their words elsewhere."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from ...models import SectionKind
from ..reading import Place
from .references import Document, Image, RichText
from .rich_text import tidy

ASSETS = {"image": Image, "document": Document}


@dataclass(frozen=True)
class Part:
    """A part of a block: its name in the file, and the steps to it in the stored value.

    ``kind`` is "line", "rich", "flag", "image" or "document".
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
            return run.library.parse(value, place, self.kind)
        if self.kind == "flag":
            return bool(value)
        if self.kind == "rich":
            return RichText.parse(value, place, run)
        return (value or "").strip()

    def read(self, block, assets: dict, run) -> object:
        value = self.find(block)
        if self.kind in ASSETS:
            return ASSETS[self.kind].value_of(assets[self.kind].get(value))
        if self.kind == "flag":
            return bool(value)
        return RichText.read(value or "", run) if self.kind == "rich" else tidy(value or "")

    def write(self, value, run) -> object:
        if self.kind in ASSETS:
            asset = run.library.find_or_store(value, self.kind)
            return asset and asset.pk
        return RichText.write(value, run) if self.kind == "rich" else value

    def dump(self, value, run) -> object:
        if self.kind in ASSETS:
            return value and run.library.dump(value, self.kind)
        return RichText.dump(value, run) if self.kind == "rich" else value


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
}
SECTION = (Part("heading", stored=("heading",)), Part("text", "rich", ("text",)))


def parts_of(kind: str) -> tuple[Part, ...]:
    """Of a block of this kind; what is no kind of block is a kind of section."""
    return PARTS.get(kind, SECTION)


def translatable(item: dict) -> dict[str, Part]:
    """Parts of a block that have words to translate."""
    parts = [part for part in parts_of(item["kind"]) if part.kind in ("line", "rich")]
    return {part.name: part for part in parts if item[part.name]}


class Body:
    """The list of blocks of a page. Canonical: ``{name: {"kind", part: value, …}}``."""

    def parse(self, blocks: list, place: Place, run) -> dict:
        items: dict[str, dict] = {}
        for number, block in enumerate(blocks):
            at = place / number
            kind = block["kind"]
            name = block.get("id") or self._free_name(kind, items, blocks)
            if name in items:
                message = _("The name “%(name)s” is used by another block of this body.")
                (at / "id").fault(message % {"name": name})
                continue
            item = {"kind": kind}
            for part in parts_of(kind):
                item[part.name] = part.parse(block.get(part.name), at / part.name, run)
            if kind == "figure" and not item["alt"] and not item["decorative"]:
                tell = at.note if "alt" in block else at.fault
                tell(_("A picture needs alt (what it shows), or decorative: true."))
            items[name] = item
        return items

    @staticmethod
    def _free_name(kind: str, items: dict, blocks: list) -> str:
        taken = set(items) | {block.get("id") for block in blocks}
        base = name = kind
        number = 2
        while name in taken:
            name, number = f"{base}-{number}", number + 1
        return name

    def read(self, stream, run) -> dict:
        raw = [dict(block) for block in stream.raw_data]
        assets = self._assets(raw)
        items = {}
        for block in raw:
            kind, value = block["type"], block["value"]
            if kind == "section":
                kind = value.get("kind") or SectionKind.FREE
            item = {part.name: part.read(value, assets, run) for part in parts_of(kind)}
            items[block["id"]] = {"kind": kind, **item}
        return items

    @staticmethod
    def _assets(raw: list) -> dict[str, dict]:
        """The pictures and the documents of all blocks, asked for at once."""
        found = {}
        for kind, model in (("image", get_image_model()), ("document", get_document_model())):
            named = [
                part.find(block["value"])
                for block in raw
                for part in PARTS.get(block["type"], ())
                if part.kind == kind
            ]
            found[kind] = model.objects.in_bulk([pk for pk in named if pk]) if named else {}
        return found

    def write(self, items: dict, run) -> str:
        """JSON for the stream field. Ids are the names of the blocks: the same each time."""
        return json.dumps([self._raw(name, item, run) for name, item in items.items()])

    def _raw(self, name: str, item: dict, run) -> dict:
        kind = item["kind"]
        section = kind not in PARTS
        value: object = {"kind": kind} if section else {}
        for part in parts_of(kind):
            own = part.write(item[part.name], run)
            if not part.stored:
                value = own
                continue
            inside = value
            for step in part.stored[:-1]:
                inside = inside.setdefault(step, {})
            inside[part.stored[-1]] = own
        return {"type": "section" if section else kind, "id": name, "value": value}

    def dump(self, items: dict, run) -> list[dict]:
        blocks = []
        for name, item in items.items():
            block = {"id": name, "kind": str(item["kind"])}
            for part in parts_of(item["kind"]):
                value = part.dump(item[part.name], run)
                if value or (part.name in ("text", "alt") and not item.get("decorative")):
                    block[part.name] = value
            blocks.append(block)
        return blocks
