"""Reports as files: the same few signs (``# heading``, ``- item``, ``| a | b |``) in any format."""

import html
import io
import re
import zipfile

import docx

ODT = "application/vnd.oasis.opendocument.text"
NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def written(text: str, form: str) -> bytes:
    """The bytes of a file of this form: docx, odt, html, pdf, columns (of a PDF) or txt."""
    return WRITERS[form](text)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def as_docx(text: str) -> bytes:
    document, table = docx.Document(), None
    for line in filter(str.strip, text.splitlines()):
        if not line.startswith("|"):
            table = None
        if heading := re.match(r"(#+) (.*)", line):
            document.add_heading(heading[2], len(heading[1]) - 1)
        elif line.startswith("- "):
            document.add_paragraph(line[2:], "List Bullet")
        elif line.startswith("|"):
            table = table or document.add_table(0, len(cells(line)))
            for cell, words in zip(table.add_row().cells, cells(line), strict=False):
                cell.text = words.replace(" // ", "\n")
        else:
            paragraph = document.add_paragraph()
            for at, piece in enumerate(line.split("**")):
                paragraph.add_run(piece).bold = bool(at % 2)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_html(text: str) -> bytes:
    body = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", "\n".join(map(_tag, text.splitlines())))
    page = f"<!doctype html><html><head><meta charset='utf-8'><title>x</title></head>{body}</html>"
    return page.encode()


def _tag(line: str) -> str:
    line = html.escape(line, quote=False)
    if heading := re.match(r"(#+) (.*)", line):
        level = len(heading[1])
        return f"<h{level}>{heading[2]}</h{level}>"
    if line.startswith("- "):
        return f"<ul><li>{line[2:]}</li></ul>"
    if line.startswith("|"):
        row = "".join(f"<td>{cell.replace(' // ', '<br>')}</td>" for cell in cells(line))
        return f"<table><tr>{row}</tr></table>"
    return f"<p>{line}</p>" if line.strip() else ""


def as_odt(text: str) -> bytes:
    lines = "".join(map(_odt, text.splitlines()))
    content = (
        f"<office:document-content {NAMESPACES}><office:body><office:text>{lines}"
        "</office:text></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr("content.xml", content)
    return stream.getvalue()


def _odt(line: str) -> str:
    line = html.escape(line.replace("**", "")).replace("\t", "<text:tab/>")
    if heading := re.match(r"(#+) (.*)", line):
        return f'<text:h text:outline-level="{len(heading[1])}">{heading[2]}</text:h>'
    if line.startswith("- "):
        return (
            f"<text:list><text:list-item><text:p>{line[2:]}</text:p></text:list-item></text:list>"
        )
    if line.startswith("|"):
        row = "".join(
            f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells(line)
        )
        return f"<table:table><table:table-row>{row}</table:table-row></table:table>"
    return f"<text:p>{line}</text:p>" if line.strip() else ""


def as_pdf(text: str, width: int = 90, columns: int = 1) -> bytes:
    """Lines of Helvetica, headings larger, set in pages (and columns) as a word processor does."""
    rows = [row for line in text.splitlines() for row in _rows(line, width // columns)]
    pages, tall = [], 800
    for size, words, gap in rows:
        if not pages or tall + gap > 760:
            pages.append([])
            tall = 0
        tall += gap
        pages[-1].append((size, words, tall))
    if columns > 1:
        pages = [pages[at : at + columns] for at in range(0, len(pages), columns)]
    else:
        pages = [[page] for page in pages]
    return pdf_of([_stream(page, number) for number, page in enumerate(pages, 1)])


def _rows(line: str, width: int) -> list[tuple[int, str, int]]:
    line = line.replace("**", "").replace("€", "\x80").replace("–", "\x96").replace("’", "\x92")
    heading = re.match(r"(#+) (.*)", line)
    size = {1: 20, 2: 14, 3: 12}[len(heading[1])] if heading else 10
    if not heading and len(cells := re.split(r"\t|(?<=\S) {3,}", line)) > 1:
        return [(size, "\t".join(cells), int(size * 2.2))]
    words, rows = (heading[2] if heading else line).split(), []
    current = ""
    for word in words:
        if len(current) + len(word) > width * 10 // size:
            rows.append(current)
            current = ""
        current = f"{current} {word}".strip()
    rows += [current] if current else []
    return [(size, row, int(size * (1.3 if at else 2.2))) for at, row in enumerate(rows)]


def _stream(columns: list, number: int) -> bytes:
    parts = []
    for at, rows in enumerate(columns):
        for size, words, tall in rows:
            for column, cell in enumerate(words.split("\t")):
                escaped = re.sub(r"([()\\])", r"\\\1", cell)
                place = f"1 0 0 1 {50 + at * 250 + column * 170} {800 - tall} Tm"
                parts.append(f"BT /F1 {size} Tf {place} ({escaped}) Tj ET")
    parts.append(f"BT /F1 8 Tf 1 0 0 1 280 20 Tm ({number}) Tj ET")
    return "\n".join(parts).encode("latin-1", "replace")


def pdf_of(streams: list[bytes]) -> bytes:
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(streams)))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(streams)}/Kids[{kids}]>>".encode(),
        font,
    ]
    for at, stream in enumerate(streams):
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * at} 0 R"
        objects.append(f"{page}/Resources<</Font<</F1 3 0 R>>>>>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return body + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )


WRITERS = {
    "docx": as_docx,
    "html": as_html,
    "odt": as_odt,
    "pdf": as_pdf,
    "columns": lambda text: as_pdf(text, columns=2),
    "txt": lambda text: text.encode(),
    "windows": lambda text: text.encode("cp1252", "replace"),
}
