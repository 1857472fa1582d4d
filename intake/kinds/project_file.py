"""Project files (``docs/project-files.md``), alone or many in a ZIP with pictures and documents.

What a file names lies beside it in the archive, and goes through the checks of uploads when the
project is saved; a file that comes alone has nothing beside it.
"""

import zipfile
from io import BytesIO

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.assets.validation.office import DAMAGE, check_members
from projects.importing import Unreadable as NoYaml
from projects.importing import read_yaml

from ..found import Document, Found, Passage, Unreadable

NAME = "project"
ENDINGS = (".yaml", ".yml")
MOST_FILES = 500
MOST_BYTES = 2 * 1024 * 1024


def recognises(data: bytes, name: str) -> bool:
    """A mapping that begins as project files do, or a ZIP that holds some."""
    if data.startswith(b"PK\x03\x04"):
        return bool(_names(data))
    head = data[:4000].decode("utf-8-sig", errors="replace")
    lines = [line for line in head.splitlines() if line.strip() and not line.startswith("#")]
    return any(line.startswith("format:") for line in lines[:3])


def _names(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return [
                name
                for name in archive.namelist()
                if name.lower().endswith(ENDINGS)
                and not name.rpartition("/")[2].startswith("site.")
            ]
    except DAMAGE:
        return []


def read(data: bytes, name: str, meanings: dict | None = None) -> Document:
    document = Document(name, NAME)
    for inside, content in _files(data, name):
        try:
            value = _value(content)
        except NoYaml as error:
            line = _("%(file)s, line %(line)s: %(message)s")
            told = {"file": inside, "line": error.line_number, "message": error.message}
            document.notes.append(line % told)
        else:
            document.found.append(_found(value, inside))
    if not document.found:
        raise Unreadable(" ".join(document.notes) or _("There is no project file in it."))
    return document


def _files(data: bytes, name: str) -> list[tuple[str, bytes]]:
    if not data.startswith(b"PK\x03\x04"):
        return [(name, data)]
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            check_members(archive)
            names = _names(data)[:MOST_FILES]
            return [(each, archive.read(each)) for each in names]
    except ValidationError as error:
        raise Unreadable(" ".join(error.messages)) from error
    except (*DAMAGE, RuntimeError) as error:
        raise Unreadable(_("The ZIP is damaged. Make it anew.")) from error


def _value(content: bytes) -> dict:
    if len(content) > MOST_BYTES:
        raise NoYaml(_("The file is larger than 2 MB: a project file holds words only."))
    try:
        value = read_yaml(content, {})
    except (yaml.YAMLError, RecursionError) as error:
        raise NoYaml(str(error)) from error
    if not isinstance(value, dict):
        raise NoYaml(_("A project file is a group of fields (name: value)."))
    return value


def _found(value: dict, name: str) -> Found:
    """``where[()]`` is the file within the archive: pictures lie beside it."""
    data = {key: part for key, part in value.items() if key not in ("format", "state")}
    return Found(data, {(): Passage("", name)})
