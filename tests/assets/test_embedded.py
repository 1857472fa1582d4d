"""What lies inside an office document, and parts that are hard to read."""

import pytest

from cms.assets.validation import check_document
from tests.assets.office_parts import W, field, related

from .files import office, svg, upload
from .test_documents import refusal


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-be", "utf-16-le", "utf-32", "latin-1", "utf-7", "cp037"]
)
def test_a_document_type_is_found_in_every_encoding(encoding):
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<!DOCTYPE a [<!ENTITY b SYSTEM "http://example.org/">]><a>&b;</a>'
    )
    for part in ("word/document.xml", "word/odd.bin", "customXml/item1.xml", "word/a.vml"):
        data = office(more={part: text.encode(encoding)})
        if part.endswith(".bin") and encoding in {"utf-7", "cp037"}:
            continue  # no reader takes it for XML
        assert refusal("a.docx", data)[0] in {"document_damaged", "office_outside"}


def test_what_hides_in_an_embedded_document_is_found():
    inner = related("image", "http://example.org/a.png")
    data = office("pptx", {"ppt/embeddings/a.docx": inner})
    assert refusal("a.pptx", data)[0] == "office_outside"


@pytest.mark.parametrize("stream", ["\x01Ole10Native", "_VBA_PROJECT", "\x03LinkInfo"])
def test_an_old_object_with_a_program_macros_or_a_link_is_refused(stream):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")
    code, _message = refusal("a.docx", office(more={"word/embeddings/oleObject1.bin": data}))
    assert code in {"office_program", "office_macros", "office_template"}


def test_a_drawing_inside_a_document_fetches_nothing():
    for inner in ('<image xlink:href="http://example.org/a.png"/>', "<script>x</script>",
                  "<style>@import 'http://example.org/a.css';</style>",
                  '<rect fill="url(http://example.org/a)"/>'):  # fmt: skip
        data = office(more={"word/media/image1.svg": svg(inner)})
        assert refusal("a.docx", data)[0].startswith("office_")
    check_document(upload("a.docx", office(more={"word/media/image1.svg": svg()})))


def test_a_document_that_takes_too_long_is_refused(monkeypatch):
    from cms.assets import inspection

    monkeypatch.setitem(inspection.TASKS, "office-check", ("office:check_office", 0.01))
    assert refusal("a.docx", office())[0] == "office_limits"


def test_deep_nesting_is_refused_not_crashed_on():
    data = office(more={"word/document.xml": "<a>" * 100_000 + "</a>" * 100_000})
    assert refusal("a.docx", data)[0] == "document_damaged"


def test_a_document_keeps_its_long_parts():
    rows = "<w:p><w:t>Hei maailma</w:t></w:p>" * 200_000
    text = f'<w:document xmlns:w="{W}">{rows}<w:p>{field("DDEAUTO a b")}</w:p></w:document>'
    assert refusal("a.docx", office(more={"word/document.xml": text}))[0] == "office_field"
