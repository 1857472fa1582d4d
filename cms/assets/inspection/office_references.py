"""Where a document may reach out of itself: relations between parts, Word's fields, formulas."""

import re
from functools import lru_cache

from . import Fault, is_inside, is_ordinary_link

# Relations are known by the last word of their type.
# What a reader's program opens as a template or an object, with whatever runs in it.
TEMPLATES = frozenset(("attachedtemplate", "oleobject", "frame"))
# ECMA-376 (parts 1 and 4), and what newer programs of Microsoft add to it.
_RELATIONS = """
audio calcchain cellimage certificate chart chartcolorstyle chartex chartsheet chartstyle
chartusershapes classificationlabels commentauthors comments commentsextended commentsextensible
commentsids core-properties ctrlprop custom-properties customdata customproperty customxml
customxmlprops diagramcolors diagramdata diagramdrawing diagramlayout diagramquickstyle
dialogsheet documenttasks drawing endnotes extended-properties featurepropertybag font fonttable
footer footnotes glossarydocument handoutmaster hdphoto header hyperlink image ink intelligence
keymapcustomizations labels legacydiagramtext media metadata model3d namedsheetviews notesmaster
notesslide numbering officedocument oleobject origin package people person pivotcachedefinition
pivotcacherecords pivottable presentationmetadata presprops printersettings rdarray rdrichvalue
rdrichvaluestructure rdrichvaluetypes rdsupportingpropertybag rdsupportingpropertybagstructure
revisionheaders revisioninfo revisionlog settings sharedstrings sheetmetadata signature slicer
slicercache slide slidelayout slidemaster styles styleswitheffects table tablestyles tags theme
themeoverride threadedcomment thumbnail timeline timelinecache timelinecachepivot usernames video
viewprops vmldrawing websettings workbookmetadata worksheet wssortmap
"""
RELATIONS = frozenset(_RELATIONS.split())


@lru_cache(maxsize=4096)
def split_name(name: str) -> tuple[str, str]:
    """The namespace, and the local name in lower case."""
    namespace, _blank, own = name.rpartition(" ")
    return namespace, own.lower()


def values(attributes: dict[str, str], *names: str) -> list[str]:
    """The values of all attributes with one of these local names, whatever their namespace."""
    return [value for key, value in attributes.items() if split_name(key)[1] in names]


def check_inside(target: str) -> None:
    """Raise a fault where ``target`` leads out of the document's own archive."""
    if not is_inside(target) or ".." in target.replace("\\", "/").split("/"):
        raise Fault("outside", target)


def css_fetches(css: str) -> bool:
    """Whether the style of a drawing inside the document reaches out of it."""
    plain = css.lower().replace("\\", "")
    targets = [part.strip(" '\"") for part in plain.split("url(")[1:]]
    return any(not target.startswith(("#", "data:")) for target in targets)


def check_relation(attributes: dict[str, str]) -> None:
    """Raise the fault of one ``Relationship``."""
    named = {split_name(key)[1]: text for key, text in attributes.items()}
    kind = named.get("type", "").strip().rstrip("/").rpartition("/")[2].lower()
    target = named.get("target", "")
    if named.get("targetmode", "").strip().lower() == "external":
        if kind in TEMPLATES:
            raise Fault("template", target)
        if kind != "hyperlink":
            raise Fault("outside", target)
        if not is_ordinary_link(target):
            raise Fault("link", target)
    elif kind not in RELATIONS:
        raise Fault("unknown", kind)
    elif kind != "hyperlink" and (":" in target or "\\" in target or target.startswith("//")):
        raise Fault("outside", target)


def check_vml(name: str, attributes: dict[str, str]) -> None:
    """Raise the fault of one element of the old drawings of Word and Excel."""
    if name == "oleobject" and "link" in [kind.lower() for kind in values(attributes, "type")]:
        raise Fault("template")
    for address in values(attributes, "src", "althref"):
        check_inside(address)
    for address in values(attributes, "href"):
        # What a picture in a letter was called there; no program can fetch it.
        if name in {"imagedata", "fill", "stroke"} and not address.lower().startswith("cid:"):
            check_inside(address)
        elif not address.lower().startswith("cid:") and not is_ordinary_link(address):
            raise Fault("link", address)


# Whatever computes from the document itself or from its reader. Not here: DDE, DDEAUTO, LINK,
# INCLUDE, INCLUDEPICTURE, INCLUDETEXT, IMPORT, DATABASE, RD, AUTOTEXT, MACROBUTTON, CONTROL.
_FIELD_CODES = """
= addin addressblock advance ask author autonum autonumlgl autonumout barcode bibliography
bidioutline citation comments compare createdate date displaybarcode docproperty docvariable
edittime embed eq filename filesize fillin formcheckbox formdropdown formtext gotobutton
greetingline hyperlink if index info keywords lastsavedby listnum mergebarcode mergefield mergerec
mergeseq next nextif noteref numchars numpages numwords page pageref print printdate private quote
ref revnum savedate section sectionpages seq set shape skipif styleref subject symbol ta tc
template time title toa toc useraddress userinitials username xe
"""
FIELD_CODES = frozenset(_FIELD_CODES.split())
NESTED = "\ue000"
FIRST_WORD = re.compile(r"=|[^\s\"\\=]+")
HYPERLINK = re.compile(r"hyperlink\s+(?!\\)(?:\"([^\"]*)\"|(\S+))", re.I)


def check_instruction(text: str) -> None:
    """Raise the fault of one field; a field inside another stands in its text as ``NESTED``.

    The first word names the field. One that is spelt by fields inside it (``QUOTE 68 68 69``) is
    in no list.
    """
    words = FIRST_WORD.match(text.strip())
    if words is None:
        if text.strip():
            raise Fault("field", text.replace(NESTED, "…"))
        return
    name = words[0].lower()
    if name == NESTED and text.strip() == NESTED:
        raise Fault("field", "…")
    # A bookmark's name alone is a reference to it.
    if name not in FIELD_CODES:
        raise Fault("field", words[0].replace(NESTED, "…"))
    if name == "hyperlink" and (found := HYPERLINK.match(text.strip())):
        # Inside quotation marks, a backslash is written twice.
        address = (found[1] or found[2] or "").replace("\\\\", "\\")
        if NESTED in address or not is_ordinary_link(address):
            raise Fault("link", address.replace(NESTED, "…"))


class Fields:
    """Puts the instructions together that Word scatters over runs and nests in each other.

    They stand inside the text and are worked out when the document is opened.
    """

    def __init__(self) -> None:
        self.open: list[list] = []

    def mark(self, kind: str) -> None:
        if kind == "begin":
            self.open.append([[], True])
        elif kind == "separate" and self.open:
            self.open[-1][1] = False
        elif kind == "end" and self.open:
            pieces, _in_code = self.open.pop()
            check_instruction("".join(pieces))
            if self.open and self.open[-1][1]:
                self.open[-1][0].append(NESTED)

    def add(self, text: str) -> None:
        """Some instruction text; outside every field, it is taken for one of its own."""
        if self.open and self.open[-1][1]:
            self.open[-1][0].append(text)
        elif text.strip():
            check_instruction(text)


# Functions that fetch or run something. The others are some five hundred, and compute.
REACHING = re.compile(
    r"(?<![\w.])(?:_xlfn\.|_xlws\.|_xll\.|com\.microsoft\.|org\.libreoffice\.|of:=?)*"
    r"(webservice|image|rtd|dde|call|register(?:\.id)?|exec|execute|initiate|poke|request|"
    r"sql\.request|fopen|run|evaluate|stockhistory|py|getdata|import(?:data|feed|html|range|xml))"
    r"\s*\(",
    re.I,
)
# service|topic!item, with the quotation marks that Excel lets stand around each.
DDE = re.compile(r"[\w'\])]\s*\|\s*['\w]|\|'[^']*'\s*!", re.I)
LITERAL = re.compile(r'"((?:[^"]|"")*)"')
# Words with a colon are no address unless they begin like one.
ADDRESS = re.compile(r"\\\\|//|(file|smb|javascript|vbscript|data|ms-[a-z-]+|search-ms):\S", re.I)
QUOTED = re.compile(r"'((?:[^']|'')*)'")


def check_formula(text: str, dde: bool = True) -> None:
    """Raise the fault of one formula, as a cell, a name, a rule or a check of input holds it.

    ``dde``: whether a bar can only stand for an exchange of data with a program (in Excel; in
    OpenDocument it divides the rows of a matrix).
    """
    if not text.strip():
        return
    bare = LITERAL.sub('""', text)
    if found := REACHING.search(bare):
        raise Fault("formula", found[1].upper())
    if dde and DDE.search(bare):
        raise Fault("formula", "DDE")
    for literal in LITERAL.findall(text):
        is_address = ":" in literal or literal.startswith(("\\", "/"))
        if is_address and ADDRESS.match(literal.strip()) and not is_ordinary_link(literal):
            raise Fault("link", literal)
    for name in QUOTED.findall(bare):
        # A sheet's own name holds none of these: it is a file elsewhere.
        if "://" in name or "[" in name or name.startswith(("\\", "/")):
            raise Fault("formula", name)
