"""OpenDocument that would fetch, start or give away something when it is opened."""

import pytest

from cms.assets.validation import check_document
from tests.assets.office_parts import ODF, odf_text

from .files import odt, upload
from .test_documents import refusal


@pytest.mark.parametrize(
    "inner",
    [
        '<draw:image xlink:href="http://example.org/a.png"/>',
        '<draw:image xlink:href="../a.png"/>',
        '<draw:image xlink:href="/etc/a.png"/>',
        '<draw:object xlink:href="file://host/a.ods"/>',
        '<text:section-source xlink:href="https://example.org/a.odt"/>',
        '<table:table-source xlink:href="https://example.org/a.ods"/>',
        '<table:cell-range-source xlink:href="https://example.org/a.ods"/>',
        '<text:dde-connection-decl office:dde-application="soffice"/>',
        '<office:dde-source office:dde-application="cmd"/>',
        '<draw:plugin xlink:href="https://example.org/a"/>',
        '<draw:floating-frame xlink:href="https://example.org/a"/>',
        '<svg:font-face-uri xlink:href="https://example.org/a.ttf"/>',
        '<office:scripts><office:script script:language="Basic"/></office:scripts>',
        "<office:event-listeners><script:event-listener/></office:event-listeners>",
        '<presentation:event-listener presentation:action="execute"/>',
        '<text:execute-macro text:name="a"/>',
        "<text:database-display/>",
        '<text:a xlink:href="javascript:alert(1)">x</text:a>',
        '<text:a xlink:href="file://host/share">x</text:a>',
        '<text:a xlink:href="vnd.sun.star.script:a">x</text:a>',
        '<table:table-cell table:formula="of:=WEBSERVICE([.A1])"/>',
        '<table:table-cell table:formula="of:=DDE(&quot;a&quot;;&quot;b&quot;)"/>',
        "<table:table-cell table:formula=\"of:='file://host/a.ods'#$S.A1\"/>",
        '<office:text xml:base="http://example.org/"><draw:image xlink:href="a"/></office:text>',
    ],
)
def test_an_open_document_that_fetches_is_refused(inner):
    assert refusal("a.odt", odf_text(inner))[0].startswith("office_")
    inside = {
        "Object 1/content.xml": f"<office:document-content {ODF}>{inner}</office:document-content>"
    }
    assert refusal("a.odt", odt(inside))[0].startswith("office_")


@pytest.mark.parametrize(
    "inner",
    [
        '<draw:image xlink:href="Pictures/a.png"/>',
        '<draw:object xlink:href="./Object 1"/>',
        '<presentation:event-listener presentation:action="next-page"/>',
        '<table:table-cell table:formula="of:=SUM({1;2|3;4})"/>',
    ],
)
def test_what_stays_in_an_open_document_stays(inner):
    check_document(upload("a.odt", odf_text(inner)))
