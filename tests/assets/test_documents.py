import contextlib
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from cms.assets import inspection
from cms.assets.validation import check_document

from .files import add_launch, archive, odt, office, pdf, picture, text_pdf, upload, word


def refusal(name, data):
    with pytest.raises(ValidationError) as caught:
        check_document(upload(name, data))
    message = caught.value.messages[0]
    assert len(message) > 15
    assert "%(" not in message
    return caught.value.code, message


def bomb_of(megabytes: int) -> bytes:
    return bytes(megabytes * 1024 * 1024)


def encrypted(**passwords) -> bytes:
    return pdf(change=lambda writer: writer.encrypt(algorithm="AES-256", **passwords))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", pdf(3)),
        ("A.PDF", text_pdf("Opas")),
        ("locked-against-changes.pdf", encrypted(user_password="", owner_password="x")),
        ("a.docx", word("Hei")),
        ("a.xlsx", office("xlsx")),
        ("a.pptx", office("pptx", {"ppt/embeddings/chart.xlsx": office("xlsx")})),
        ("a.odt", odt()),
        ("a.txt", "Hyvää päivää\r\n\tمرحبا\n"),
        ("a.txt", "Привет".encode("utf-16")),
        ("a.txt", "1 < 2 & 3 > 2"),
    ],
)
def test_honest_documents_are_accepted(name, data):
    file = upload(name, data)
    check_document(file)
    assert file.tell() == 0


@pytest.mark.parametrize("extension", ["pdf", "docx", "xlsx", "pptx", "odt", "txt"])
@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00\x03\x00" + bytes(500),
        b"\x7fELF\x02\x01" + bytes(500),
        b"#!/bin/sh\nrm -rf /\n",
        b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        b"<?php system($_GET['c']); ?>",
        picture(),
        archive({"a.txt": "x"}),
        bytes(100),
    ],
    ids=["exe", "elf", "sh", "html", "php", "png", "zip", "nul"],
)
def test_what_only_bears_the_name_is_refused(extension, data):
    code, _ = refusal(f"opas.{extension}", data)
    assert code in {"content_mismatch", "text_markup"}


@pytest.mark.parametrize(
    "name", ["a.exe", "a.html", "a.svg", "a.docm", "a.js", "a.zip", "a", "a.pdf.exe"]
)
def test_other_extensions_are_refused_with_the_list(name):
    code, message = refusal(name, b"x")
    assert code == "file_extension"
    assert "docx, mp4, odt, pdf" in message


def test_size_limits(settings):
    assert refusal("a.pdf", b"")[0] == "file_empty"
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    assert refusal("a.txt", b"x" * 11)[0] == "file_too_large"


SCRIPT = DictionaryObject(
    {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
)


def javascript(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(SCRIPT)


def javascript_by_name(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/Names")] = DictionaryObject(
        {NameObject("/JavaScript"): DictionaryObject()}
    )


def javascript_on_a_page(writer: PdfWriter) -> None:
    writer.pages[1][NameObject("/AA")] = DictionaryObject({NameObject("/O"): SCRIPT})


@pytest.mark.parametrize(
    "change", [javascript, javascript_by_name, javascript_on_a_page, add_launch]
)
def test_a_pdf_that_acts_is_refused(change):
    code, message = refusal("a.pdf", pdf(2, change))
    assert code == "pdf_active"
    assert "JavaScript" in message


def test_a_pdf_that_needs_a_password_is_refused():
    assert refusal("a.pdf", encrypted(user_password="x"))[0] == "pdf_password"


def test_a_pdf_that_is_also_an_archive_is_refused():
    assert refusal("a.pdf", pdf() + archive({"a.class": "x"}))[0] == "pdf_hidden"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 40, pdf()[:150], text_pdf("x")[:200]],
)
def test_a_broken_pdf_is_refused_politely(data):
    assert refusal("a.pdf", data)[0] in {"pdf_damaged", "pdf_empty"}


def test_a_pdf_whose_pages_go_in_circles_is_refused():
    data = text_pdf("x").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    assert refusal("a.pdf", data)[0].startswith("pdf_")


def test_a_parser_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setitem(inspection.TASKS, "pdf-check", ("pdf:check_pdf", 0.01))
    assert refusal("a.pdf", pdf())[0] == "pdf_limits"


@pytest.mark.parametrize(
    ("code", "name", "data"),
    [
        ("archive_bomb", "a.docx", office(more={"word/media/a.bin": bomb_of(20)})),
        ("archive_bomb", "a.odt", odt({"a": bomb_of(20)})),
        (
            "archive_bomb",
            "a.xlsx",
            office("xlsx", {"xl/embeddings/a.docx": office(more={"a": bomb_of(20)})}),
        ),
        (
            "archive_bomb",
            "a.pptx",
            office("pptx", {"a.zip": archive({"b.zip": archive({"c.zip": archive({"d": "x"})})})}),
        ),
        ("archive_bomb", "a.docx", office(more={f"{i}": "" for i in range(10_001)})),
        ("office_macros", "a.docx", office(more={"word/vbaProject.bin": "x"})),
        (
            "office_macros",
            "a.docx",
            office(content_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
        ),
        ("office_macros", "a.xlsx", office("xlsx", {"xl/macrosheets/sheet1.xml": "<x/>"})),
        ("office_macros", "a.odt", odt({"Basic/Standard/Module1.xml": "<x/>"})),
        (
            "office_macros",
            "a.pptx",
            office("pptx", {"ppt/embeddings/a.xlsx": office("xlsx", {"xl/vbaProject.bin": "x"})}),
        ),
        (
            "office_template",
            "a.docx",
            office(
                more={
                    "word/_rels/settings.xml.rels": '<Relationship Type="http://schemas.openxml'
                    'formats.org/officeDocument/2006/relationships/attachedTemplate" '
                    'Target="https://example.org/a.dotm" TargetMode="External"/>'
                }
            ),
        ),
        ("office_program", "a.docx", office(more={"word/embeddings/evil.exe": "MZ"})),
        ("office_program", "a.docx", office(more={"word/media/image1.png": b"MZ" + bytes(99)})),
        ("office_protected", "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("content_mismatch", "a.docx", office("xlsx")),
        ("content_mismatch", "a.odt", word("x")),
        ("document_damaged", "a.docx", office(more={"../../etc/passwd": "x"})),
        ("document_damaged", "a.docx", word("x")[:-200]),
    ],
)
def test_office_documents_that_would_harm_are_refused(code, name, data):
    assert refusal(name, data)[0] == code


def test_a_document_type_in_the_parts_is_refused():
    data = archive(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><document/>',
        }
    )
    assert refusal("a.docx", data)[0] == "document_damaged"


def test_a_locked_archive_is_refused():
    data = bytearray(office())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as file:
        offsets = [info.header_offset for info in file.infolist()]
    for offset in offsets:
        data[offset + 6] |= 1
    start = data.find(b"PK\x01\x02")
    while start != -1:
        data[start + 8] |= 1
        start = data.find(b"PK\x01\x02", start + 4)
    assert refusal("a.docx", bytes(data))[0] == "office_protected"


@pytest.mark.parametrize("cut", range(0, 2000, 97))
def test_no_damage_of_an_archive_escapes(cut):
    data = bytearray(word("Hei maailma"))
    position = len(data) * cut // 2000
    data[position : position + 12] = b"\xff" * 12
    with contextlib.suppress(ValidationError):
        check_document(upload("a.docx", bytes(data)))


def test_text_in_another_encoding_says_what_to_choose():
    code, message = refusal("a.txt", "Hyvää päivää".encode("latin-1"))
    assert code == "text_encoding"
    assert "UTF-8" in message
