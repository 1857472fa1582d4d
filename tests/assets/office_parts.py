"""Parts of office documents, written as a text editor would."""

from .files import odt, office

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


P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
