"""Word, Excel and PowerPoint (ISO 29500): what a part may hold."""

from functools import lru_cache

from ..links import is_ordinary_link
from .faults import Fault
from .fields import Fields
from .formulas import check_formula
from .relations import check_relation
from .rules import Rules, check_inside
from .stream import values

VML = ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office")
FORMULAS = frozenset(
    [
        "f",
        "formula",
        "formula1",
        "formula2",
        "definedname",
        "calculatedcolumnformula",
        "totalsrowformula",
    ]
)
TRACKED = frozenset(
    [
        "ins",
        "del",
        "movefrom",
        "moveto",
        "cellins",
        "celldel",
        "cellmerge",
        "numberingchange",
        "rprchange",
        "pprchange",
        "sectprchange",
        "tblprchange",
        "tblprexchange",
        "tcprchange",
        "trprchange",
        "tblgridchange",
    ]
)
# Jumps within a presentation; others start programs, macros and other files.
JUMPS = (
    *("ppaction://noaction", "ppaction://hlinksldjump", "ppaction://hlinkshowjump"),
    *("ppaction://media", "ppaction://customshow"),
)


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
    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.fields = Fields()
        self.is_relations = part.lower().endswith(".rels")
        self._instruction = ""

    def check(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        if self.is_relations:
            if name == "relationship":
                found = {key.rpartition(" ")[2].lower(): text for key, text in attributes.items()}
                check_relation(found)
            return
        is_word, is_sheet, is_slide = _families(namespace)
        if namespace in VML:
            _check_vml(name, attributes)
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
            self.collect()
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
            self.collect()
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
        self.fields.finish()


def _check_vml(name: str, attributes: dict[str, str]) -> None:
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


def _check_slide(name: str, attributes: dict[str, str]) -> None:
    if name in {"cm", "comment"}:
        raise Fault("review")
    if name.startswith("hlink"):
        for action in values(attributes, "action"):
            if action and not action.lower().startswith(JUMPS):
                raise Fault("action", action)
        hovers = name in {"hlinkhover", "hlinkmouseover"}
        if hovers and any(values(attributes, "id")) and not any(values(attributes, "action")):
            raise Fault("action")
    elif name == "cmd" and "verb" in values(attributes, "type"):
        raise Fault("action")
