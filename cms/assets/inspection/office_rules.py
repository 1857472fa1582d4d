"""What a part of an office document may hold, by its family (ISO 26300 and ISO 29500)."""

from functools import lru_cache

from . import Fault, is_ordinary_link
from .office_references import (
    Fields,
    check_formula,
    check_inside,
    check_relation,
    check_vml,
    css_fetches,
    split_name,
    values,
)

SVG = "http://www.w3.org/2000/svg"
XML = "http://www.w3.org/XML/1998/namespace"
SCRIPTED = frozenset(("script", "handler", "listener", "foreignobject", "iframe", "embed"))
# OpenDocument
DATA = frozenset(
    [
        *("connection-resource", "database-source-sql", "database-source-table"),
        *("database-source-query", "database-display", "database-next", "database-row-select"),
        *("database-row-number", "database-name"),
    ]
)
DDE = frozenset(["dde-source", "dde-connection-decl", "dde-link", "dde-connection"])
FETCHED = frozenset(["plugin", "applet", "floating-frame", "auto-reload"])
SLIDE_EVENTS = frozenset(
    [
        *("none", "previous-page", "next-page", "first-page", "last-page", "last-visited-page"),
        *("show", "hide", "fade-out", "stop", "sound"),
    ]
)
CHANGES = frozenset(["cell-content-change", "insertion", "deletion", "movement"])
# Word, Excel and PowerPoint
VML = ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office")
FORMULAS = frozenset(
    [
        *("f", "formula", "formula1", "formula2", "definedname", "calculatedcolumnformula"),
        "totalsrowformula",
    ]
)
TRACKED = frozenset(
    [
        *("ins", "del", "movefrom", "moveto", "cellins", "celldel", "cellmerge"),
        *("numberingchange", "rprchange", "pprchange", "sectprchange", "tblprchange"),
        *("tblprexchange", "tcprchange", "trprchange", "tblgridchange"),
    ]
)
# Jumps within a presentation; others start programs, macros and other files.
SLIDE_ACTIONS = (
    *("ppaction://noaction", "ppaction://hlinksldjump", "ppaction://hlinkshowjump"),
    *("ppaction://media", "ppaction://customshow"),
)


class Rules:
    """Hears of every element of a part. A subclass knows one family, by ``check``."""

    def __init__(self, part: str) -> None:
        self._collected: list[str] | None = None
        self._drawing_style = False

    def start(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        if f"{XML} base" in attributes:
            raise Fault("outside", attributes[f"{XML} base"])
        if namespace == SVG:
            self._check_drawing(name, attributes)
        self.check(namespace, name, attributes)

    def text(self, data: str) -> None:
        if self._collected is not None:
            self._collected.append(data)
        elif self._drawing_style and ("@import" in data.lower() or css_fetches(data)):
            raise Fault("outside", data)

    def end(self, name: str) -> None:
        self._drawing_style = False

    def finish(self) -> None:
        """The part has been read."""

    def collected(self) -> str | None:
        """The text since the list was put there; from now on none is kept."""
        pieces, self._collected = self._collected, None
        return None if pieces is None else "".join(pieces)

    def _check_drawing(self, name: str, attributes: dict[str, str]) -> None:
        if name in SCRIPTED or any(split_name(key)[1].startswith("on") for key in attributes):
            raise Fault("macros", name)
        for address in values(attributes, "href", "src"):
            if not address.strip().lower().startswith(("#", "data:image/")) and address.strip():
                raise Fault("outside", address)
        for value in attributes.values():
            if css_fetches(value):
                raise Fault("outside", value)
        self._drawing_style = name == "style"


class OdfRules(Rules):
    """OpenDocument."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.is_meta = part.rpartition("/")[2] == "meta.xml"
        self._tracking = 0

    def check(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        if name in {"script", "execute-macro"} and namespace != SVG:
            raise Fault("macros")
        if name == "event-listener":
            if "presentation" not in namespace:
                raise Fault("macros")
            if not SLIDE_EVENTS.issuperset(values(attributes, "action")):
                raise Fault("action", " ".join(values(attributes, "action")))
        if name in DATA:
            raise Fault("data")
        if name in DDE:
            raise Fault("outside", " ".join(["DDE", *values(attributes, "dde-application")]))
        if name in FETCHED:
            raise Fault("outside", " ".join(values(attributes, "href")))
        if name == "annotation" or name == "changed-region":
            raise Fault("review")
        self._tracking += name == "tracked-changes"
        if self._tracking and name in CHANGES:
            raise Fault("review")
        for key, value in attributes.items():
            self._check_attribute(namespace, name, split_name(key)[1], value)

    def _check_attribute(self, namespace: str, element: str, name: str, value: str) -> None:
        if name == "href":
            # The template that a document was made from is told in its properties, and cleaned.
            if namespace == SVG or (self.is_meta and element == "template"):
                return
            if value.strip().lower().startswith("vnd.sun.star.script:"):
                raise Fault("macros")
            if element != "a":
                check_inside(value)
            elif not is_ordinary_link(value):
                raise Fault("link", value)
        elif name in {"formula", "condition"}:
            check_formula(value, dde=False)

    def end(self, name: str) -> None:
        super().end(name)
        self._tracking -= name == "tracked-changes"


@lru_cache(maxsize=256)
def _families(namespace: str) -> tuple[bool, bool, bool]:
    """Whether it is of Word, of Excel and of PowerPoint; without a namespace, of all."""
    marks = (
        ("wordprocessingml", "office/word"),
        ("spreadsheetml", "office/excel"),
        ("presentationml", "drawingml"),
    )
    return tuple(not namespace or any(mark in namespace for mark in each) for each in marks)


class OoxmlRules(Rules):
    """Word, Excel and PowerPoint; relations between parts have files of their own (``.rels``)."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.fields = Fields()
        self.is_relations = part.lower().endswith(".rels")
        self._instruction = ""

    def check(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        if self.is_relations:
            if name == "relationship":
                check_relation(attributes)
            return
        is_word, is_sheet, is_slide = _families(namespace)
        if namespace in VML:
            check_vml(name, attributes)
        if is_word:
            self._check_word(name, attributes)
        if is_sheet:
            self._check_sheet(name, attributes)
        if is_slide:
            _check_slide(name, attributes)
        if "threadedcomments" in namespace.lower() and name == "threadedcomment":
            raise Fault("review")

    def _check_word(self, name: str, attributes: dict[str, str]) -> None:
        if name in TRACKED or name == "comment":
            raise Fault("review")
        if name == "fldchar":
            for kind in values(attributes, "fldchartype"):
                self.fields.mark(kind)
        elif name == "fldsimple":
            for instruction in values(attributes, "instr"):
                Fields().add(instruction)
        elif name in {"instrtext", "delinstrtext"}:
            self._instruction = name
            self._collected = []
        elif name == "mailmerge":
            raise Fault("data")
        elif name == "webvideopr":
            raise Fault("outside", "".join(values(attributes, "embeddedhtml")))
        elif name == "control" and values(attributes, "id"):
            raise Fault("macros")

    def _check_sheet(self, name: str, attributes: dict[str, str]) -> None:
        if name in FORMULAS:
            if name == "definedname" and {"1", "true"}.intersection(
                values(attributes, "function", "vbprocedure", "xlm", "macro")
            ):
                raise Fault("macros")
            self._collected = []
        elif name in {"ddelink", "olelink"}:
            raise Fault("outside", " ".join(values(attributes, "ddeservice", "ddetopic")))
        elif name == "oleobject" and values(attributes, "link", "oleupdate"):
            raise Fault("template", "".join(values(attributes, "link")))
        elif name == "comment" and values(attributes, "ref"):
            raise Fault("review")

    def end(self, name: str) -> None:
        super().end(name)
        if name in {"instrtext", "delinstrtext"} and self._instruction:
            self._instruction = ""
            self.fields.add(self.collected() or "")
        elif name in FORMULAS and (formula := self.collected()) is not None:
            check_formula(formula)

    def finish(self) -> None:
        while self.fields.open:
            self.fields.mark("end")


def _check_slide(name: str, attributes: dict[str, str]) -> None:
    if name in {"cm", "comment"}:
        raise Fault("review")
    if name.startswith("hlink"):
        for action in values(attributes, "action"):
            if action and not action.lower().startswith(SLIDE_ACTIONS):
                raise Fault("action", action)
        hovers = name in {"hlinkhover", "hlinkmouseover"}
        if hovers and any(values(attributes, "id")) and not any(values(attributes, "action")):
            raise Fault("action")
    elif name == "cmd" and "verb" in values(attributes, "type"):
        raise Fault("action")
