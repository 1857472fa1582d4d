"""Bodies: lists of blocks in the file, stream values on the page."""

import json

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from ..models import SectionKind
from . import text
from .library import read_document, read_image


class Body:
    """``scope`` is "project" (sections) or "page" (headings, text, documents)."""

    def __init__(self, scope: str):
        self.scope = scope

    def parse(self, blocks: list, place, run) -> dict:
        items: dict[str, dict] = {}
        for number, block in enumerate(blocks):
            at = place / number
            kind = block["kind"]
            name = block.get("id") or self.free_name(kind, items, blocks)
            if name in items:
                message = _("The name “%(name)s” is used by another block of this body.")
                (at / "id").fault(message % {"name": name})
                continue
            items[name] = self.parse_block(kind, block, at, run)
        return items

    @staticmethod
    def free_name(kind: str, items: dict, blocks: list) -> str:
        taken = set(items) | {block.get("id") for block in blocks}
        base = name = kind
        number = 2
        while name in taken:
            name, number = f"{base}-{number}", number + 1
        return name

    def parse_block(self, kind: str, block: dict, place, run) -> dict:
        item = {"kind": kind}
        for name in self.parts(kind):
            value = block.get(name)
            if name == "image":
                item[name] = run.library.parse(value, place / name, "image")
            elif name == "document":
                item[name] = run.library.parse(value, place / name, "document")
            elif name == "decorative":
                item[name] = bool(value)
            elif name == "text" and self.is_rich(kind):
                item[name] = run.rich_text(value, place / name)
            else:
                item[name] = (value or "").strip()
        if kind == "figure" and not item["alt"] and not item["decorative"]:
            tell = place.note if "alt" in block else place.fault
            tell(_("A picture needs alt (what it shows), or decorative: true."))
        return item

    @staticmethod
    def is_rich(kind: str) -> bool:
        return kind not in ("quote", "heading", "figure", "document")

    @staticmethod
    def parts(kind: str) -> tuple:
        return {
            "figure": ("image", "alt", "caption", "decorative"),
            "quote": ("text", "source"),
            "heading": ("text",),
            "text": ("text",),
            "document": ("document",),
        }.get(kind, ("heading", "text"))

    def read(self, stream, run) -> dict:
        raw = [dict(block) for block in stream.raw_data]
        images, documents = self._assets(raw)
        items = {}
        for block in raw:
            value = block["value"]
            kind = block["type"]
            if kind == "section":
                item = {
                    "kind": value.get("kind") or SectionKind.FREE,
                    "heading": text.tidy(value.get("heading") or ""),
                    "text": run.read_rich_text(value.get("text") or ""),
                }
            elif kind == "figure":
                picture = value.get("image") or {}
                item = {
                    "kind": kind,
                    "image": read_image(images.get(picture.get("image"))),
                    "alt": text.tidy(picture.get("alt_text") or ""),
                    "caption": text.tidy(value.get("caption") or ""),
                    "decorative": bool(picture.get("decorative")),
                }
            elif kind == "quote":
                item = {
                    "kind": kind,
                    "text": text.tidy(value.get("text") or ""),
                    "source": text.tidy(value.get("source") or ""),
                }
            elif kind == "document":
                item = {"kind": kind, "document": read_document(documents.get(value))}
            elif kind == "heading":
                item = {"kind": kind, "text": text.tidy(value or "")}
            else:
                item = {"kind": kind, "text": run.read_rich_text(value or "")}
            items[block["id"]] = item
        return items

    @staticmethod
    def _assets(raw: list) -> tuple[dict, dict]:
        pictures = [
            (block["value"].get("image") or {}).get("image")
            for block in raw
            if block["type"] == "figure"
        ]
        papers = [block["value"] for block in raw if block["type"] == "document"]
        images = (
            get_image_model().objects.in_bulk([pk for pk in pictures if pk]) if pictures else {}
        )
        documents = (
            get_document_model().objects.in_bulk([pk for pk in papers if pk]) if papers else {}
        )
        return images, documents

    def write(self, items: dict, run) -> str:
        """JSON for the stream field. Ids are the names of the blocks: the same each time."""
        return json.dumps([self.raw(name, item, run) for name, item in items.items()])

    def raw(self, name: str, item: dict, run) -> dict:
        kind = item["kind"]
        if kind == "figure":
            image = run.library.image(item["image"])
            value = {
                "image": {
                    "image": image and image.pk,
                    "alt_text": item["alt"],
                    "decorative": item["decorative"],
                },
                "caption": item["caption"],
            }
        elif kind == "quote":
            value = {"text": item["text"], "source": item["source"]}
        elif kind == "heading":
            value = item["text"]
        elif kind == "text":
            value = run.write_rich_text(item["text"])
        elif kind == "document":
            document = run.library.document(item["document"])
            value = document and document.pk
        else:
            value = {
                "kind": kind,
                "heading": item["heading"],
                "text": run.write_rich_text(item["text"]),
            }
            kind = "section"
        return {"type": kind, "id": name, "value": value}

    def dump(self, items: dict, run) -> list[dict]:
        return [self.dump_block(name, item, run) for name, item in items.items()]

    def dump_block(self, name: str, item: dict, run) -> dict:
        block = {"id": name, "kind": str(item["kind"])}
        for part in self.parts(item["kind"]):
            value = item[part]
            if part == "image":
                value = value and run.dump_image(value)
            elif part == "document":
                value = value and run.dump_document(value)
            elif part == "text" and self.is_rich(item["kind"]):
                value = run.dump_rich_text(value)
            if value or (part in ("text", "alt") and not item.get("decorative")):
                block[part] = value
        return block
