"""OpenDocument (ISO 26300): what a part may hold."""

from ..links import is_ordinary_link
from .faults import Fault
from .formulas import check_formula
from .rules import SVG, Rules, check_inside
from .stream import local, values

DATA = frozenset(
    [
        "connection-resource",
        "database-source-sql",
        "database-source-table",
        "database-source-query",
        "database-display",
        "database-next",
        "database-row-select",
        "database-row-number",
        "database-name",
    ]
)
DDE = frozenset(["dde-source", "dde-connection-decl", "dde-link", "dde-connection"])
FETCHED = frozenset(["plugin", "applet", "floating-frame", "auto-reload"])
JUMPS = frozenset(
    [
        "none",
        "previous-page",
        "next-page",
        "first-page",
        "last-page",
        "last-visited-page",
        "show",
        "hide",
        "fade-out",
        "stop",
        "sound",
    ]
)
CHANGES = frozenset(["cell-content-change", "insertion", "deletion", "movement"])


class OdfRules(Rules):
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
            if not JUMPS.issuperset(values(attributes, "action")):
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
            self._check_attribute(namespace, name, local(key), value)

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
