"""What a PDF may do by itself and by a click."""

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from cms.assets.validation import check_document

from .files import pdf, upload
from .test_documents import refusal


def made(value):
    """Python as PDF: a string with a slash first is a name."""
    if isinstance(value, dict):
        return DictionaryObject({NameObject(key): made(item) for key, item in value.items()})
    if isinstance(value, list):
        return ArrayObject([made(item) for item in value])
    if isinstance(value, int):
        return NumberObject(value)
    if isinstance(value, float):
        return FloatObject(value)
    if isinstance(value, str):
        return NameObject(value) if value.startswith("/") else TextStringObject(value)
    return value


def on_root(key, value):
    return lambda writer: writer._root_object.update({NameObject(key): made(value)})


def on_page(key, value):
    return lambda writer: writer.pages[0].update({NameObject(key): made(value)})


def annotation(**entries):
    found = {f"/{key}": value for key, value in entries.items()}
    return on_page("/Annots", [{"/Type": "/Annot", "/Rect": [0, 0, 9, 9], **found}])


def click(action):
    return annotation(Subtype="/Link", A=action)


URI = {"/S": "/URI", "/URI": "https://example.org/"}
OUTSIDE = {"/Type": "/Filespec", "/F": "a.pdf"}
ACTIONS = [
    {"/S": "/SubmitForm", "/F": {"/FS": "/URL", "/F": "http://example.org/"}},
    {"/S": "/GoToR", "/F": r"\\host\share\a.pdf", "/D": [0, "/Fit"]},
    {"/S": "/GoToE", "/F": "a.pdf", "/D": [0, "/Fit"]},
    {"/S": "/Launch", "/F": "calc.exe"},
    {"/S": "/ImportData", "/F": "a.fdf"},
    {"/S": "/JavaScript", "/JS": "app.alert(1)"},
    {"/S": "/Rendition", "/OP": 0},
    {"/S": "/Movie"},
    {"/S": "/Sound"},
    {"/S": "/GoTo3DView"},
    {"/S": "/RichMediaExecute"},
    {"/S": "/Named", "/N": "/Print"},
    {"/S": "/Invented"},
    {"/S": "/URI", "/URI": "file://host/share"},
    {"/S": "/URI", "/URI": r"\\host\share"},
    {"/S": "/URI", "/URI": "java\nscript:alert(1)"},
    {"/S": "/Thread", "/F": "a.pdf"},
    {"/S": "/GoTo", "/D": [0, "/Fit"], "/Next": {"/S": "/SubmitForm", "/F": "http://example.org"}},
]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action["/S"])
@pytest.mark.parametrize(
    "place",
    [
        lambda action: on_root("/OpenAction", action),
        lambda action: on_root("/AA", {"/WC": action}),
        lambda action: on_page("/AA", {"/O": action}),
        lambda action: annotation(Subtype="/Widget", AA={"/Fo": action}),
        lambda action: annotation(Subtype="/Link", PA=action),
        click,
        lambda action: on_root("/AcroForm", {"/Fields": [{"/AA": {"/K": action}}]}),
        lambda action: on_root("/Outlines", {"/First": {"/A": action}}),
    ],
    ids=["open", "close", "page", "field", "before", "click", "form", "outline"],
)
def test_an_action_that_is_not_on_the_list_is_refused(action, place):
    code, message = refusal("a.pdf", pdf(1, place(action)))
    assert code in {"pdf_active", "pdf_action", "pdf_link", "pdf_outside"}
    assert "new PDF" in message or "anew" in message


@pytest.mark.parametrize(
    "change",
    [
        on_root("/OpenAction", URI),
        on_root("/AA", {"/WC": URI}),
        on_page("/AA", {"/O": URI}),
        annotation(Subtype="/Widget", AA={"/E": URI}),
        on_root("/OpenAction", {"/S": "/GoTo", "/D": [0, "/Fit"], "/Next": URI}),
    ],
)
def test_a_page_on_the_web_is_not_opened_by_itself(change):
    assert refusal("a.pdf", pdf(1, change))[0] == "pdf_action"


@pytest.mark.parametrize(
    "address",
    ["https://example.org/?a=b:c", "http://example.org", "mailto:a@example.org",
     "tel:+358501234567", "www.example.org", "#kohta"],
)  # fmt: skip
def test_a_link_that_somebody_clicks_stays(address):
    check_document(upload("a.pdf", pdf(1, click({"/S": "/URI", "/URI": address}))))


@pytest.mark.parametrize(
    "change",
    [
        on_root("/OpenAction", {"/S": "/GoTo", "/D": [0, "/Fit"]}),
        on_root("/OpenAction", [0, "/Fit"]),
        click({"/S": "/GoTo", "/D": "kohta"}),
        click({"/S": "/Named", "/N": "/NextPage"}),
        on_root("/Outlines", {"/First": {"/A": {"/S": "/GoTo", "/D": "kohta"}}}),
        on_page("/Trans", {"/S": "/R"}),
        on_page("/Group", {"/S": "/Transparency"}),
        annotation(Subtype="/Link", BS={"/S": "/U"}, Dest="kohta"),
        annotation(Subtype="/Widget", FT="/Tx", T="nimi"),
        annotation(Subtype="/FreeText", Contents="Teksti sivulla"),
        annotation(Subtype="/Highlight"),
    ],
)
def test_what_stays_in_the_file_stays(change):
    check_document(upload("a.pdf", pdf(1, change)))


@pytest.mark.parametrize("kind", ["/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/Invented"])
def test_sound_and_video_are_refused(kind):
    assert refusal("a.pdf", pdf(1, annotation(Subtype=kind)))[0] == "pdf_media"


def external_stream(writer: PdfWriter) -> None:
    stream = StreamObject()
    stream.set_data(b"")
    stream[NameObject("/F")] = TextStringObject(r"\\host\share\a.jpg")
    resources = {"/XObject": {"/Im0": writer._add_object(stream)}}
    writer.pages[0][NameObject("/Resources")] = made(resources)


@pytest.mark.parametrize(
    "change",
    [
        external_stream,
        on_root("/Names", {"/EmbeddedFiles": {"/Names": ["a", OUTSIDE]}}),
        on_root("/AF", [{"/FS": "/URL", "/F": "http://example.org/a"}]),
        on_page("/Resources", {"/XObject": {"/X": {"/Ref": {"/F": r"\\host\a.pdf", "/Page": 0}}}}),
        annotation(Subtype="/FileAttachment", FS=OUTSIDE),
    ],
)
def test_a_file_elsewhere_is_refused(change):
    assert refusal("a.pdf", pdf(1, change))[0] == "pdf_outside"


@pytest.mark.parametrize("kind", ["/Text", "/Highlight", "/StrikeOut"])
def test_remarks_are_refused(kind):
    code, message = refusal("a.pdf", pdf(1, annotation(Subtype=kind, Contents="Miksi?", T="Maija")))
    assert code == "pdf_review"
    assert "Delete" in message
