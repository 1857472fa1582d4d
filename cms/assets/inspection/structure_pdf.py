"""A PDF's lines as blocks: headings by the size of their letters, paragraphs by their distance."""

import re
from collections import Counter
from itertools import pairwise

from .pdf import check_pdf, open_pdf
from .structure import Blocks, Fault, Run, hurry
from .structure_pdf_lines import Line, lines_of, without_edges
from .structure_pdf_tables import with_rows

MAX_PAGES = 400
ITEM = re.compile(r"[•●○▪■◦‣–—-]\s+(?=\S)|\d{1,2}[.)]\s+(?=\S)")
BARE_ITEM = re.compile(r"[•●○▪■◦‣]$")


def read_pdf(path: str) -> dict:
    """Blocks of all pages; ``fault`` is ``scanned`` where pages hold pictures instead of words."""
    hurry()
    fault = check_pdf(path)
    if fault and fault["fault"] != "review":
        return fault
    reader = open_pdf(path)
    pages = [lines_of(page, number) for number, page in enumerate(reader.pages[:MAX_PAGES], 1)]
    lines = with_rows([line for page in without_edges(pages) for line in page])
    if sum(len(line.text) for line in lines) < 20 * len(pages) + 40:
        return {"fault": "scanned"}
    blocks = Blocks()
    try:
        _fill(blocks, lines)
    except Fault as fault:
        return {"fault": fault.code}
    return {"blocks": blocks.found, "pages": len(pages)}


def _fill(blocks: Blocks, lines: list[Line]) -> None:
    sizes = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0
    larger = sorted({line.size for line in lines if line.size > body * 1.12}, reverse=True)
    width = max((len(line.text) for line in lines if line.size == body), default=80)
    leading = _leading(lines)
    waiting: list[Line] = []
    for line in lines:
        if line.cells:
            if waiting:
                _block(blocks, waiting, body, larger)
            waiting = []
            blocks.add_row(line.cells, page=line.page)
            continue
        if waiting and not _goes_on(waiting, line, body, width, leading):
            _block(blocks, waiting, body, larger)
            waiting = []
        waiting.append(line)
    if waiting:
        _block(blocks, waiting, body, larger)


def _leading(lines: list[Line]) -> float:
    """The usual distance of two lines, 0 where it isn't told."""
    steps = Counter(
        round(a.height - b.height, 0)
        for a, b in pairwise(lines)
        if a.page == b.page and a.size == b.size and a.height - b.height > 0
    )
    return steps.most_common(1)[0][0] if steps else 0


def _goes_on(waiting: list[Line], line: Line, body: float, width: int, leading: float) -> bool:
    """Whether a line belongs to the block before it."""
    last = waiting[-1]
    if BARE_ITEM.fullmatch(last.text):
        return True
    if line.size != last.size or line.bold != last.bold or ITEM.match(line.text):
        return False
    if line.size > body * 1.12:
        return line.page == last.page and not _apart(last, line, leading * line.size / (body or 1))
    if BARE_ITEM.match(line.text) or (line.gap and line.page == last.page and not leading):
        return False
    if line.page != last.page:
        return line.text[:1].islower() or last.text.endswith((",", "-"))
    if _apart(last, line, leading):
        return False
    return len(last.text) > width * 0.6 or (
        line.text[:1].islower() and len(last.text) > width * 0.4
    )


def _apart(last: Line, line: Line, leading: float) -> bool:
    step = last.height - line.height
    return bool(leading) and not -2 * leading < step < leading * 1.4 and step > 0


def _block(blocks: Blocks, lines: list[Line], body: float, larger: list[float]) -> None:
    text = "\n".join(line.text for line in lines)
    first = lines[0]
    if first.size > body * 1.12 and len(text) < 250:
        level = larger.index(first.size) + 1
        blocks.add("heading", [Run(text.replace("\n", " "))], level=level, page=first.page)
        return
    listed = ITEM.match(text)
    bold = all(line.bold for line in lines)
    runs = [Run(text[listed.end() :] if listed else text, bold)]
    blocks.add("item" if listed else "paragraph", runs, page=first.page)
