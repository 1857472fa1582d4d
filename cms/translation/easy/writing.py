"""The form in which easy Finnish is written: title, lead and sections, without a script if need be.

Blocks go by their ids, so that a section keeps the one of the Finnish that it tells. What is no
running text (pictures, quotations, files) stays as it is; it is changed in the page's own form.
"""

import json
import re
from functools import cache
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from django import forms
from django.utils.html import strip_tags
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from cms.core.hygiene import clean, one_line
from cms.core.languages import has_words

from ..strings.checks import TooLong
from .sections import HEADING, SECTION, TEXT

BLOCK = "block"
"""Names each block that the form has: the key of its section, its id, its type."""
HERE, OUT = "", "out"
"""Where a section of the Finnish is told; else the key of the section that tells it."""
TELLS = re.compile(r"action-(?:publish|submit|restart|workflow)")
WRITTEN = (SECTION, HEADING, TEXT)
MOST_LETTERS = 100_000
_ID = re.compile(r"[0-9a-f-]{36}")


class BodyWidget(forms.Widget):
    """Reads the blocks of a body from plain fields (``sheet`` draws them)."""

    def __init__(self, saved: StreamValue) -> None:
        super().__init__()
        self.saved = saved

    def value_from_datadict(self, data, files, name) -> StreamValue:
        saved = {str(block.id): block for block in self.saved}
        named = [value.split() for value in data.getlist(BLOCK)]
        named = [one for one in named if len(one) == 3 and _ID.fullmatch(one[1])]
        named = list({one[1]: one for one in named}.values())
        named += [
            [pk, pk, block.block_type] for pk, block in saved.items() if pk not in _ids(named)
        ]
        blocks = []
        for section, pk, kind in _placed(named, data):
            if is_dropped(section, data):
                continue
            value = self._value(pk, kind, saved.get(pk), data)
            if value is not None:
                blocks.append((kind, value, pk))
        is_for_readers = any(map(TELLS.match, data))
        return StreamValue(
            self.saved.stream_block, _without_bare_headings(blocks) if is_for_readers else blocks
        )

    def value_omitted_from_data(self, data, files, name) -> bool:
        return False

    def _value(self, pk: str, kind: str, saved, data) -> Any:
        """``None`` for a block that nothing was written in."""
        if saved is not None and saved.block_type not in WRITTEN:
            return saved.value
        block = self.saved.stream_block.child_blocks.get(kind)
        if kind not in WRITTEN or block is None or (saved and saved.block_type != kind):
            return saved.value if saved else None
        typed = data.get(f"b-{pk}-heading")
        heading = one_line(typed).strip() if typed is not None else None
        is_proposed = saved is None and heading == (data.get(f"b-{pk}-proposed") or "").strip()
        if kind == HEADING:
            heading = saved.value if heading is None and saved else heading
            return None if is_proposed and not _has_text(pk, data) else heading or None
        if kind == TEXT:
            html = _rich(block, pk, saved.value if saved else None, data)
            return RichText(html) if has_words(html) else None
        return self._section(block, pk, saved, data, heading, is_proposed)

    def _section(self, block, pk: str, saved, data, heading, is_proposed: bool) -> Any:
        old = saved.value if saved else block.to_python({})
        html = _rich(block.child_blocks["text"], pk, old.get("text"), data)
        if saved is None and is_proposed and not has_words(html):
            return None
        kinds = dict(block.child_blocks["kind"].field.choices)
        kind = data.get(f"b-{pk}-kind")
        return block.to_python(
            {
                "kind": kind if kind and kind in _flat(kinds) else old.get("kind") or "free",
                "heading": old.get("heading") or "" if heading is None else heading,
                "text": html,
            }
        )


def _flat(choices: dict) -> set[str]:
    return {str(key) for key in choices}


def _ids(named: list[list[str]]) -> set[str]:
    return {pk for _section, pk, _kind in named}


def _placed(named: list[list[str]], data) -> list[list[str]]:
    """In the order of the numbers that were typed: who moved goes before or behind who stayed."""
    sections = list(dict.fromkeys(section for section, _pk, _kind in named))

    def place(section: str) -> tuple[float, int]:
        now = sections.index(section) + 1
        typed = (data.get(f"s-{section}-place") or "").strip()
        wanted = int(typed) if typed.isdecimal() and len(typed) < 6 else now
        return (wanted + (0.5 if wanted > now else -0.5 if wanted < now else 0), now)

    order = {section: place(section) for section in sections}
    return sorted(named, key=lambda one: order[one[0]])


def is_dropped(section: str, data) -> bool:
    """Struck out, or left out and told elsewhere since (``s-…-finnish`` names what it tells)."""
    if f"s-{section}-drop" in data:
        return True
    finnish = data.get(f"s-{section}-finnish")
    return bool(finnish) and data.get(f"told-{finnish}", HERE) not in (HERE, section)


def _without_bare_headings(blocks: list[tuple]) -> list[tuple]:
    """Readers meet no heading below which nothing stands."""
    after = [*(kind for kind, _value, _pk in blocks[1:]), HEADING]
    return [
        block
        for block, following in zip(blocks, after, strict=False)
        if block[0] != HEADING or following != HEADING
    ]


def _has_text(pk: str, data) -> bool:
    """Whether something is typed below a new heading: the form names its text after it."""
    below = data.get(f"b-{pk}-below") or ""
    names = (f"b-{below}-plain", f"b-{below}-text")
    return any(as_text(name, data.get(name) or "").strip() for name in names)


def _rich(block, pk: str, saved, data) -> str:
    """As rich text is stored. What can't be read leaves what is saved."""
    old = saved.source if isinstance(saved, RichText) else ""
    converter = block.field.widget.converter
    plain = data.get(f"b-{pk}-plain")
    if plain is not None:
        plain = clean(plain).replace("\r\n", "\n").strip()
        if len(plain) > MOST_LETTERS:  # The form is refused, and shows what was typed.
            return f"<p>{escape(plain, quote=False)}</p>"
        return old if plain == as_plain(old) else from_plain(plain, converter)
    raw = data.get(f"b-{pk}-text")
    if not raw:
        return old
    try:
        return clean(converter.to_database_format(raw))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return old


def as_plain(html: str) -> str:
    """Rich text for a plain field: a blank line between paragraphs, a dash before items."""
    soup = BeautifulSoup(html or "", "html.parser")
    for node in soup.find_all(attrs={"data-block-key": True}):
        del node["data-block-key"]
    parts = []
    for node in soup.find_all(True, recursive=False):
        items = node.find_all("li", recursive=False)
        if node.name == "p":
            parts.append(re.sub(r"<br\s*/?>", "\n", node.decode_contents()))
        elif node.name == "ul" and items and not node.find_all("ul"):
            parts.append("\n".join(f"- {item.decode_contents()}" for item in items))
        else:
            parts.append(str(node))
    return "\n\n".join(part.strip() for part in parts if part.strip())


def from_plain(text: str, converter) -> str:
    """The other way round; tags that the editor of rich text does not offer fall away."""
    html = "".join(map(_as_html, re.split(r"\n\s*\n", text)))
    try:
        return converter.to_database_format(converter.from_database_format(html))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError):
        lines = escape(text, quote=False).split("\n")
        return "".join(f"<p>{line}</p>" for line in lines if line.strip())


def _as_html(part: str) -> str:
    lines = [line.strip() for line in part.strip().split("\n") if line.strip()]
    if not lines or re.match(r"<(?:h[2-6]|ul|ol)\b", lines[0]):
        return " ".join(lines)
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>"
    return f"<p>{'<br/>'.join(lines)}</p>"


def as_text(name: str, value: str) -> str:
    """What a field of the form has to read: title, lead, headings and texts; else nothing."""
    if name in ("title", "lead") or re.fullmatch(r"b-[0-9a-f-]{36}-(?:heading|plain)", name):
        return strip_tags(value) if name.endswith("plain") else value
    if not re.fullmatch(r"b-[0-9a-f-]{36}-text", name):
        return ""
    try:
        blocks = json.loads(value)["blocks"]
        return "\n\n".join(str(block["text"]).replace("\n", "\n\n") for block in blocks)
    except (ValueError, KeyError, TypeError):
        return ""


class EasyForm:
    """Mixed into the form of a page's type."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self.fields["body"].widget = BodyWidget(self.instance.body)

    def clean(self) -> dict[str, Any]:
        for name, text in self.data.items():
            if name.endswith("-plain") and len(text) > MOST_LETTERS:
                self.add_error("body", TooLong(text, MOST_LETTERS))
        return super().clean()


@cache
def form_class_for(model: type) -> type[WagtailAdminPageForm]:
    """The type's own form, with its words alone."""
    names = [name for name in ("title", "lead", "body") if hasattr(model, name)]
    own = model.get_edit_handler().base_form_class or WagtailAdminPageForm
    panels = [FieldPanel(name) for name in names]
    form = ObjectList(panels, base_form_class=own).bind_to_model(model).get_form_class()

    class Form(EasyForm, form):
        pass

    return Form
