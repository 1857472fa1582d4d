"""What the rules of all kinds of documents share."""

from ..links import is_inside
from .faults import Fault
from .stream import local, values

SVG = "http://www.w3.org/2000/svg"
XML = "http://www.w3.org/XML/1998/namespace"
SCRIPTED = frozenset(("script", "handler", "listener", "foreignobject", "iframe", "embed"))


class Rules:
    """Hears of every element of a part. A subclass knows one family of documents."""

    def __init__(self, part: str) -> None:
        self.part = part
        self._collected: list[str] | None = None
        self._drawing_style = False

    def start(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        if f"{XML} base" in attributes:
            raise Fault("outside", attributes[f"{XML} base"])
        if namespace == SVG:
            self._check_drawing(name, attributes)
        self.check(namespace, name, attributes)

    def check(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def text(self, data: str) -> None:
        if self._collected is not None:
            self._collected.append(data)
        elif self._drawing_style and ("@import" in data.lower() or _fetches(data)):
            raise Fault("outside", data)

    def end(self, name: str) -> None:
        self._drawing_style = False

    def finish(self) -> None:
        """The part has been read."""

    def collect(self) -> None:
        """Keep the text that follows, until ``collected`` takes it."""
        self._collected = []

    def collected(self) -> str | None:
        pieces, self._collected = self._collected, None
        return None if pieces is None else "".join(pieces)

    def _check_drawing(self, name: str, attributes: dict[str, str]) -> None:
        if name in SCRIPTED or any(local(key).startswith("on") for key in attributes):
            raise Fault("macros", name)
        for address in values(attributes, "href", "src"):
            if not address.strip().lower().startswith(("#", "data:image/")) and address.strip():
                raise Fault("outside", address)
        for value in attributes.values():
            if _fetches(value):
                raise Fault("outside", value)
        self._drawing_style = name == "style"


def _fetches(css: str) -> bool:
    plain = css.lower().replace("\\", "")
    targets = [part.strip(" '\"") for part in plain.split("url(")[1:]]
    return any(not target.startswith(("#", "data:")) for target in targets)


def check_inside(target: str) -> None:
    """Raise a fault where ``target`` leads out of the document's own archive."""
    if not is_inside(target) or ".." in target.replace("\\", "/").split("/"):
        raise Fault("outside", target)
