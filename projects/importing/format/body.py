"""Bodies: lists of blocks in the file, stream values on the page, and their words elsewhere."""

import json

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from ...models import SectionKind
from ..reading import Place
from .parts import PARTS, ask, assets_of, nested, parts_of


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
            ask(item, block, at)
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
                value
                for block in raw
                for part in PARTS.get(block["type"], ())
                for value in assets_of(part, block["value"], kind)
            ]
            found[kind] = model.objects.in_bulk([pk for pk in named if pk]) if named else {}
        return found

    def write(self, items: dict, run) -> str:
        """JSON for the stream field. Ids are the names of the blocks: the same each time."""
        return json.dumps([self._raw(name, item, run) for name, item in items.items()])

    def _raw(self, name: str, item: dict, run) -> dict:
        kind, parts = item["kind"], parts_of(item["kind"])
        section = kind not in PARTS
        if parts[0].stored:
            value = {**({"kind": kind} if section else {}), **nested(parts, item, run)}
        else:
            value = parts[0].write(item[parts[0].name], run)
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
