"""What the inspectors of all formats share: faults, links, and text made fit for a database.

Knows no Django (see :mod:`cms.assets.inspection`).
"""

import re
import unicodedata
from urllib.parse import unquote

from cms.core.hygiene import clean

# Names under which programs and pages hide in other files.
PROGRAM_EXTENSIONS = frozenset(
    [
        *["bat", "cmd", "com", "dll", "exe", "hta", "htm", "html", "jar", "js", "jse"],
        *["lnk", "msi", "php", "ps1", "scr", "sh", "vbe", "vbs", "wsf"],
    ]
)
# Which addresses a reader may be sent to by a click.
SCHEMES = frozenset(("http", "https", "mailto", "tel"))
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
MAX_CHARACTERS = 2_000_000
SOFT = re.compile("[\u00ad\ufeff]")
PRESENTATION_FORMS = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]+")
# A PDF places numbers and Latin names of an Arabic line one by one, and the blanks get lost.
SCRIPT_BORDER = re.compile(
    "(?<=[\u0621-\u064a])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u0621-\u064a])"
)


class Fault(Exception):
    """Why a document is refused: a code (see ``cms.assets.validation``) and what it is."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, " ".join(detail.split())[:80]


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
        # A path behind a scheme may begin with a slash.
        return found[1].lower() in SCHEMES and not plain[found.end() :].startswith("\\")
    return is_inside(plain)


def is_inside(target: str) -> bool:
    """Whether ``target`` is a path below where it stands, or a place in the same file."""
    plain = unquote(UNSEEN.sub("", target))
    return plain.startswith("#") or not (SCHEME.match(plain) or plain.startswith(("\\", "/")))


def tidy(text: str) -> str:
    """``text`` without control characters and soft hyphens, ligatures and Arabic presentation
    forms as letters, blanks squeezed, at most ``MAX_CHARACTERS`` long.
    """
    text = SOFT.sub("", clean(text, line_end="\n"))
    text = PRESENTATION_FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = SCRIPT_BORDER.sub(" ", text)
    text = re.sub(r"[ \t\u00a0]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()[:MAX_CHARACTERS]
