"""From bytes to values that know their lines. Only the plain part of YAML is understood."""

import hashlib
import re
import unicodedata
from decimal import Decimal
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from cms.core.hygiene import UNFIT

from .faults import Fault, Report

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 20
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

WHOLE = re.compile(r"[-+]?(0|[1-9]\d{0,17})")
DECIMAL = re.compile(r"[-+]?(0|[1-9]\d{0,17})\.\d{1,6}")


class Unreadable(Exception):
    def __init__(self, message: str, line: int = 0):
        self.message, self.line_number = str(message), line
        super().__init__(message)


class Source:
    """One file: its name as the user gave it, its value, and the line of every field."""

    def __init__(self, path: Path, name: str | None = None):
        self.path = Path(path)
        self.name = name or str(path)
        self.value = None
        self.digest = ""
        self._lines: dict[tuple, int] = {}

    def line(self, path: tuple) -> int:
        """The line of the field, or of the nearest thing around it that is in the file."""
        path = tuple(path)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 0)

    def read(self, report: Report) -> bool:
        """Fill :attr:`value`. False, with a fault in ``report``, if that can't be done."""
        try:
            text = self._text()
            self.value = _Builder(text, self._lines).document()
        except Unreadable as error:
            report.faults.append(Fault(self.name, error.line_number, "", error.message))
        except yaml.YAMLError as error:
            report.faults.append(_explain(self.name, error, text))
        except OSError as error:
            reason = error.strerror or str(error)
            message = _("The file can't be read: %(reason)s.") % {"reason": reason}
            report.faults.append(Fault(self.name, 0, "", message))
        else:
            return True
        return False

    def _text(self) -> str:
        if self.path.stat().st_size > MAX_BYTES:
            raise Unreadable(_("The file is larger than 2 MB: a project file holds words only."))
        data = self.path.read_bytes()
        self.digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
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


def _explain(name: str, error: yaml.YAMLError, text: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        position = getattr(error, "position", 0)
        line = text[:position].count("\n") + 1 if isinstance(position, int) else 0
        return Fault(name, line, "", _("This is not YAML: a character here is not allowed."))
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
    return Fault(name, line, "", message)


class _Builder:
    """Builds dicts, lists and scalars from YAML's events, so that nothing is ever expanded."""

    def __init__(self, text: str, lines: dict[tuple, int]):
        self.events = yaml.parse(text, Loader=Loader)
        self.lines = lines

    def document(self):
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

    def node(self, event, path: tuple):
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

    def scalar(self, event, line: int):
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
