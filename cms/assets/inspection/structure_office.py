"""Word and OpenDocument texts as blocks. Nothing is run, fetched or followed."""

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from .office import check_office
from .structure import Blocks, Fault, Run, hurry

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
HEADING = re.compile(r"(?:heading|otsikko|rubrik|überschrift)[ _]*(\d)", re.IGNORECASE)
TITLE = re.compile(r"(?:title|otsikko|rubrik)$", re.IGNORECASE)
OFF = ("0", "false", "none", "off")


def read_docx(path: str) -> dict:
    """Tracked deletions and comments are left out, insertions and text boxes are read."""
    hurry()
    if fault := fault_of(path):
        return fault
    blocks = Blocks()
    try:
        with zipfile.ZipFile(path) as archive:
            Docx(archive, blocks).read()
    except Fault as fault:
        return {"fault": fault.code}
    return {"blocks": blocks.found}


def fault_of(path: str) -> dict:
    """Remarks of reviewers are no reason against: they are not read."""
    answer = check_office(path)
    return {} if answer.get("fault") == "review" else answer


def parsed(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    if name not in archive.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(name), parser)


class Docx:
    """The body of a Word document, walked once."""

    def __init__(self, archive: zipfile.ZipFile, blocks: Blocks) -> None:
        self.blocks = blocks
        self.body = parsed(archive, "word/document.xml").find(f"{W}body")
        self.levels = self._levels(parsed(archive, "word/styles.xml"))
        links = parsed(archive, "word/_rels/document.xml.rels")
        self.links = {} if links is None else {x.get("Id"): x.get("Target", "") for x in links}

    def _levels(self, styles) -> dict[str, tuple[int, bool]]:
        """By the id of a style: the level of a heading (0: none), and whether it makes lists."""
        found: dict[str, tuple[int, bool]] = {}
        for style in () if styles is None else styles.iter(f"{W}style"):
            name = style.find(f"{W}name")
            label = "" if name is None else name.get(f"{W}val", "")
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            level = _level(label) or (
                int(outline.get(f"{W}val", 9)) + 1 if outline is not None else 0
            )
            listed = "list" in label.lower() or style.find(f"{W}pPr/{W}numPr") is not None
            found[style.get(f"{W}styleId", "")] = level if level < 10 else 0, listed
        return found

    def read(self) -> None:
        for child in self.body if self.body is not None else ():
            self._block(child)

    def _block(self, element) -> None:
        if element.tag == f"{W}p":
            self._paragraph(element)
        elif element.tag == f"{W}tbl":
            self._table(element)
        elif element.tag in (f"{W}sdt", f"{W}ins", f"{W}smartTag", f"{W}customXml"):
            content = element.find(f"{W}sdtContent")
            for child in element if content is None else content:
                self._block(child)

    def _paragraph(self, element) -> None:
        style = element.find(f"{W}pPr/{W}pStyle")
        level, listed = self.levels.get("" if style is None else style.get(f"{W}val"), (0, False))
        outline = element.find(f"{W}pPr/{W}outlineLvl")
        if outline is not None and outline.get(f"{W}val", "9") < "9":
            level = int(outline.get(f"{W}val")) + 1
        listed = listed or element.find(f"{W}pPr/{W}numPr") is not None
        kind = "heading" if level else "item" if listed else "paragraph"
        self.blocks.add(kind, list(self._runs(element)), level=level)
        for box in element.iter(f"{W}txbxContent"):
            if not any(above.tag == FALLBACK for above in box.iterancestors()):
                for child in box:
                    self._block(child)

    def _table(self, table) -> None:
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            cells = [
                cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row
            ]
            if len(cells) == 1:  # a frame around text
                for child in cells[0]:
                    self._block(child)
                continue
            self.blocks.add_row([self._cell(cell) for cell in cells])

    def _cell(self, cell) -> str:
        lines = ("".join(run.text for run in self._runs(each)) for each in cell.iter(f"{W}p"))
        return "\n".join(lines)

    def _runs(self, paragraph, link: str = "") -> Iterator[Run]:
        for child in paragraph:
            if child.tag == f"{W}r":
                yield self._run(child, link)
            elif child.tag == f"{W}hyperlink":
                yield from self._runs(child, self.links.get(child.get(f"{R}id"), ""))
            elif child.tag in (f"{W}ins", f"{W}smartTag", f"{W}fldSimple", f"{W}customXml"):
                yield from self._runs(child, link)
            elif child.tag == f"{W}sdt" and child.find(f"{W}sdtContent") is not None:
                yield from self._runs(child.find(f"{W}sdtContent"), link)

    def _run(self, run, link: str) -> Run:
        bold = run.find(f"{W}rPr/{W}b")
        text = "".join(_letters(child) for child in run)
        return Run(text, bold is not None and bold.get(f"{W}val", "1") not in OFF, link)


def _letters(element) -> str:
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag in (f"{W}noBreakHyphen", f"{W}softHyphen"):
        return "-" if element.tag == f"{W}noBreakHyphen" else ""
    return {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}.get(element.tag, "")


def _level(name: str) -> int:
    if found := HEADING.search(name):
        return int(found[1]) + 1
    return 1 if TITLE.fullmatch(name.strip()) else 0


T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}href"
UNREAD = (f"{T}note", f"{OFFICE}annotation", f"{T}tracked-changes", f"{T}table-of-content")


def read_odt(path: str) -> dict:
    """Notes, remarks and the table of contents are left out."""
    hurry()
    if fault := fault_of(path):
        return fault
    blocks = Blocks()
    try:
        with zipfile.ZipFile(path) as archive:
            Odt(parsed(archive, "content.xml"), blocks).read()
    except Fault as fault:
        return {"fault": fault.code}
    return {"blocks": blocks.found}


class Odt:
    """The body of an OpenDocument text, walked once."""

    def __init__(self, root, blocks: Blocks) -> None:
        self.blocks = blocks
        self.body = root.find(f"{OFFICE}body/{OFFICE}text")
        styles = list(root.iter(f"{STYLE}style"))
        self.parents = {
            x.get(f"{STYLE}name"): x.get(f"{STYLE}parent-style-name", "") for x in styles
        }
        self.bold = {
            style.get(f"{STYLE}name")
            for style in styles
            if any(x.get(f"{FO}font-weight") == "bold" for x in style)
        }

    def read(self) -> None:
        self._children(() if self.body is None else self.body, "paragraph")

    def _children(self, elements, kind: str) -> None:
        for element in elements:
            if element.tag in UNREAD:
                continue
            if element.tag in (f"{T}p", f"{T}h"):
                self._paragraph(element, kind)
            elif element.tag == f"{TABLE}table":
                self._table(element)
            elif element.tag in (f"{T}list", f"{T}list-item", f"{T}list-header"):
                self._children(element, "item")
            elif isinstance(element.tag, str):
                self._children(element, kind)

    def _paragraph(self, element, kind: str) -> None:
        style = element.get(f"{T}style-name", "")
        names = style, self.parents.get(style, "")
        level = next(filter(None, (_level(name.replace("_20_", " ")) for name in names)), 0)
        if element.tag == f"{T}h":
            level = level or int(element.get(f"{T}outline-level", 1)) + 1
        runs = list(self._runs(element, style in self.bold))
        self.blocks.add("heading" if level else kind, runs, level=level)

    def _table(self, table) -> None:
        for row in table.iter(f"{TABLE}table-row"):
            if next(row.iterancestors(f"{TABLE}table")) is not table:
                continue
            cells = [x for x in row if x.tag == f"{TABLE}table-cell"]
            if len(cells) == 1:
                self._children(cells[0], "paragraph")
                continue
            self.blocks.add_row([self._cell(cell) for cell in cells])

    def _cell(self, cell) -> str:
        each = (x for x in cell.iter(f"{T}p", f"{T}h"))
        return "\n".join("".join(run.text for run in self._runs(x, False)) for x in each)

    def _runs(self, element, bold: bool, link: str = "") -> Iterator[Run]:
        """Its words and its children's, each with what follows it."""
        yield Run(re.sub(r"\s+", " ", element.text or ""), bold, link)
        for child in element:
            yield from self._run(child, bold, link)
            yield Run(re.sub(r"\s+", " ", child.tail or ""), bold, link)

    def _run(self, child, bold: bool, link: str) -> Iterator[Run]:
        if child.tag in UNREAD or not isinstance(child.tag, str):
            return
        if child.tag in (f"{T}s", f"{T}tab", f"{T}line-break"):
            yield Run({f"{T}s": " ", f"{T}tab": "\t"}.get(child.tag, "\n"))
            return
        bold = bold or child.get(f"{T}style-name", "") in self.bold
        yield from self._runs(child, bold, child.get(XLINK, link))
