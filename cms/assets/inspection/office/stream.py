"""One XML part, read as a stream: no tree, no document type, no entity."""

import re
from functools import lru_cache
from xml.parsers import expat

from .faults import Fault

CHUNK = 256 * 1024
MAX_DEPTH = 500
BEGINNING = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\x00\s]*<")


def looks_like_xml(head: bytes) -> bool:
    return bool(BEGINNING.match(head))


@lru_cache(maxsize=4096)
def local(name: str) -> str:
    """``name`` without its namespace, lower case."""
    return name.rpartition(" ")[2].lower()


@lru_cache(maxsize=4096)
def _split(name: str) -> tuple[str, str]:
    namespace, _blank, own = name.rpartition(" ")
    return namespace, own.lower()


def values(attributes: dict[str, str], *names: str) -> list[str]:
    """The values of all attributes with one of these local names, whatever their namespace."""
    return [value for key, value in attributes.items() if local(key) in names]


def read_xml(stream, rules) -> None:
    """Tell ``rules`` of every element and text.

    ``rules`` has ``start(namespace, name, attributes)``, ``text(data)`` and ``end(name)``. Names
    are local and in lower case; a key of ``attributes`` is the namespace, a blank and the name.

    Raises:
        Fault: of the rules, or ``damaged`` where the part is no well-formed XML or has a document
            type, whatever encoding hides it.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(name, attributes):
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise Fault("damaged")
        rules.start(*_split(name), attributes)

    def end(name):
        nonlocal depth
        depth -= 1
        rules.end(local(name))

    def doctype(*_arguments):
        raise Fault("damaged")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = rules.text
    parser.StartDoctypeDeclHandler = doctype
    try:
        while piece := stream.read(CHUNK):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Fault("damaged") from error
