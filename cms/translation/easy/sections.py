"""A page as a list of sections: its title, its lead, and what stands below each heading.

The words of a section are written as wagtail-localize writes strings (escaped, with inline tags
that have no attributes), its lines divided by ``<br/>``, for :mod:`..strings.wording` to compare.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from bs4 import BeautifulSoup, NavigableString
from django.utils.translation import override
from wagtail.models import Page
from wagtail.rich_text import RichText

from ..strings.wording import plain

TITLE, LEAD = "title", "lead"
LINE = "<br/>"
INLINE = {"b", "strong", "i", "em", "a"}
BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th")
SECTION, HEADING, TEXT = "section", "heading", "text"
"""Types of blocks that are written here; all others stay as they are."""


@dataclass
class Section:
    """``key``: ``title``, ``lead`` or the id of the first block. ``kind``: of a project's section
    what it tells, of others the type of their first block.
    """

    key: str
    kind: str
    heading: str = ""
    blocks: list = field(default_factory=list)
    words: str = ""

    @property
    def has_text(self) -> bool:
        """More than a heading that waits for a text."""
        return bool(self.words) if not self.blocks else any(map(_says_something, self.blocks))

    @property
    def text(self) -> str:
        return plain(self.words)


def sections_of(page: Page) -> list[Section]:
    """Title and lead first, be they empty or not."""
    sections = [Section(TITLE, TITLE, words=escape(page.title, quote=False))]
    lead = LINE.join(escape(line, quote=False) for line in page.lead.splitlines() if line.strip())
    sections.append(Section(LEAD, LEAD, words=lead))
    body = getattr(page, "body", ())
    begun: Section | None = None
    for block in body:
        if begun is None or begins_section(block, begun):
            kind = block.value.get("kind") or SECTION if _is_section(block) else block.block_type
            begun = Section(str(block.id), kind, _heading(block))
            sections.append(begun)
        begun.blocks.append(block)
    for section in sections[2:]:
        section.words = LINE.join(words for block in section.blocks for words in lines_of(block))
    return sections


def begins_section(block, before: Section) -> bool:
    """A heading does, and a text that follows a text; pictures and quotations stay with theirs."""
    if _is_section(block) or block.block_type == HEADING or _is_section(before.blocks[0]):
        return True
    has_text = any(each.block_type == TEXT for each in before.blocks)
    return block.block_type == TEXT and has_text


def _is_section(block) -> bool:
    return block.block_type == SECTION


def _heading(block) -> str:
    """As readers of Finnish see it: a project's section has one by its kind."""
    if block.block_type == HEADING:
        return str(block.value or "")
    if _is_section(block):
        with override("fi"):
            return block.value.title
    return ""


def _says_something(block) -> bool:
    if _is_section(block):
        return block.value.has_text
    return block.block_type != HEADING and any(lines_of(block))


def lines_of(block) -> Iterator[str]:
    """The lines of a block, whichever type it has; a kind of section is no words."""
    if _is_section(block):
        if not block.value.has_text:
            return
        parts = [block.value.get("heading"), block.value.get("text")]
    elif hasattr(block.value, "lines"):
        parts = block.value.lines
    elif hasattr(block.value, "bound_blocks"):
        parts = [child.value for child in block.value.bound_blocks.values()]
    else:
        parts = [block.value]
    for part in parts:
        yield from _lines(part)


def _lines(value) -> Iterator[str]:
    if isinstance(value, RichText):
        yield from rich_lines(value.source)
    elif isinstance(value, str):
        yield from (escape(line, quote=False) for line in value.splitlines() if line.strip())
    elif value is not None:
        words = getattr(value, "contextual_alt_text", None) or getattr(value, "title", "")
        if words:
            yield escape(str(words), quote=False)


def rich_lines(html: str) -> list[str]:
    """The paragraphs, headings and items of rich text, each a line of its own."""
    soup = BeautifulSoup(html or "", "html.parser")
    found = [node for node in soup.find_all(BLOCKS) if not node.find(BLOCKS)]
    lines = [("– " if node.name == "li" else "") + _inline(node) for node in found or [soup]]
    return [line for line in lines if plain(line).strip(" –\n\u00a0")]


def _inline(node) -> str:
    parts = []
    for child in node.children:
        if isinstance(child, NavigableString):
            parts.append(escape(str(child), quote=False))
        elif child.name == "br":
            parts.append(LINE)
        elif child.name in INLINE:
            parts.append(f"<{child.name}>{_inline(child)}</{child.name}>")
        else:
            parts.append(_inline(child))
    return "".join(parts).strip() if node.name in BLOCKS else "".join(parts)
