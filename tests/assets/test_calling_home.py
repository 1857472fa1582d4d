"""Office documents that would fetch, start or give away something when they are opened."""

import io

import openpyxl
import pytest

from cms.assets.validation import check_document

from .files import odt, office, svg, upload
from .test_documents import refusal

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def related(kind, target, mode=' TargetMode="External"', family=OFFICE):
    text = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{family}{kind}" Target="{target}"{mode}/></Relationships>'
    )
    return office(more={"word/_rels/document.xml.rels": text})


def word_body(inner, prefix="<?xml version='1.0'?>"):
    text = f'{prefix}<w:document xmlns:w="{W}"><w:body><w:p>{inner}</w:p></w:body></w:document>'
    return office(more={"word/document.xml": text})


def sheet(inner, part="xl/worksheets/sheet1.xml"):
    return office("xlsx", {part: f'<worksheet xmlns="{S}">{inner}</worksheet>'})


def field(*pieces):
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    mark = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    return mark % "begin" + runs + mark % "separate" + mark % "end"


def nested(*inner):
    mark = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    return mark % "begin" + "".join(field(piece) for piece in inner) + mark % "end"


def odf_text(inner):
    return odt({"content.xml": f"<office:document-content {ODF}>{inner}</office:document-content>"})


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "http://example.org/a.png"),
        ("image", "file://host/a.png"),
        ("image", r"\\host\share\a.png"),
        ("IMAGE", "https://example.org/a.png"),
        ("subDocument", "https://example.org/a.docx"),
        ("aFChunk", "https://example.org/a.html"),
        ("attachedTemplate", "file:///C:/Users/x/a.dotm"),
        ("oleObject", r"file:///\\host\a.xlsx"),
        ("video", "https://example.org/a.mp4"),
        ("audio", "http://example.org/a.mp3"),
        ("media", "http://example.org/a.mp4"),
        ("externalLinkPath", "http://example.org/a.xlsx"),
        ("mailMergeSource", "file:///C:/a.csv"),
        ("transform", "https://example.org/a.xsl"),
        ("invented", "https://example.org/a"),
        ("hyperlink", "javascript:alert(1)"),
        ("hyperlink", "jav&#9;ascript:alert(1)"),
        ("hyperlink", r"\\host\share\a.docx"),
        ("hyperlink", "//host/share"),
        ("hyperlink", "%5C%5Chost%5Cshare"),
        ("hyperlink", "file://host/share"),
        ("hyperlink", "ms-msdt:/id"),
        ("hyperlink", "search-ms:query=a"),
        ("hyperlink", r"http:\\host\share"),
    ],
)
@pytest.mark.parametrize("family", [OFFICE, STRICT])
def test_a_relation_that_leads_out_is_refused(kind, target, family):
    code, message = refusal("a.docx", related(kind, target, family=family))
    assert code in {"office_outside", "office_link", "office_template"}
    assert "(" in message


@pytest.mark.parametrize(
    "kind", ["aFChunk", "externalLink", "connections", "queryTable", "webextensiontaskpanes",
             "control", "extensibility", "vbaProject", "xmlMaps", "invented"],
)  # fmt: skip
def test_a_part_of_a_kind_that_is_not_on_the_list_is_refused(kind):
    assert refusal("a.docx", related(kind, "part.xml", mode=""))[0] == "office_unknown"


@pytest.mark.parametrize(
    "target",
    ["https://example.org/a?b=c:d#e", "HTTP://example.org", "mailto:a@example.org",
     "tel:+358501234567", "#kohta", "opas.docx", "liitteet/a%20b.pdf", ""],
)  # fmt: skip
def test_ordinary_links_stay(target):
    check_document(upload("a.docx", related("hyperlink", target)))
    check_document(upload("a.docx", word_body(field(f' HYPERLINK "{target}" \\o "Sivu" '))))
    check_document(upload("a.odt", odf_text(f'<text:a xlink:href="{target}">x</text:a>')))


@pytest.mark.parametrize(
    "inner",
    [
        field(" DDEAUTO c:\\\\windows\\\\cmd.exe x "),
        field(" dde excel a b "),
        field(" DD", "EAU", "TO a b"),
        field(' INCLUDEPICTURE "https://example.org/a.png" \\d '),
        field(' INCLUDETEXT "https://example.org/a.docx" '),
        field(" LINK Excel.Sheet.8 a b "),
        field(" DATABASE \\d a "),
        field(' RD "a.docx" '),
        field(" MACROBUTTON AutoOpen x "),
        field(' HYPERLINK "javascript:alert(1)" '),
        field(' HYPERLINK "\\\\\\\\host\\\\share" '),
        field(" HYPERLINK file://host/share "),
        nested(" QUOTE 68 68 69 65 85 84 79 ", " QUOTE 99 "),
        '<w:fldSimple w:instr=" INCLUDEPICTURE https://example.org/a "/>',
        "<w:instrText> DDEAUTO a b </w:instrText>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE a</w:instrText></w:r>',
    ],
)
def test_a_field_that_fetches_or_starts_something_is_refused(inner):
    assert refusal("a.docx", word_body(inner))[0] in {"office_field", "office_link"}


@pytest.mark.parametrize(
    "instruction",
    [" PAGE ", "NUMPAGES \\* Arabic", ' TOC \\o "1-3" \\h ', "PAGEREF _Toc1 \\h",
     ' DATE \\@ "d.M.y" ', " SEQ Kuva \\* ARABIC ", "= SUM(ABOVE) ", "=2*3", " ADDIN EN.CITE x",
     ' HYPERLINK \\l "kohta" '],
)  # fmt: skip
def test_ordinary_fields_stay(instruction):
    check_document(upload("a.docx", word_body(field(instruction))))


def test_a_field_within_a_field_stays_where_both_are_ordinary():
    mark = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    outer = (
        "<w:instrText> IF </w:instrText>" + field(" PAGE ") + "<w:instrText> = 1 a b</w:instrText>"
    )
    check_document(upload("a.docx", word_body(mark % "begin" + outer + mark % "end")))


@pytest.mark.parametrize(
    "inner",
    [
        "<c><f>WEBSERVICE(&quot;https://example.org&quot;)</f></c>",
        "<c><f>1+_xlfn.WEBSERVICE(A1)</f></c>",
        "<c><f>_xlfn.IMAGE(A1)</f></c>",
        "<c><f>RTD(A1,,B1)</f></c>",
        "<c><f>cmd|'/c calc'!A1</f></c>",
        '<c><f>HYPERLINK("\\\\host\\share","x")</f></c>',
        '<c><f>HYPERLINK("file://host/a")</f></c>',
        "<c><f>'\\\\host\\[a.xlsx]S'!A1</f></c>",
        "<dataValidation><formula1>webservice(A1)</formula1></dataValidation>",
        "<definedNames><definedName name='a'>CALL(A1)</definedName></definedNames>",
        "<oleObjects><oleObject link='[1]!a' oleUpdate='OLEUPDATE_ALWAYS'/></oleObjects>",
        "<ddeLink ddeService='cmd' ddeTopic='/c calc'/>",
    ],
)
def test_a_formula_that_reaches_out_is_refused(inner):
    assert refusal("a.xlsx", sheet(inner))[0].startswith("office_")


@pytest.mark.parametrize(
    "formula",
    ["SUM(A1:B2)", 'HYPERLINK("https://example.org","x")', 'IF(A1="a|b",1,2)', "'Yhteensä 1'!A1",
     'TEXT(A1,"\\0")', "IMPORTANCE_1+1", 'A1&" file: "', "Sheet1!A1*_xlfn.XLOOKUP(A1,B:B,C:C)"],
)  # fmt: skip
def test_ordinary_formulas_stay(formula):
    check_document(upload("a.xlsx", sheet(f"<c><f>{formula.replace('&', '&amp;')}</f></c>")))


def test_a_workbook_with_a_chart_a_picture_and_links_stays():
    book = openpyxl.Workbook()
    rows = book.active
    rows.append(["Vuosi", "Euroa"])
    rows.append([2024, "=SUM(1,2)"])
    rows["A3"].hyperlink = "https://example.org/"
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(rows, min_col=2, min_row=1, max_row=2))
    rows.add_chart(chart, "C3")
    out = io.BytesIO()
    book.save(out)
    check_document(upload("a.xlsx", out.getvalue()))


P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
R = f'xmlns:r="{OFFICE.rstrip("/")}"'


@pytest.mark.parametrize(
    "inner",
    [
        f'<a:hlinkClick {A} action="ppaction://program"/>',
        f'<a:hlinkClick {A} action="ppaction://macro?name=a"/>',
        f'<a:hlinkMouseOver {A} {R} r:id="rId1"/>',
        f'<p:cmd {P} type="verb" cmd="0"/>',
    ],
)
def test_a_slide_that_starts_something_is_refused(inner):
    assert refusal("a.pptx", office("pptx", {"ppt/slides/slide1.xml": inner}))[0] == "office_action"


def test_a_slide_that_jumps_stays():
    inner = f'<a:hlinkClick {A} {R} r:id="" action="ppaction://hlinkshowjump?jump=nextslide"/>'
    check_document(upload("a.pptx", office("pptx", {"ppt/slides/slide1.xml": inner})))


V = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


@pytest.mark.parametrize(
    "inner",
    [
        f'<v:imagedata {V} src="http://example.org/a.png"/>',
        f'<v:imagedata {V} o:href="file://host/a.png"/>',
        rf'<v:fill {V} src="\\host\a.png"/>',
        f'<v:shape {V} href="javascript:alert(1)"/>',
        f'<o:OLEObject {V} Type="Link"/>',
    ],
)
def test_an_old_drawing_that_fetches_is_refused(inner):
    assert refusal("a.docx", word_body(inner))[0].startswith("office_")
    open_tag = f"<xml><br>{inner}</xml>"
    if "src" in inner:
        data = office("xlsx", {"xl/drawings/vmlDrawing1.vml": open_tag})
        assert refusal("a.xlsx", data)[0] == "office_outside"


def test_an_old_drawing_with_open_tags_stays():
    text = f'<xml {V}><v:shape id="a"><br></v:shape></xml>'
    check_document(upload("a.xlsx", office("xlsx", {"xl/drawings/vmlDrawing1.vml": text})))


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

    monkeypatch.setitem(inspection.SECONDS, "office-check", 0.01)
    assert refusal("a.docx", office())[0] == "office_limits"


def test_deep_nesting_is_refused_not_crashed_on():
    data = office(more={"word/document.xml": "<a>" * 100_000 + "</a>" * 100_000})
    assert refusal("a.docx", data)[0] == "document_damaged"


def test_a_document_keeps_its_long_parts():
    rows = "<w:p><w:t>Hei maailma</w:t></w:p>" * 200_000
    text = f'<w:document xmlns:w="{W}">{rows}<w:p>{field("DDEAUTO a b")}</w:p></w:document>'
    assert refusal("a.docx", office(more={"word/document.xml": text}))[0] == "office_field"
