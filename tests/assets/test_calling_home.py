"""Word, Excel and PowerPoint that would fetch, start or give away something when opened."""

import io

import openpyxl
import pytest

from cms.assets.validation import check_document
from tests.assets.office_parts import (
    OFFICE,
    STRICT,
    P,
    field,
    nested,
    odf_text,
    related,
    sheet,
    word_body,
)

from .files import office, upload
from .test_documents import refusal


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
