"""A web page as blocks: what a reader sees of it, without what surrounds its text."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from .structure import Blocks, Fault, Run, hurry

UNSEEN = frozenset(
    "script style template noscript nav form button select iframe object embed svg head".split()  # noqa: SIM905
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCK = frozenset(
    """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer header hr html li main ol p pre section summary table tbody td tfoot th thead tr
    ul
    """.split()  # noqa: SIM905
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
ROLES = frozenset(("navigation", "search", "dialog", "alertdialog", "menu"))
CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,30})", re.IGNORECASE
)
MAX_DEPTH = 200


def read_html(path: str) -> dict:
    """The page's main part where it has one that holds most of it."""
    hurry()
    text = decoded(Path(path).read_bytes())
    parser = etree.HTMLParser(no_network=True, recover=True, huge_tree=False)
    root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text), parser=parser)
    blocks = Blocks()
    try:
        Page(blocks).read(_main(root))
    except Fault as fault:
        return {"fault": fault.code}
    title = root.find(".//title")
    return {"blocks": blocks.found, "title": "" if title is None else title.text or ""}


def decoded(data: bytes) -> str:
    """By its mark, by what the page says, as UTF-8, or as Windows wrote it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    told = CHARSET.search(data[:4096])
    for encoding in ("utf-8-sig", told[1].decode() if told else "", "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def _main(root) -> etree._Element:
    body = root.find("body")
    body = root if body is None else body
    whole = len(" ".join(body.itertext()))
    for found in (*root.iter("main"), *root.iter("article")):
        if len(" ".join(found.itertext())) > whole * 0.5:
            return found
    return body


class Page:
    """Walks a page; words between two blocks are a paragraph."""

    def __init__(self, blocks: Blocks) -> None:
        self.blocks, self.runs = blocks, []
        self.kind, self.level = "paragraph", 0

    def read(self, element) -> None:
        self._inside(element, False, "", 0)
        self._end()

    def _end(self, kind: str = "paragraph", level: int = 0) -> None:
        self.blocks.add(self.kind, self.runs, level=self.level)
        self.runs, self.kind, self.level = [], kind, level

    def _inside(self, element, bold: bool, link: str, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise Fault("limits")
        self.runs.append(Run(re.sub(r"\s+", " ", element.text or ""), bold, link))
        for child in element:
            if isinstance(child.tag, str) and not _unseen(child):
                self._child(child, bold, link, depth + 1)
            self.runs.append(Run(re.sub(r"\s+", " ", child.tail or ""), bold, link))

    def _child(self, child, bold: bool, link: str, depth: int) -> None:
        if child.tag == "br":
            self.runs.append(Run("\n"))
        elif child.tag == "table":
            self._table(child, bold, link, depth)
        elif child.tag == "dl" and child.find(".//dl") is None:
            self._pairs(child)
        elif child.tag in HEADINGS:
            self._block(child, "heading", HEADINGS[child.tag], depth)
        elif child.tag in BLOCK:
            self._block(child, "item" if child.tag == "li" else "paragraph", 0, depth)
        else:
            strong = bold or child.tag in ("b", "strong")
            self._inside(child, strong, child.get("href", link), depth)

    def _block(self, element, kind: str, level: int, depth: int) -> None:
        self._end(kind, level)
        self._inside(element, False, "", depth)
        self._end()

    def _table(self, table, bold: bool, link: str, depth: int) -> None:
        self._end()
        for row in table.iter("tr"):
            cells = [x for x in row if x.tag in ("td", "th")]
            if len(cells) > 1 and table.find(".//table") is None:
                self.blocks.add_row([words(cell) for cell in cells])
                continue
            for cell in cells:
                self._block(cell, "paragraph", 0, depth)

    def _pairs(self, element) -> None:
        self._end()
        label = ""
        for each in element.iter("dt", "dd"):
            if each.tag == "dt":
                label = words(each)
            else:
                self.blocks.add_row([label, words(each)])


def _unseen(element) -> bool:
    hidden = element.get("hidden") is not None or HIDDEN.search(element.get("style") or "")
    return element.tag in UNSEEN or element.get("role") in ROLES or bool(hidden)


def words(element) -> str:
    return re.sub(r"[ ]*\n[ ]*", "\n", "".join(_pieces(element))).strip()


def _pieces(element) -> Iterator[str]:
    yield re.sub(r"\s+", " ", element.text or "")
    for child in element:
        if isinstance(child.tag, str) and not _unseen(child):
            edge = "\n" if child.tag in BLOCK or child.tag == "br" else ""
            yield edge
            yield from _pieces(child)
            yield edge if child.tag != "br" else ""
        yield re.sub(r"\s+", " ", child.tail or "")
