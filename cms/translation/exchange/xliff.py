"""XLIFF 2.0 of OASIS: a ``file`` for each page or record, a ``unit`` for each string.

Inline tags are codes: those around words ``pc``, an end of line ``ph``. A link keeps its id.
"""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree
from lxml.html import fragment_fromstring
from wagtail_localize.strings import INLINE_TAGS

from cms.core.hygiene import clean

from .entries import MOST_ENTRIES, Contents, Entry, Said, Sheet, digest_of, fault, too_many

TYPE, ENDING = "application/xliff+xml", "xlf"
SPACE = "urn:oasis:names:tc:xliff:document:2.0"
OTHERS = re.compile(r"urn:oasis:names:tc:xliff:document:(1\.\d)")
# Other tools may put the name of a file in its place.
_KEY = re.compile(r"[0-9a-f-]{20,60}")
PRESERVE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
FORMS = {"b": "xlf:b", "strong": "xlf:b", "i": "xlf:i", "em": "xlf:i"}
INITIAL, DONE = "initial", ("translated", "reviewed", "final")
PARSER = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def _tag(name: str) -> str:
    return f"{{{SPACE}}}{name}"


def write(sheets: list[Sheet]) -> bytes:
    first = sheets[0].translation
    languages = {
        "srcLang": first.source.locale.language_code,
        "trgLang": first.target_locale.language_code,
    }
    root = etree.Element(_tag("xliff"), {"version": "2.0", **languages}, nsmap={None: SPACE})
    root.text = "\n"
    for number, sheet in enumerate(sheets, 1):
        about = {"id": f"f{number}", "original": str(sheet.translation.uuid)}
        file = etree.SubElement(root, _tag("file"), {**about, **PRESERVE})
        file.tail = "\n"
        _notes(file, [("title", sheet.title)])
        for place, said in enumerate(sheet.strings, 1):
            _unit(file, f"u{place}", said)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _notes(parent: etree._Element, notes: list[tuple[str, str]]) -> None:
    made = etree.SubElement(parent, _tag("notes"))
    made.tail = "\n"
    for category, text in notes:
        etree.SubElement(made, _tag("note"), category=category).text = clean(text)


def _unit(file: etree._Element, key: str, said: Said) -> None:
    unit = etree.SubElement(file, _tag("unit"), {"id": key, "name": clean(said.path), **PRESERVE})
    unit.tail = "\n"
    _notes(unit, [("place", said.label), ("version", f"{said.version} {digest_of(said.source)}")])
    state = "translated" if said.is_sure else INITIAL
    segment = etree.SubElement(unit, _tag("segment"), id="s1", state=state)
    _coded(etree.SubElement(segment, _tag("source")), said.source)
    if said.target and not said.stored.has_error:
        _coded(etree.SubElement(segment, _tag("target")), said.target)


def _coded(parent: etree._Element, text: str) -> None:
    """``text`` as stored, its tags as codes; the same tag has the same id in source and target."""
    _walk(parent, fragment_fromstring(text, create_parent="div"), Counter())


def _walk(into: etree._Element, node, numbers: Counter) -> None:
    into.text = node.text
    for child in node:
        name = child.tag
        numbers[name] += 1
        key = child.get("id") or f"{name}-{numbers[name]}"
        if name == "br":
            about = {"type": "fmt", "subType": "xlf:lb"}
            made = etree.SubElement(into, _tag("ph"), id=key, **about)
        else:
            about = {"type": "link"} if name == "a" else {"type": "fmt"}
            about |= {"subType": FORMS[name]} if name in FORMS else {}
            made = etree.SubElement(into, _tag("pc"), id=key, **about)
            _walk(made, child, numbers)
        made.tail = child.tail


def read(content: bytes) -> Contents:
    """Raises ``ValidationError`` with a sentence for what is no XLIFF 2.0."""
    root = _root(content)
    units = root.findall(f"{_tag('file')}//{_tag('unit')}")
    if len(units) > MOST_ENTRIES:
        raise too_many()
    if not units:
        raise fault(_("The XLIFF file has no strings."))
    for file in root.iterfind(_tag("file")):
        _no_twice(file)
    return Contents(
        [_entry(unit) for unit in units],
        source_language=root.get("srcLang", "").strip(),
        target_language=root.get("trgLang", "").strip(),
    )


def _root(content: bytes) -> etree._Element:
    """No entity is put in and nothing is fetched: a file that defines any is refused whole."""
    try:
        root = etree.fromstring(content, etree.XMLParser(**PARSER))
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise fault(_("The XLIFF file is damaged at line %(line)s."), line=line) from error
    except (ValueError, LookupError) as error:
        raise fault(_("The XLIFF file is damaged.")) from error
    if root.getroottree().docinfo.doctype:
        raise fault(_("The XLIFF file has a DOCTYPE, which no XLIFF file needs. Save it anew."))
    if root.tag != _tag("xliff") or not root.get("version", "").startswith("2."):
        _refuse_other(root)
    if not root.get("srcLang") or not root.get("trgLang"):
        raise fault(_("The XLIFF file does not say from which language into which it translates."))
    return root


def _refuse_other(root: etree._Element) -> None:
    older = OTHERS.search(root.tag) or re.fullmatch(r"(1\.\d)", root.get("version", ""))
    if older and root.tag.endswith("xliff"):
        sentence = _("This is XLIFF %(version)s. Only XLIFF 2.0 is taken: export it as that.")
        raise fault(sentence, version=older[1])
    raise fault(_("This is an XML file, but no XLIFF 2.0."))


def _no_twice(file: etree._Element) -> None:
    met: set[str] = set()
    for unit in file.iter(_tag("unit")):
        key = unit.get("id", "")
        if key in met:
            sentence = _("The XLIFF file has two units “%(id)s”: line %(line)s.")
            raise fault(sentence, id=key[:40], line=unit.sourceline)
        met.add(key)


def _entry(unit: etree._Element) -> Entry:
    original = next(unit.iterancestors(_tag("file"))).get("original", "").strip()
    noted = "".join(
        note.text or ""
        for note in unit.iterfind(f"{_tag('notes')}/{_tag('note')}")
        if note.get("category") == "version"
    )
    version, _space, digest = noted.strip().partition(" ")
    key = clean(unit.get("id", ""))[:40]
    entry = Entry(
        where=_("Line %(line)s, unit %(id)s") % {"line": unit.sourceline, "id": key},
        source="",
        target="",
        context=unit.get("name", ""),
        translation=original if _KEY.fullmatch(original) else "",
        version=version,
        digest=digest,
    )
    parts = [part for part in unit if part.tag in (_tag("segment"), _tag("ignorable"))]
    sources, targets = ([part.find(_tag(name)) for part in parts] for name in ("source", "target"))
    try:
        known = _known([one for one in sources if one is not None])
        entry.source = "".join(_text(one, known) for one in sources if one is not None)
        entry.target = "".join(_text(one, known) for one in targets if one is not None)
    except UnknownCode as error:
        sentence = _("It has a code that its source does not have: %s")
        entry.fault = sentence % clean(str(error))[:60]
    entry.why_not = _why_not(parts, entry)
    return entry


def _why_not(parts: list[etree._Element], entry: Entry) -> str:
    segments = [part for part in parts if part.tag == _tag("segment")]
    states = {part.get("state") for part in segments} - {None}
    if unknown := states - {INITIAL, *DONE}:
        return _("It has a state that XLIFF does not know: %s") % min(unknown)[:40]
    if not entry.target.strip():
        return ""
    if INITIAL in states or any(part.find(_tag("target")) is None for part in segments):
        return _("Marked as not translated yet (initial) in the file")
    return ""


class UnknownCode(Exception):
    """Says which."""


def _known(sources: list[etree._Element]) -> dict[str, str]:
    """Tags of a source by the ids of their codes."""
    found = {}
    for source in sources:
        for code in source.iter(_tag("pc"), _tag("ph")):
            key = code.get("id", "")
            name = re.sub(r"-?\d+$", "", key)
            if name not in INLINE_TAGS or (name == "br") != (code.tag == _tag("ph")):
                raise UnknownCode(key)
            is_id = name == "a" or "-" not in key
            found[key] = f'{name} id="{key}"' if is_id else name
    return found


def _text(node: etree._Element, known: dict[str, str]) -> str:
    return "".join(_parts(node, known))


def _parts(node: etree._Element, known: dict[str, str]) -> Iterator[str]:
    yield _escaped(node.text)
    for child in node:
        if not isinstance(child.tag, str):
            raise UnknownCode("&…;")
        key, name = child.get("id", ""), etree.QName(child).localname
        if child.tag == _tag("mrk"):
            yield from _parts(child, known)
        elif child.tag == _tag("ph") and key.startswith("br-"):
            yield "<br/>"
        elif child.tag == _tag("pc") and key in known and known[key] != "br":
            yield f"<{known[key]}>"
            yield from _parts(child, known)
            yield f"</{known[key].split()[0]}>"
        else:
            raise UnknownCode(f"<{name} id={key!r}>")
        yield _escaped(child.tail)


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
