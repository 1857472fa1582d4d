"""The relations between the parts of a Word, Excel or PowerPoint document, by their last word."""

from ..links import is_ordinary_link
from .faults import Fault

# What a reader's program opens as a template or an object, with whatever runs in it.
TEMPLATES = frozenset(("attachedtemplate", "oleobject", "frame"))
# ECMA-376 (parts 1 and 4), and what newer programs of Microsoft add to it.
_WORDS = """
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
ALLOWED = frozenset(_WORDS.split())


def check_relation(attributes: dict[str, str]) -> None:
    """Raise the fault of one ``Relationship``; ``attributes`` by lower-case names."""
    kind = attributes.get("type", "").strip().rstrip("/").rpartition("/")[2].lower()
    target = attributes.get("target", "")
    if attributes.get("targetmode", "").strip().lower() == "external":
        if kind in TEMPLATES:
            raise Fault("template", target)
        if kind != "hyperlink":
            raise Fault("outside", target)
        if not is_ordinary_link(target):
            raise Fault("link", target)
    elif kind not in ALLOWED:
        raise Fault("unknown", kind)
    elif kind != "hyperlink" and (":" in target or "\\" in target or target.startswith("//")):
        raise Fault("outside", target)
