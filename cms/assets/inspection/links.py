"""Which addresses a reader may be sent to by a click."""

import re
from urllib.parse import unquote

SCHEMES = frozenset(("http", "https", "mailto", "tel"))
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")


def is_ordinary_link(target: str) -> bool:
    """Whether a click on ``target`` opens a page, a letter, a call or a place in the same file.

    A path beside the document is ordinary too. A path from a root is not: a server's name may be
    part of it (``\\\\host\\share``, ``//host``), and Windows hands such a host the reader's name
    and the hash of the password.
    """
    plain = UNSEEN.sub("", target)
    if plain.startswith("#"):
        return True
    if found := SCHEME.match(plain):
        return found[1].lower() in SCHEMES and not _is_rooted(plain[found.end() :], scheme=True)
    return is_inside(plain)


def is_inside(target: str) -> bool:
    """Whether ``target`` is a path below where it stands, or a place in the same file."""
    plain = unquote(UNSEEN.sub("", target))
    return plain.startswith("#") or not (SCHEME.match(plain) or _is_rooted(plain))


def _is_rooted(path: str, scheme: bool = False) -> bool:
    return path.startswith("\\") or (not scheme and path.startswith("/"))
