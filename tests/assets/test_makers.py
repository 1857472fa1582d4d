"""Who made a document, who changed it and with what company's program is nobody's business."""

import io
import zipfile

import docx
import openpyxl
import pytest
from django.core.management import call_command
from pypdf import PdfReader
from pypdf.generic import ArrayObject, NameObject

from cms.assets.metadata import clean_document
from cms.assets.models import CustomDocument
from cms.assets.validation import check_document

from .files import odt, office, pdf, text_pdf, upload
from .office_parts import ODF, P, S, W
from .test_documents import encrypted, refusal
from .test_pdf_actions import made, on_page, on_root
from .test_photographs import photograph, tells

pytestmark = pytest.mark.one_database

NAME = "Maija Tekijä"
APP = f"<Properties><Company>{NAME}</Company><Pages>3</Pages><Manager>{NAME}</Manager></Properties>"
ABSOLUTE = (
    f'<workbook xmlns="{S}" xmlns:mc="m" mc:Ignorable="x15"><mc:AlternateContent>'
    f'<x15ac:absPath xmlns:x15ac="x" url="C:\\{NAME}"/></mc:AlternateContent>'
    f'<fileSharing userName="{NAME}"/></workbook>'
)


def cleaned(name, data):
    check_document(upload(name, data))
    found = clean_document(upload(name, data)).read()
    assert clean_document(upload(name, found)).read() == found
    check_document(upload(name, found))
    return found


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word():
    document = docx.Document()
    document.core_properties.author = document.core_properties.last_modified_by = NAME
    document.core_properties.title = "Opas"
    document.add_paragraph("Hei")
    document.add_picture(io.BytesIO(photograph("JPEG")))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_letter_forgets_its_author_and_the_camera_of_its_pictures():
    before = word()
    after = cleaned("a.docx", before)
    document = docx.Document(io.BytesIO(after))
    assert document.core_properties.author == document.core_properties.last_modified_by == ""
    assert document.core_properties.title == "Opas"
    assert not tells(parts(after)["word/media/image1.jpg"])
    same = [name for name, data in parts(before).items() if parts(after)[name] == data]
    assert "word/document.xml" in same
    assert "word/styles.xml" in same


@pytest.mark.parametrize(
    ("name", "part", "text"),
    [
        ("a.docx", "docProps/app.xml", APP),
        ("a.docx", "docProps/custom.xml", f"<Properties><property>{NAME}</property></Properties>"),
        ("a.docx", "word/people.xml",
         f'<w:people xmlns:w="{W}"><w:person a="{NAME}"/></w:people>'),
        ("a.docx", "customXml/item1.xml",
         f"<p:properties xmlns:p='p'><documentManagement>{NAME}</documentManagement>"
         "</p:properties>"),
        ("a.xlsx", "xl/workbook.xml", ABSOLUTE),
        ("a.xlsx", "xl/persons/person.xml",
         f'<personList><person displayName="{NAME}"/></personList>'),
        ("a.pptx", "ppt/commentAuthors.xml",
         f'<p:cmAuthorLst {P}><p:cmAuthor name="{NAME}"/></p:cmAuthorLst>'),
        ("a.odt", "meta.xml",
         f"<office:document-meta {ODF}><meta:initial-creator>{NAME}</meta:initial-creator>"
         f'<meta:template xlink:href="file:///C:/{NAME}/a.ott"/></office:document-meta>'),
    ],
)  # fmt: skip
def test_each_place_for_a_name_is_emptied(name, part, text):
    kind = name[2:]
    data = odt({part: text}) if kind == "odt" else office(kind, {part: text})
    after = parts(cleaned(name, data))
    assert NAME.encode() in parts(data)[part]
    assert NAME.encode() not in b"".join(after.values())
    assert list(after) == list(parts(data))


def test_a_workbook_opens_as_before():
    book = openpyxl.Workbook()
    book.properties.creator = NAME
    book.active["A1"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    after = openpyxl.load_workbook(io.BytesIO(cleaned("a.xlsx", out.getvalue())))
    assert after.active["A1"].value == "=1+1"
    assert after.properties.creator != NAME


def test_a_signed_document_stays_as_it_is():
    data = office(more={"_xmlsignatures/sig1.xml": "<a/>", "docProps/app.xml": APP})
    assert cleaned("a.docx", data) == data


@pytest.mark.parametrize(
    ("name", "part", "text"),
    [
        ("a.docx", "word/comments.xml", f'<w:comments xmlns:w="{W}"><w:comment/></w:comments>'),
        ("a.docx", "word/document.xml",
         f'<w:document xmlns:w="{W}"><w:ins w:author="M"/></w:document>'),
        ("a.docx", "word/header1.xml", f'<w:hdr xmlns:w="{W}"><w:p><w:del/></w:p></w:hdr>'),
        ("a.docx", "word/styles.xml", f'<w:styles xmlns:w="{W}"><w:rPrChange/></w:styles>'),
        ("a.xlsx", "xl/comments1.xml", f'<comments xmlns="{S}"><comment ref="A1"/></comments>'),
        ("a.xlsx", "xl/threadedComments/threadedComment1.xml",
         '<a xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
         "<threadedComment/></a>"),
        ("a.pptx", "ppt/comments/comment1.xml", f"<p:cmLst {P}><p:cm/></p:cmLst>"),
        ("a.odt", "content.xml", f"<office:text {ODF}><office:annotation/></office:text>"),
        ("a.odt", "content.xml",
         f"<office:text {ODF}><text:tracked-changes><text:changed-region/></text:tracked-changes>"
         "</office:text>"),
    ],
)  # fmt: skip
def test_comments_and_tracked_changes_are_refused_with_the_remedy(name, part, text):
    kind = name[2:]
    data = odt({part: text}) if kind == "odt" else office(kind, {part: text})
    code, message = refusal(name, data)
    assert code == "office_review"
    assert "delete the comments" in message


def told(writer):
    writer.add_metadata({"/Author": NAME, "/Company": NAME, "/Title": "Opas", "/Producer": "x"})
    on_root("/PieceInfo", {"/Word": {"/Private": NAME}})(writer)


def test_a_pdf_forgets_its_author_and_keeps_its_title_and_pages():
    after = cleaned("a.pdf", pdf(3, told))
    reader = PdfReader(io.BytesIO(after))
    assert dict(reader.metadata) == {"/Title": "Opas"}
    assert len(reader.pages) == 3
    assert NAME.encode() not in after
    assert NAME.encode("utf-16-be") not in after


def noted(writer):
    from pypdf.generic import StreamObject

    stream = StreamObject()
    stream.set_data(
        f"<rdf:RDF><dc:creator>{NAME}</dc:creator><pdfuaid:part>1</pdfuaid:part></rdf:RDF>".encode()
    )
    writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)
    writer.add_metadata({"/Title": "Opas"})


def test_an_accessible_pdf_goes_on_saying_that_it_is_accessible():
    after = cleaned("a.pdf", pdf(1, noted))
    notes = PdfReader(io.BytesIO(after)).trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1<" in notes
    assert "Opas" in notes
    assert NAME not in notes


def test_a_typed_text_on_a_page_forgets_who_typed_it():
    note = {"/Type": "/Annot", "/Subtype": "/FreeText", "/T": NAME, "/Contents": "Teksti"}
    after = cleaned("a.pdf", pdf(1, on_page("/Annots", [{**note, "/Rect": [0, 0, 9, 9]}])))
    assert PdfReader(io.BytesIO(after)).pages[0]["/Annots"][0].get_object()["/Contents"] == "Teksti"
    assert NAME.encode("utf-16-be") not in after


def signed(writer):
    told(writer)
    field = {"/FT": "/Sig", "/T": "s", "/V": {"/Type": "/Sig", "/ByteRange": [0, 1, 2, 3]}}
    on_root("/AcroForm", {"/Fields": [field]})(writer)


@pytest.mark.parametrize(
    "data",
    [pdf(1, signed), encrypted(user_password="", owner_password="x"), text_pdf("Hei")],
    ids=["signed", "locked", "nothing to take out"],
)
def test_some_pdfs_stay_as_they_are(data):
    assert cleaned("a.pdf", data) == data
    assert made([1]) == ArrayObject([1])


@pytest.mark.django_db
def test_documents_are_cleaned_however_they_come_and_stored_ones_by_the_command():
    document = CustomDocument.objects.create(title="x", file=upload("a.docx", word()))
    with document.file.open("rb") as stream:
        assert NAME.encode() not in parts(stream.read())["docProps/core.xml"]
    name, storage = document.file.name, document.file.storage
    storage.delete(name)
    storage.save(name, upload("a.docx", word()))
    call_command("clean_files", verbosity=0)
    document = CustomDocument.objects.get()
    assert document.file.name == name
    with document.file.open("rb") as stream:
        data = stream.read()
    assert NAME.encode() not in parts(data)["docProps/core.xml"]
    assert document.file_size == len(data)
    assert document.text.startswith("Hei")
