"""The glossary as TMX 1.4, which other tools read: a unit for each term.

A word's use stands as a property of ours beside it; of a file without them all words are agreed.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from cms.core.foreign import xml_root
from cms.core.hygiene import clean

from ..models import Term, TermWord
from .table import MOST_BYTES, languages
from .taking import Brought, BroughtTerm

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
USE = "x-katto-use"
HEADER = {
    "creationtool": "Katto",
    "creationtoolversion": "1",
    "segtype": "phrase",
    "o-tmf": "Katto",
    "adminlang": "en",
    "srclang": "*all*",
    "datatype": "plaintext",
}


def as_tmx(terms: Iterable[Term]) -> bytes:
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(root, "header", HEADER)
    body = etree.SubElement(root, "body")
    for term in terms:
        unit = etree.SubElement(body, "tu", tuid=str(term.pk))
        if term.note:
            etree.SubElement(unit, "note").text = term.note
        for word in term.words.all():
            variant = etree.SubElement(unit, "tuv", {LANG: word.locale.language_code})
            if word.note:
                etree.SubElement(variant, "note").text = word.note
            etree.SubElement(variant, "prop", type=USE).text = word.kind
            etree.SubElement(variant, "seg").text = word.text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def read(content: bytes) -> list[BroughtTerm]:
    """Raises ``ValidationError`` with a sentence for what is no TMX file."""
    root = xml_root(content, "tmx", MOST_BYTES, _("The file is no TMX that can be read."))
    units = list(root.iterfind("body/tu"))
    if not units:
        raise ValidationError(_("The file has no terms."))
    known = set(languages())
    return [_term(unit, known) for unit in units]


def _term(unit: etree._Element, known: set[str]) -> BroughtTerm:
    term = BroughtTerm(unit.sourceline or 0, note=clean(unit.findtext("note") or "").strip())
    for variant in unit.iterfind("tuv"):
        code = (variant.get(LANG) or variant.get("lang") or "").strip()
        code = code if code in known else code.lower().split("-")[0]
        segment = variant.find("seg")
        text = clean("".join(segment.itertext())) if segment is not None else ""
        uses = [prop.text for prop in variant.iterfind("prop") if prop.get("type") == USE]
        kind = uses[0] if uses and uses[0] in TermWord.Kind.values else TermWord.Kind.AGREED
        note = clean(variant.findtext("note") or "").strip()
        if text.strip():
            term.words.append(Brought(code, text.strip(), kind, note))
    return term
