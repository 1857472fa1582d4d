"""PO files, as gettext has them, and Pontoon, Poedit and Weblate send them back.

A file of one page or record has its path as context, and its UUID in the header. In a file of
several, each context begins by the UUID.
"""

import codecs
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime

import polib
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.hygiene import clean

from .entries import (
    MOST_ENTRIES,
    Contents,
    Entry,
    Sheet,
    all_strings,
    fault,
    too_many,
    unsure,
)

TRANSLATION_HEADER = "X-WagtailLocalize-TranslationID"
MADE_HEADER = "POT-Creation-Date"
SOURCE_HEADER = "X-Source-Language"
TYPE, ENDING = "text/x-gettext-translation; charset=utf-8", "po"
LONGEST_LINE = 200_000
MOST_LINES = 12 * MOST_ENTRIES
_CHARSET = re.compile(rb"^\"Content-Type:[^\"\n]*charset=([^\"\\\n]*)", re.IGNORECASE | re.M)
_TEXT = re.compile(r"utf-?8|(us-)?ascii|iso-?8859-\d+|(windows-|cp)125\d|koi8-[ru]|latin-?1")
_UUID = re.compile(r"^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (.*)$", re.DOTALL)
_WRITTEN = re.compile(
    r"(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?\"(?:[^\"\\]|\\.)*\""
)
_LINE = re.compile(r"\(line (\d+)\)|at line (\d+)")


def write(sheets: list[Sheet]) -> bytes:
    first = sheets[0].translation
    po = polib.POFile(wrapwidth=200)
    po.metadata = {
        MADE_HEADER: str(timezone.now()),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": first.target_locale.language_code,
        SOURCE_HEADER: first.source.locale.language_code,
    }
    if len(sheets) == 1:
        po.metadata[TRANSLATION_HEADER] = str(first.uuid)
    for sheet, said in all_strings(sheets):
        whose = "" if len(sheets) == 1 else f"{sheet.translation.uuid} "
        entry = polib.POEntry(msgctxt=f"{whose}{said.path}", msgid=said.source, msgstr=said.target)
        entry.comment = clean(f"{sheet.title}: {said.label}", line_end=" ").replace("\n", " ")
        entry.flags = [] if said.is_sure or not said.target else ["fuzzy"]
        po.append(entry)
    return str(po).encode()


def read(content: bytes) -> Contents:
    """Raises ``ValidationError`` with a sentence, and the line, for what is no PO file."""
    text = _decoded(content)
    if text.count("\nmsgid") > MOST_ENTRIES + 1 or text.count("\n") > MOST_LINES:
        raise too_many()
    _check_lines(text)
    po = _parsed(text)
    about = po.metadata
    translation = about.get(TRANSLATION_HEADER, "").strip()
    entries = list(_entries(po, translation))
    if not entries:
        raise fault(_("The PO file has no strings."))
    return Contents(
        entries,
        made_at=_made_at(about.get(MADE_HEADER, "")),
        source_language=about.get(SOURCE_HEADER, "").strip(),
        target_language=about.get("Language", "").strip(),
    )


def _decoded(content: bytes) -> str:
    """In the encoding that the header names, if it is one of text."""
    has_mark = content.startswith(codecs.BOM_UTF8)
    content = content.removeprefix(codecs.BOM_UTF8)
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    named = _CHARSET.search(content)
    name = named[1].decode("ascii", "replace").strip().lower() if named else "utf-8"
    if not _TEXT.fullmatch(name):
        raise fault(
            _("The PO file names an encoding that is not one of text: “%(name)s”. Save as UTF-8."),
            name=clean(name)[:40],
        )
    try:
        text = content.decode(name)
        if not name.startswith("utf") and _is_utf8(content):
            raise fault(
                _("The PO file says that it is in %(name)s, but it is in UTF-8."), name=name
            )
    except LookupError as error:
        raise fault(_("The PO file names an unknown encoding. Save it as UTF-8.")) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise fault(
            _("Line %(line)s of the PO file is not in %(name)s, as the file says it is."),
            line=line,
            name="utf-8" if has_mark else name,
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise fault(_("Line %(line)s of the PO file has signs that no text has."), line=line)
    return text


def _is_utf8(content: bytes) -> bool:
    if content.isascii():
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _check_lines(text: str) -> None:
    """polib reads on past quotation marks that nothing closes, and past an end in the midst."""
    is_open = False
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if len(line) > LONGEST_LINE:
            raise fault(_("Line %(line)s of the PO file is longer than any text."), line=number)
        found = _WRITTEN.fullmatch(line)
        begins = bool(found) and found[1] in ("msgid", "msgctxt")
        if not found or (begins and is_open):
            raise damaged(number)
        if found[1]:
            is_open = found[1] != "msgctxt" and not found[1].startswith("msgstr")
    if is_open:
        raise damaged(text.count("\n") + 1)


def damaged(line: int | str) -> ValidationError:
    sentence = _("The PO file can't be read from line %(line)s on: it is damaged.")
    return fault(sentence, line=line)


def _parsed(text: str) -> polib.POFile:
    """polib takes a short text for the name of a file, and raises nearly anything."""
    with tempfile.NamedTemporaryFile(suffix=".po") as copy:
        copy.write(text.encode("utf-8", "replace"))
        copy.flush()
        try:
            return polib.pofile(copy.name, encoding="utf-8", check_for_duplicates=False)
        except Exception as error:
            found = _LINE.search(str(error))
            if found:
                raise damaged(found[1] or found[2]) from error
            sentence = _("The PO file can't be read. Choose it again, or save it anew.")
            raise fault(sentence) from error


def _entries(po: polib.POFile, translation: str) -> Iterator[Entry]:
    for one in po:
        context = one.msgctxt or ""
        whose = _UUID.match(context)
        entry = Entry(
            where=_("Line %s") % one.linenum,
            source=one.msgid,
            target=one.msgstr,
            context=whose[2] if whose else context,
            translation=whose[1] if whose else translation,
        )
        if one.obsolete:
            entry.why_not = _("Marked as obsolete in the file")
        elif one.msgid_plural or one.msgstr_plural:
            entry.why_not = _("It has plural forms, which no string of this site has")
        elif one.fuzzy and one.msgstr:
            entry.why_not = unsure()
        yield entry


def _made_at(text: str) -> datetime | None:
    try:
        made_at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return made_at if made_at.tzinfo else None
