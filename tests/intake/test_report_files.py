"""Files that reports come in: every format alike, and none that does harm."""

import io
import zipfile

import pytest
from django.utils.translation import override

from intake.found import Unreadable
from intake.reports.texts import read_blocks
from tests.assets.files import pdf
from tests.intake.writers import pdf_of, written

TEXT = """# Silta töihin
Hanke auttoi työhön.
## Tavoitteet
- uusi työ
| Toteuttaja | Kainuun kylät ry |"""
BLOCKS = [
    ("heading", "Silta töihin"),
    ("paragraph", "Hanke auttoi työhön."),
    ("heading", "Tavoitteet"),
    ("item", "uusi työ"),
    ("row", "Toteuttaja\tKainuun kylät ry"),
]


@pytest.mark.parametrize("form", ["docx", "odt", "html"])
def test_headings_items_and_rows_come_out_of_every_format(form):
    _kind, blocks, _title = read_blocks(written(TEXT, form))

    assert [(block.kind, block.text) for block in blocks] == BLOCKS


def test_headings_of_a_pdf_are_known_by_their_size():
    text = (
        "# Silta\nHanke auttoi monia ihmisiä työhön Kainuussa.\n## Tavoitteet\nUusi työ kaikille."
    )
    _kind, blocks, _title = read_blocks(written(text, "pdf"))

    assert [(block.kind, block.level) for block in blocks] == [
        ("heading", 1),
        ("paragraph", 0),
        ("heading", 2),
        ("paragraph", 0),
    ]


def test_rows_of_a_pdf_are_known_by_where_their_cells_begin():
    rows = [
        (50, 700, "Hankkeen nimi"),
        (200, 700, "Silta"),
        (50, 680, "Pitkän"),
        (50, 667, "kohdan nimi"),
        (200, 680, "Sen arvo"),
        (200, 667, "jatkuu"),
        (50, 640, "Hankekoodi"),
        (200, 640, "S21345 ja muuta tekstia"),
    ]
    stream = "".join(f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n" for x, y, text in rows)

    _kind, blocks, _title = read_blocks(pdf_of([stream.encode("cp1252")]))

    assert [block.cells for block in blocks] == [
        ("Hankkeen nimi", "Silta"),
        ("Pitkän kohdan nimi", "Sen arvo jatkuu"),
        ("Hankekoodi", "S21345 ja muuta tekstia"),
    ]


def drawn(rows: list[tuple[float, float, str]]) -> bytes:
    """A page's stream, each piece moved to its place by itself, as report generators do."""
    return "".join(
        f"q 1 0 0 1 {x} {y} cm BT /F1 10 Tf 12 TL ({text}) Tj T* ET Q\n" for x, y, text in rows
    ).encode("cp1252")


def test_rows_of_a_pdf_are_known_where_each_cell_is_written_by_itself():
    page = [
        (50, 720, "Hankkeen rahoitus on sanottu alla olevassa taulukossa."),
        (150, 690, "Myönnetty"),
        (300, 690, "Toteutunut"),
        (50, 670, "EU-"),
        (50, 650, "rahoitus"),
        (150, 660, "180 000"),
        (300, 660, "171 250"),
        (50, 630, "Kunnat"),
        (150, 636, "20 000,"),
        (150, 624, "arviolta"),
        (300, 630, "19 000"),
    ]

    _kind, blocks, _title = read_blocks(pdf_of([drawn(page)]))

    assert [block.cells for block in blocks] == [
        (),
        ("", "Myönnetty", "Toteutunut"),
        ("EU- rahoitus", "180 000", "171 250"),
        ("Kunnat", "20 000, arviolta", "19 000"),
    ]


def test_sums_at_the_edges_of_pages_are_no_page_numbers():
    pages = []
    for payer, given, spent in (("Kunnat", 30, 28), ("Valtio", 20, 19), ("Yritykset", 10, 9)):
        row = [(50, 640, payer), (200, 640, f"{given} 000"), (350, 640, f"{spent} 000")]
        told = (50, 700, f"{payer} antoivat rahaa, jota jonkin verran jäi vielä käyttämättä.")
        pages.append(drawn([told, *row]))

    _kind, blocks, _title = read_blocks(pdf_of(pages))
    text = "\n".join(block.text for block in blocks)

    assert all(f"{number} 000" in text for number in (30, 28, 20, 19, 10))


def test_what_stands_on_every_page_is_left_out():
    page = "Hankkeen loppuraportti\n\nTeksti {n} kertoo asian {n} tästä hankkeesta.\n\nSivu {n}\n\n"
    text = "".join(page.format(n=number) for number in range(1, 5))

    _kind, blocks, _title = read_blocks(text.encode())

    assert [block.text[:6] for block in blocks] == ["Teksti"] * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_plain_text_is_read_in_any_encoding_of_windows(encoding):
    _kind, blocks, _title = read_blocks("Työtä ja ”iloa” – 5 €".encode(encoding))

    assert blocks[0].text == "Työtä ja ”iloa” – 5 €"


def test_a_word_divided_at_the_end_of_a_line_is_whole_again():
    _kind, blocks, _title = read_blocks("Hankkeen kehittä-\nmistyö ja sosiaali-\nja".encode())

    assert blocks[0].text == "Hankkeen kehittämistyö ja sosiaali- ja"


def archive(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/").replace("_", "."), text)
    return stream.getvalue()


def changed(name: str, text: str) -> bytes:
    """A Word file with one more part, or another instead of its own."""
    source = zipfile.ZipFile(io.BytesIO(written(TEXT, "docx")))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for each in source.namelist():
            if each != name:
                file.writestr(each, source.read(each))
        file.writestr(name, text)
    return stream.getvalue()


ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
HOSTILE = {
    "empty": b"",
    "blank": b" \n ",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "a program": b"MZ" + bytes(200),
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "rich text": rb"{\rtf1 Hanke}",
    "noise": bytes(range(256)) * 20,
    "half a document": written(TEXT, "docx")[:3000],
    "another archive": archive(a_txt="x"),
    "a spreadsheet": archive(xl__workbook_xml="<x/>", content_xml="<x/>"),
    "an entity": changed("word/document.xml", ENTITY),
    "a macro": changed("word/vbaProject.bin", "x"),
    "a bomb": changed("word/media/a.bin", "0" * 60_000_000),
    "half a pdf": written(TEXT, "pdf")[:300],
    "a pdf without text": pdf(3),
    "no words": b"<html><body><script>x</script></body></html>",
    "a deep page": b"<html><body>" + b"<div>" * 5000 + b"x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_damaged_or_hostile_gets_a_message(name):
    with override("en"), pytest.raises(Unreadable) as told:
        read_blocks(HOSTILE[name])

    assert len(str(told.value)) > 15


def test_a_document_with_remarks_of_reviewers_is_read():
    remark = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:comment w:id="1"><w:p><w:r><w:t>Eipä</w:t></w:r></w:p></w:comment></w:comments>'
    )

    _kind, blocks, _title = read_blocks(changed("word/comments.xml", remark))

    assert "Eipä" not in " ".join(block.text for block in blocks)
