"""Fields of Word: instructions inside the text that are worked out when the document is opened."""

import re

from ..links import is_ordinary_link
from .faults import Fault

# Whatever computes from the document itself or from its reader. Not here: DDE, DDEAUTO, LINK,
# INCLUDE, INCLUDEPICTURE, INCLUDETEXT, IMPORT, DATABASE, RD, AUTOTEXT, MACROBUTTON, CONTROL.
_WORDS = """
= addin addressblock advance ask author autonum autonumlgl autonumout barcode bibliography
bidioutline citation comments compare createdate date displaybarcode docproperty docvariable
edittime embed eq filename filesize fillin formcheckbox formdropdown formtext gotobutton
greetingline hyperlink if index info keywords lastsavedby listnum mergebarcode mergefield mergerec
mergeseq next nextif noteref numchars numpages numwords page pageref print printdate private quote
ref revnum savedate section sectionpages seq set shape skipif styleref subject symbol ta tc
template time title toa toc useraddress userinitials username xe
"""
ALLOWED = frozenset(_WORDS.split())
NESTED = "\ue000"
WORD = re.compile(r"=|[^\s\"\\=]+")
ADDRESS = re.compile(r"hyperlink\s+(?!\\)(?:\"([^\"]*)\"|(\S+))", re.I)


def check_instruction(text: str) -> None:
    """Raise the fault of one field; a field inside another stands in its text as ``NESTED``.

    The first word names the field. One that is spelt by fields inside it (``QUOTE 68 68 69``) is
    in no list.
    """
    words = WORD.match(text.strip())
    if words is None:
        if text.strip():
            raise Fault("field", text.replace(NESTED, "…"))
        return
    name = words[0].lower()
    if name == NESTED and text.strip() == NESTED:
        raise Fault("field", "…")
    # A bookmark's name alone is a reference to it.
    if name not in ALLOWED:
        raise Fault("field", words[0].replace(NESTED, "…"))
    if name == "hyperlink" and (found := ADDRESS.match(text.strip())):
        # Inside quotation marks, a backslash is written twice.
        address = (found[1] or found[2] or "").replace("\\\\", "\\")
        if NESTED in address or not is_ordinary_link(address):
            raise Fault("link", address.replace(NESTED, "…"))


class Fields:
    """Puts instructions together that Word scatters over runs and nests in each other."""

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

    def finish(self) -> None:
        while self.open:
            self.mark("end")
