"""The reader of YAML, of which only the plain part is understood."""

import re
import unicodedata
from decimal import Decimal

import yaml
from django.utils.translation import gettext as _

from cms.core.hygiene import UNFIT

from . import Lines, Unreadable

MAX_DEPTH = 20
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

WHOLE = re.compile(r"[-+]?(0|[1-9]\d{0,17})")
DECIMAL = re.compile(r"[-+]?(0|[1-9]\d{0,17})\.\d{1,6}")


def read_yaml(data: bytes, lines: Lines) -> object:
    text = _decoded(data)
    try:
        return _Builder(text, lines).document()
    except yaml.YAMLError as error:
        raise _explained(error, text) from error


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(_("The file is in UTF-16. Save it as UTF-8."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if b"\0" in data[:4096]:
            raise Unreadable(_("This is not a text file.")) from None
        raise Unreadable(
            _("This line has characters that are not UTF-8. Save the file as UTF-8."), line
        ) from None
    if "\0" in text:
        raise Unreadable(_("This is not a text file."))
    if not text.strip():
        raise Unreadable(_("The file is empty."))
    return text


def _explained(error: yaml.YAMLError, text: str) -> Unreadable:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        position = getattr(error, "position", 0)
        line = text[:position].count("\n") + 1 if isinstance(position, int) else 0
        return Unreadable(_("This is not YAML: a character here is not allowed."), line)
    line = mark.line + 1
    rows = text.splitlines()
    row = rows[mark.line] if mark.line < len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        message = _("The line is indented with a tab. Use spaces.")
    else:
        problem = getattr(error, "problem", "") or getattr(error, "context", "") or ""
        message = _(
            "This is not YAML (%(problem)s). Often a quotation mark, a colon or an indent is"
            " missing here or on the line above."
        ) % {"problem": problem}
    return Unreadable(message, line)


class _Builder:
    """Builds dicts, lists and scalars from YAML's events, so that nothing is ever expanded."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.events = yaml.parse(text, Loader=Loader)
        self.lines = lines

    def document(self) -> object:
        value, found = None, False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found:
                    message = _("One file holds one project: take out the second “---”.")
                    raise Unreadable(message, event.start_mark.line + 1)
                value, found = self.node(next(self.events), ()), True
        if value is None:
            raise Unreadable(_("The file is empty."))
        return value

    def node(self, event, path: tuple) -> object:
        line = event.start_mark.line + 1
        self.lines.setdefault(path, line)
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(_("Aliases (* and <<) are not used here: write the value out."), line)
        if len(path) > MAX_DEPTH:
            raise Unreadable(_("The file is nested too deep."), line)
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            message = _("Tags such as %(tag)s are not used here.") % {"tag": tag}
            raise Unreadable(message, line)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.scalar(event, line)

    def mapping(self, path: tuple) -> dict:
        found, seen = {}, {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return found
            line = event.start_mark.line + 1
            if isinstance(event, yaml.AliasEvent):
                self.node(event, path)
            if not isinstance(event, yaml.ScalarEvent):
                raise Unreadable(_("A field's name must be plain text."), line)
            key = unicodedata.normalize("NFC", event.value)
            if key in seen:
                message = _("“%(key)s” stands here twice; the first is on line %(line)s.")
                raise Unreadable(message % {"key": key[:60], "line": seen[key]}, line)
            seen[key] = line
            self.lines[(*path, key)] = line
            value = self.node(next(self.events), (*path, key))
            if value is not None:
                found[key] = value
        raise Unreadable(_("The file ends too early."))

    def sequence(self, path: tuple) -> list:
        found = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return found
            found.append(self.node(event, (*path, len(found))))
        raise Unreadable(_("The file ends too early."))

    def scalar(self, event, line: int) -> str | int | bool | Decimal | None:
        text = unicodedata.normalize("NFC", event.value)
        if UNFIT.search(text):
            raise Unreadable(_("The text has a control character that can't be stored."), line)
        if event.style or event.tag:
            return text
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if WHOLE.fullmatch(text):
            return int(text)
        if DECIMAL.fullmatch(text):
            return Decimal(text)
        return text
