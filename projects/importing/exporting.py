"""Project pages written back as project files, with their pictures and documents beside them."""

import shutil
from html import escape
from pathlib import Path

import yaml
from django.core.files.storage import Storage
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale

from .directory import default_key
from .extensions import extensions
from .pages import editable
from .projectfile import Entry
from .run import Run
from .shape import Shape
from .shapes import PROJECT, RECORDS
from .text import replace_links, to_file
from .translations import Languages
from .words import translatable


class Dumper(yaml.SafeDumper):
    """Block style, long texts as literal blocks, fields in the order of the format."""

    def ignore_aliases(self, data) -> bool:
        return True


def _text(dumper: yaml.Dumper, value: str):
    lines = value.split("\n")
    literal = len(lines) > 1 and not any(line != line.rstrip() for line in lines)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if literal else None)


Dumper.add_representer(str, _text)


class Export(Run):
    """One export: a run that writes instead of loading."""

    def __init__(self, folder: Path):
        super().__init__()
        self.folder = Path(folder)
        self.needed: dict[str, dict] = {}
        self.written: set[str] = set()

    # What fields call

    def dump_image(self, value: dict) -> dict:
        image = get_image_model().objects.filter(file_hash=value["sha1"]).first()
        dumped = {"file": self.copy(image.file, value["title"], value["sha1"])}
        dumped |= {name: value[name] for name in ("title", "description", "credit") if value[name]}
        if value["focal_point"]:
            dumped["focal_point"] = value["focal_point"]
        return dumped

    def dump_document(self, value: dict) -> dict:
        document = get_document_model().objects.filter(file_hash=value["sha1"]).first()
        name = self.copy(document.file, value["title"], value["sha1"])
        return {"file": name, "title": value["title"]}

    def dump_rich_text(self, html: str) -> str:
        def attributes(href: str) -> str:
            if href.startswith("file:"):
                document = get_document_model().objects.filter(file_hash=href[5:]).first()
                if document:
                    href = f"file:{self.copy(document.file, document.title, href[5:])}"
            return f'href="{escape(href)}"'

        return to_file(replace_links(html, attributes))

    def copy(self, file, title: str, sha1: str) -> str:
        """Copy a stored file beside the project files; its name follows from title and bytes."""
        ending = Path(file.name).suffix.lower()
        name = f"files/{slugify(title)[:60] or 'file'}-{sha1[:8]}{ending}"
        if name not in self.written:
            self.written.add(name)
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            storage: Storage = file.storage
            with storage.open(file.name, "rb") as stream, target.open("wb") as out:
                shutil.copyfileobj(stream, out)
        return name

    # Objects

    def project(self, page) -> dict:
        self.needed = {shape.kind: {} for shape in RECORDS}
        data = {"format": 1, **self.page(PROJECT, page)}
        for extension in extensions():
            found = [self.page(extension.shapes[0], p) for p in extension.of_project(page)]
            if found:
                data[extension.key] = found
        records = self.records()
        if records:
            data["records"] = records
        return data

    def page(self, shape: Shape, page) -> dict:
        identifier = self.directory.identifier(shape.kind, page)
        data = {"id": identifier} | self.key_of(shape, page, identifier)
        source = page if page.live else editable(page)
        form = without_gaps(shape.read(source, self))
        if form["fields"]["slug"] == identifier:
            form["fields"]["slug"] = None
        self.fields(shape, form, data)
        for rows in shape.rows:
            items = rows.dump(form["lists"][rows.name], self)
            if items:
                data[rows.name] = items
            for item in form["lists"][rows.name].values():
                self.need(shape, rows.fields, item)
        if form["lists"]["body"]:
            data["body"] = shape.body.dump(form["lists"]["body"], self)
        self.need(shape, shape.fields, form["fields"])
        self.translations(shape, page, form, data)
        return data

    def key_of(self, shape, instance, identifier: str) -> dict:
        if instance.translation_key == default_key(shape.kind, identifier):
            return {}
        return {"key": str(instance.translation_key)}

    def fields(self, shape: Shape, form: dict, data: dict) -> None:
        for f in shape.fields:
            value = f.dump(form["fields"][f.name], self)
            if value is None:
                continue
            if f.name in ("start", "end", "extension_end", "precision") and shape is PROJECT:
                data.setdefault("period", {})[f.name] = value
            else:
                data[f.name] = value

    def need(self, shape: Shape, fields, values: dict) -> None:
        for f in fields:
            kind, identifier = getattr(f, "kind", None), values[f.name]
            if kind in self.needed and identifier is not None:
                self.needed[kind].setdefault(identifier, None)

    def records(self) -> dict:
        """Every record that the file names, and those that these name in turn."""
        found: dict[str, dict] = {}
        for shape in sorted(RECORDS, key=lambda s: s.kind != "people"):
            rows = {}
            for identifier in sorted(self.needed[shape.kind]):
                instance = self.directory.find(shape.kind, identifier)
                if instance is not None:
                    rows[identifier] = self.record(shape, instance, identifier)
            if rows:
                found[shape.kind] = rows
        return {shape.kind: found[shape.kind] for shape in RECORDS if shape.kind in found}

    def record(self, shape: Shape, instance, identifier: str) -> dict:
        data = self.key_of(shape, instance, identifier)
        form = shape.read(instance, self)
        if form["fields"].get("slug") == identifier:
            form["fields"]["slug"] = None
        self.fields(shape, form, data)
        self.need(shape, shape.fields, form["fields"])
        self.translations(shape, instance, form, data)
        return data

    # Languages

    def translations(self, shape: Shape, instance, form: dict, data: dict) -> None:
        found = {}
        reader = Languages(Entry(shape, "", {}), instance, None, self)
        for code in sorted(reader.targets):
            words = reader.read_language(code, instance)
            if words:
                found[code] = self.dump_words(shape, words, form)
        if found:
            data["translations"] = found

    def dump_words(self, shape: Shape, words: dict, form: dict) -> dict:
        fields = dict(words["fields"])
        state = fields.pop("state", None)
        dumped = {name: value for name, value in fields.items() if value}
        if state and state != form["fields"].get("state"):
            dumped = {"state": state, **dumped}
        if words["mode"] == "own":
            if shape.body:
                lists = without_gaps(words)["lists"]
                dumped["body"] = shape.body.dump(lists["body"], self)
            return dumped
        body = {}
        for name, parts in words["lists"].get("body", {}).items():
            item = form["lists"]["body"].get(name, {"kind": "document"})
            rich = shape.body.is_rich(item["kind"])
            block = {
                part: self.dump_rich_text(value) if rich and part == "text" else value
                for part, value in parts.items()
                if value and part in translatable(item)
            }
            if block:
                body[name] = block
        if body:
            dumped["body"] = body
        return dumped


def without_gaps(form: dict) -> dict:
    """Leave out what shows nothing: the picture, document or record has been deleted since."""
    for name, items in form["lists"].items():
        form["lists"][name] = {key: item for key, item in items.items() if not is_gap(item)}
    return form


def is_gap(item: dict) -> bool:
    if "document" in item and item["document"] is None:
        return not item.get("url")
    needed = ("image", "organisation", "person", "theme", "target_group", "code", "project")
    return any(name in item and item[name] is None for name in needed)


def export_projects(folder: Path, identifiers=None, progress=lambda items, label: items) -> int:
    """Write a file for each project; returns how many. Raises KeyError for an unknown id."""
    export = Export(folder)
    locale = Locale.get_default()
    pages = PROJECT.model.objects.filter(locale=locale).order_by("translation_key")
    named = {export.directory.identifier(PROJECT.kind, page): page.pk for page in pages.iterator()}
    for identifier in identifiers or []:
        if identifier not in named:
            raise KeyError(identifier)
    chosen = sorted(identifiers or named)
    export.folder.mkdir(parents=True, exist_ok=True)
    for identifier in progress(chosen, _("Exporting")):
        page = PROJECT.model.objects.get(pk=named[identifier])
        text = yaml.dump(
            export.project(page),
            Dumper=Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=100,
        )
        (export.folder / f"{identifier}.yaml").write_text(text, encoding="utf-8")
    return len(chosen)
