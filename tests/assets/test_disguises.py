"""The same harm written another way: what a search for one spelling would let through."""

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from .files import odt, office, pdf, picture
from .test_documents import SCRIPT, refusal
from .test_images import refusal as refusal_of_picture

TEMPLATE = (
    '<Relationships><Relationship Id="a" Target="https://example.org/a.dotm" Type="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" %s/>'
    "</Relationships>"
)
RELATIONS = "word/_rels/settings.xml.rels"
WINDOWS_PROGRAM = b"MZ" + bytes(76) + b"!This program cannot be run in DOS mode.\r\n$" + bytes(99)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (RELATIONS, TEMPLATE % "TargetMode='External'"),
        (RELATIONS, TEMPLATE % 'TargetMode = "External"'),
        (RELATIONS, TEMPLATE % 'TargetMode="Extern&#97;l"'),
        (RELATIONS, (TEMPLATE % 'TargetMode="External"').encode("utf-16")),
        ("word/_rels/settings.xml.RELS", TEMPLATE % 'TargetMode="External"'),
    ],
)
def test_a_template_from_elsewhere_is_found_however_it_is_written(name, text):
    assert refusal("a.docx", office(more={name: text}))[0] == "office_template"


def test_an_ordinary_link_is_not_a_template():
    link = (TEMPLATE % 'TargetMode="External"').replace("attachedTemplate", "hyperlink")
    with pytest.raises(pytest.fail.Exception):
        refusal("a.docx", office(more={RELATIONS: link}))


def test_relations_that_cannot_be_read_are_refused():
    assert refusal("a.docx", office(more={RELATIONS: "<a><b></a>"}))[0] == "document_damaged"
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refusal("a.docx", office(more={RELATIONS: bomb}))[0] == "document_damaged"


def test_an_event_that_runs_a_macro_of_the_readers_program_is_refused():
    content = '<a xmlns:script="s"><script:event-listener script:event-name="dom:load"/></a>'
    assert refusal("a.odt", odt({"content.xml": content}))[0] == "office_macros"


def launch_by_reference(writer: PdfWriter) -> None:
    kind = writer._add_object(NameObject("/Launch"))
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): kind})


def script_address(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {
            NameObject("/S"): NameObject("/URI"),
            NameObject("/URI"): TextStringObject(" JavaScript:alert(1)"),
        }
    )


def script_of_a_form(writer: PdfWriter) -> None:
    stream = StreamObject()
    stream.set_data(b"<xdp/>")
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/XFA"): writer._add_object(stream)}
    )


def script_of_a_parent(writer: PdfWriter) -> None:
    parent = writer._add_object(DictionaryObject({NameObject("/AA"): SCRIPT}))
    writer.pages[0][NameObject("/Annots")] = ArrayObject(
        [DictionaryObject({NameObject("/Parent"): parent})]
    )


@pytest.mark.parametrize(
    "change", [launch_by_reference, script_address, script_of_a_form, script_of_a_parent]
)
def test_an_action_of_a_pdf_is_found_wherever_it_stands(change):
    assert refusal("a.pdf", pdf(2, change))[0] == "pdf_active"


def test_a_program_attached_to_a_pdf_is_refused_and_a_table_is_not():
    attach = lambda name: lambda writer: writer.add_attachment(name, b"x")  # noqa: E731
    assert refusal("a.pdf", pdf(1, attach("setup.EXE")))[0] == "pdf_hidden"
    with pytest.raises(pytest.fail.Exception):
        refusal("a.pdf", pdf(1, attach("tulokset.xlsx")))


@pytest.mark.parametrize(
    "data",
    [pdf() + b"<html><script>alert(1)</script>", b"%PDF-1.7\n%<script>x</script>\n" + pdf()],
)
def test_a_pdf_that_is_also_a_page_is_refused(data):
    assert refusal("a.pdf", data)[0] == "pdf_hidden"


@pytest.mark.parametrize(
    "program", [WINDOWS_PROGRAM, b"\x7fELF\2\1\1" + bytes(60)], ids=["MZ", "ELF"]
)
@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.gif", "GIF")])
def test_a_program_behind_a_picture_is_refused(name, kind, program):
    assert refusal_of_picture(name, picture(kind) + program)[0] == "image_hidden_content"
