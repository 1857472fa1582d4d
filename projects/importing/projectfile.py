"""One project file, read and checked: what it says of records, the project, and its extensions."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from . import words
from .extensions import extensions
from .faults import Place
from .merging import fingerprint
from .reading import Source
from .schema import check
from .shape import Shape
from .shapes import PROJECT, RECORDS


@dataclass
class Entry:
    """One object of a file: its id, what it says in Finnish and in the other languages."""

    shape: Shape
    identifier: str
    form: dict
    translations: dict = field(default_factory=dict)

    @property
    def mark(self) -> str:
        return fingerprint([self.form, self.translations])


@dataclass
class ProjectFile:
    source: Source
    records: list[Entry]
    project: Entry
    pages: list[Entry]


def read(source: Source, run) -> ProjectFile | None:
    """Read, check and note what the file defines. None, with faults reported, if it can't be."""
    if not source.read(run.report):
        return None
    data = source.value
    place = Place(source, (), run.report)
    if not isinstance(data, dict):
        place.fault(_("A project file is a group of fields (name: value), beginning “format: 1”."))
        return None
    if not check(place, data):
        return None
    run.default_projects = [data["id"]]
    found = ProjectFile(source, [], _entry(PROJECT, data["id"], data, place, run), [])
    for shape in RECORDS:
        for identifier, record in data.get("records", {}).get(shape.kind, {}).items():
            at = place / "records" / shape.kind / identifier
            found.records.append(_entry(shape, identifier, record, at, run))
    for extension in extensions():
        shape = extension.shapes[0]
        for number, page in enumerate(data.get(extension.key, [])):
            at = place / extension.key / number
            found.pages.append(_entry(shape, page["id"], page, at, run))
    source.value = None
    return found


def _entry(shape: Shape, identifier: str, data: dict, place: Place, run) -> Entry:
    before = len(run.report.faults)
    form = shape.parse({**data, "id": identifier}, place, run)
    if shape.check:
        shape.check(form, data, place)
    entry = Entry(shape, identifier, form)
    if len(run.report.faults) == before:
        entry.translations = words.parse(shape, data, form, place, run)
    at = place / "id" if "id" in data else place
    run.define(shape.kind, identifier, at, entry.mark, data.get("key"))
    return entry
