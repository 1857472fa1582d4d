"""Bodies: lists of blocks in the file, stream values on the page, and their words elsewhere."""

import json

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from ...models import SectionKind
from ..reading import Place
from .references import Document, Image, RichText
from .rich_text import tidy


class TextPart:
    """A part of a block, and where its stored value has it; ``words`` are there to translate."""

    words = True

    def __init__(self, name: str, *stored: str):
        self.name, self.stored = name, stored

    def raw(self, value) -> object:
        for step in self.stored:
            value = (value or {}).get(step)
        return value

    def parse(self, value, place: Place, run) -> object:
        return (value or "").strip()

    def read(self, value, assets: dict, run) -> object:
        return tidy(self.raw(value) or "")

    def write(self, value, run) -> object:
        return value

    def dump(self, value, run) -> object:
        return value


class FlagPart(TextPart):
    words = False

    def parse(self, value, place: Place, run) -> bool:
        return bool(value)

    def read(self, value, assets: dict, run) -> bool:
        return bool(self.raw(value))


class RichPart(TextPart):
    def parse(self, value, place: Place, run) -> str:
        return RichText.parse(value, place, run)

    def read(self, value, assets: dict, run) -> str:
        return RichText.read(self.raw(value) or "", run)

    def write(self, value, run) -> str:
        return RichText.write(value, run)

    def dump(self, value, run) -> str:
        return RichText.dump(value, run)


class ImagePart(TextPart):
    words, field = False, Image

    def parse(self, value, place: Place, run) -> dict | None:
        return run.library.parse(value, place, self.field.kind)

    def read(self, value, assets: dict, run) -> dict | None:
        return self.field.value_of(assets[self.field].get(self.raw(value)))

    def write(self, value, run) -> int | None:
        asset = run.library.find_or_store(value, self.field.kind)
        return asset and asset.pk

    def dump(self, value, run) -> dict | None:
        return value and run.library.dump(value, self.field.kind)


class DocumentPart(ImagePart):
    field = Document


PARTS = {
    "figure": (
        ImagePart("image", "image", "image"),
        TextPart("alt", "image", "alt_text"),
        TextPart("caption", "caption"),
        FlagPart("decorative", "image", "decorative"),
    ),
    "quote": (TextPart("text", "text"), TextPart("source", "source")),
    "heading": (TextPart("text"),),
    "text": (RichPart("text"),),
    "document": (DocumentPart("document"),),
}
SECTION = (TextPart("heading", "heading"), RichPart("text", "text"))


def parts_of(kind: str) -> tuple[TextPart, ...]:
    """Of a block of this kind; what is no kind of block is a kind of section."""
    return PARTS.get(kind, SECTION)


def is_rich(item: dict, name: str) -> bool:
    return any(part.name == name and isinstance(part, RichPart) for part in parts_of(item["kind"]))


def translatable(item: dict) -> dict[str, str]:
    """Parts of a block that have words to translate, with what they say in Finnish."""
    names = (part.name for part in parts_of(item["kind"]) if part.words)
    return {name: item[name] for name in names if item[name]}


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
    def _assets(raw: list) -> dict[type, dict]:
        """The pictures and the documents of all blocks, asked for at once."""
        found = {}
        for part, model in ((ImagePart, get_image_model()), (DocumentPart, get_document_model())):
            named = [
                own.raw(block["value"])
                for block in raw
                for own in PARTS.get(block["type"], ())
                if type(own) is part
            ]
            found[part.field] = model.objects.in_bulk([pk for pk in named if pk]) if named else {}
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
