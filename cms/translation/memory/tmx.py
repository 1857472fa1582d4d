"""The memory as TMX 1.4, out and in.

Tags are inline codes (``bpt``, ``ept``, ``ph``), whose content is the tag as it is stored. Codes of
other tools are left out, their words stay.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from cms.core.foreign import xml_root
from cms.core.hygiene import one_line

from .table import MOST_BYTES, MOST_PAIRS, Codes, moment
from .taking import TAG, Brought, Pair, escaped, one_tag, stored

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ORIGINS = ("x-origin", "origin")
STAMP = "%Y%m%dT%H%M%SZ"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="Katto" creationtoolversion="1" segtype="block" o-tmf="Katto" \
adminlang="en" srclang="{}" datatype="html"/>
<body>
"""


def as_tmx(pairs: Iterable[Pair], source: str, target: str) -> Iterator[str]:
    yield HEAD.format(source)
    for pair in pairs:
        unit = etree.Element("tu", srclang=source)
        if pair.origin:
            etree.SubElement(unit, "prop", type=ORIGINS[0]).text = one_line(pair.origin)
        _segment(etree.SubElement(unit, "tuv", {LANG: source}), pair.source)
        about = {LANG: target}
        if pair.made_at:
            about["changedate"] = pair.made_at.astimezone(UTC).strftime(STAMP)
        if pair.author:
            about["creationid"] = one_line(pair.author)
        _segment(etree.SubElement(unit, "tuv", about), pair.target)
        yield etree.tostring(unit, encoding="unicode") + "\n"
    yield "</body>\n</tmx>\n"


def _segment(variant: etree._Element, text: str) -> None:
    """The same number for both ends of a pair; what has no other end stands alone (``it``)."""
    segment = etree.SubElement(variant, "seg")
    ends, last, begin = _ends(text), None, 0
    for number, match in enumerate(TAG.finditer(text)):
        _words(segment, last, text[begin : match.start()])
        name, key = ends[number]
        last = etree.SubElement(segment, name, {"x" if name == "ph" else "i": str(key)})
        if name == "it":
            last.set("pos", "end" if match[0].startswith("</") else "begin")
        last.text, begin = match[0], match.end()
    _words(segment, last, text[begin:])


def _words(segment: etree._Element, last: etree._Element | None, text: str) -> None:
    words = re.sub(r"&(lt|gt|amp);", lambda m: {"lt": "<", "gt": ">", "amp": "&"}[m[1]], text)
    if last is None:
        segment.text = words
    else:
        last.tail = words


def _ends(text: str) -> list[tuple[str, int]]:
    """For each tag the element of TMX that it becomes, and the number it has there."""
    found, open_tags = [], []
    for number, match in enumerate(TAG.finditer(text)):
        closes, name = match[0].startswith("</"), match[2].lower()
        if name == "br":
            found.append(("ph", number + 1))
        elif closes and open_tags and open_tags[-1][1] == name:
            begin, _name = open_tags.pop()
            found[begin] = ("bpt", begin + 1)
            found.append(("ept", begin + 1))
        else:
            found.append(("it", number + 1))
            if not closes:
                open_tags.append((number, name))
    return found


def read(content: bytes) -> Iterator[Brought]:
    """Raises ``ValidationError`` with a sentence for what is no TMX file."""
    root = xml_root(content, "tmx", MOST_BYTES, _("The file is no TMX that can be read."))
    header, codes = root.find("header"), Codes()
    about = dict(header.attrib) if header is not None else {}
    is_ours = about.get("creationtool") == "Katto"
    for number, unit in enumerate(root.iterfind("body//tu"), 1):
        if number > MOST_PAIRS:
            raise ValidationError(_("The file has too many translations. Divide it."))
        yield from _of_unit(unit, about.get("srclang", ""), codes, is_ours)


def _of_unit(unit: etree._Element, srclang: str, codes: Codes, is_ours: bool) -> Iterator[Brought]:
    """A pair for each language but that of the source."""
    named = unit.get("srclang") or srclang
    source = codes.site if named in ("", "*all*") else codes.of(named)
    variants = [
        (codes.of(one.get(LANG) or one.get("lang") or ""), one) for one in unit.iterfind("tuv")
    ]
    line = unit.sourceline or 0
    first = next((one for code, one in variants if code == source), None)
    if first is None:
        fault = _("It has no text in the language it was translated from.")
        yield Brought(line, source, "", Pair("", ""), fault)
        return
    text, fault = _text(first, is_ours)
    others = [(code, one) for code, one in variants if code != source]
    if not others:
        yield Brought(line, source, "", Pair(text, ""), _("It has no translation."))
    for code, one in others:
        said, other_fault = _text(one, is_ours)
        pair = Pair(text, said, _origin(unit, one), _author(unit, one), _date(unit, one))
        yield Brought(line, source, code, pair, fault or other_fault)


def _text(variant: etree._Element, is_ours: bool) -> tuple[str, str]:
    segment = variant.find("seg")
    if segment is None:
        return "", ""
    if any(not isinstance(node.tag, str) for node in segment.iter()):
        return "", _("It has a sign that only its own program can read (&…;).")
    return stored("".join(_parts(segment, escaped if is_ours else stored_part))), ""


def stored_part(text: str) -> str:
    """Other tools write tags as mere text."""
    return stored(text, is_whole=False)


def _parts(segment: etree._Element, write: Callable[[str], str]) -> Iterator[str]:
    gone: set[str] = set()

    def walk(node: etree._Element) -> Iterator[str]:
        yield write(node.text or "")
        for child in node:
            if child.tag in ("bpt", "ept", "ph", "it", "ut"):
                yield _code(child, gone)
                for inner in child.iterfind("sub"):
                    yield from walk(inner)
            else:
                yield from walk(child)
            yield write(child.tail or "")

    return walk(segment)


def _code(code: etree._Element, gone: set[str]) -> str:
    """Our tag or nothing. The end of a code that went, by its number, goes with it."""
    tag, number = one_tag((code.text or "").strip()), code.get("i", "")
    if code.tag == "bpt" and tag in ("", "<a>"):
        gone.add(number)
    is_gone = tag == "<a>" or (code.tag in ("bpt", "ept") and number in gone)
    return "" if is_gone else tag


def _origin(unit: etree._Element, variant: etree._Element) -> str:
    props = [*variant.iterfind("prop"), *unit.iterfind("prop")]
    said = [prop.text or "" for prop in props if prop.get("type", "").lower() in ORIGINS]
    return one_line(next(iter(said), "")).strip()[:255]


def _author(unit: etree._Element, variant: etree._Element) -> str:
    said = (one.get(name, "") for one in (variant, unit) for name in ("changeid", "creationid"))
    return one_line(next(filter(None, said), "")).strip()[:255]


def _date(unit: etree._Element, variant: etree._Element) -> datetime | None:
    names = "changedate", "creationdate"
    return moment(next((m for o in (variant, unit) for n in names if (m := o.get(n))), ""))
