"""What a kind of object in a file is made of, and the kinds that rooms above add."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..reading import Place, Report, Source
from .body import Body


@dataclass(frozen=True)
class Shape:
    """A kind of object. ``words`` are its fields to translate.

    ``check`` tells of fields that do not agree; those that it looks at are named in ``together``.
    ``below`` says where its pages live: a "list" page, "home", or "root".
    """

    kind: str
    model: type
    fields: tuple
    words: tuple
    rows: tuple = ()
    body: Body | None = None
    check: Callable | None = None
    together: tuple = ()
    below: str = "list"

    def parse(self, data: dict, place: Place, run) -> dict:
        """What the file says, as a *form*: ``{"fields": {name: value}, "lists": {name: items}}``.

        The items of a list are ``{key: {name: value}}``; all values are JSON.
        """
        # A publication belongs to the project whose file it stands in.
        own = {"projects": run.default_projects, **data}
        lists = {
            rows.name: rows.parse(own.get(rows.name, []), place / rows.name, run)
            for rows in self.rows
        }
        if self.body:
            lists["body"] = self.body.parse(data.get("body", []), place / "body", run)
        values = {f.name: f.parse(data, place, run, self.model) for f in self.fields}
        return {"fields": values, "lists": lists}

    def holds(self, form: dict) -> bool:
        """Do the fields agree, once the file's and an editor's are mixed?"""
        report = Report()
        if self.together:
            self.check(form, {}, Place(Source(Path()), (), report))
        return not report.faults

    def read(self, instance, run) -> dict:
        lists = {rows.name: rows.read(instance, run) for rows in self.rows}
        if self.body:
            lists["body"] = self.body.read(instance.body, run)
        return {"fields": {f.name: f.read(instance, run) for f in self.fields}, "lists": lists}

    def write(self, instance, form: dict, run) -> None:
        for f in self.fields:
            if f.read(instance, run) != form["fields"][f.name]:
                f.write(instance, form["fields"][f.name], run)
        for rows in self.rows:
            rows.write(instance, form["lists"][rows.name], run)
        if self.body and self.body.read(instance.body, run) != form["lists"]["body"]:
            instance.body = self.body.write(form["lists"]["body"], run)


@dataclass(frozen=True)
class Extension:
    """A list of pages of a room above, that stands in project files under ``key``.

    ``parent`` is ``(page model, slug, title)`` of the list page they live in; ``scheme`` is what
    links to them begin with; ``of_project(page)`` gives those written into a project's file.
    """

    key: str
    shape: Shape
    parent: tuple
    scheme: str
    of_project: Callable


_extensions: dict[str, Extension] = {}


def register(extension: Extension) -> None:
    _extensions[extension.key] = extension


def extensions() -> list[Extension]:
    return list(_extensions.values())
