"""Formulas of a spreadsheet that reach out of it."""

import re

from ..links import is_ordinary_link
from .faults import Fault

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
        if ":" in literal or literal.startswith(("\\", "/")):
            _check_address(literal)
    for name in QUOTED.findall(bare):
        # A sheet's own name holds none of these: it is a file elsewhere.
        if "://" in name or "[" in name or name.startswith(("\\", "/")):
            raise Fault("formula", name)


def _check_address(literal: str) -> None:
    if ADDRESS.match(literal.strip()) and not is_ordinary_link(literal):
        raise Fault("link", literal)
