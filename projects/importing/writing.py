"""Project pages written back as project files, with their pictures and documents beside them."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import yaml
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from .checking import Entry
from .directory import default_key
from .format import PROJECT, RECORDS, Shape, extensions
from .format.parts import folded, translatable
from .format.references import Reference, RichText
from .loading import latest_draft, with_facts
from .loading.translations import Languages
from .run import Library, Run


class Dumper(yaml.SafeDumper):
    """Block style, long texts as literal blocks, fields in the order of the format."""

    def ignore_aliases(self, data) -> bool:
        return True


def _represent_text(dumper: yaml.Dumper, value: str) -> yaml.ScalarNode:
    lines = value.split("\n")
    literal = len(lines) > 1 and not any(line != line.rstrip() for line in lines)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if literal else None)


Dumper.add_representer(str, _represent_text)


class Copies(Library):
    """Writes pictures and documents beside the project files."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.written: set[str] = set()

    def dump(self, value: dict, kind: str) -> dict:
        model = get_image_model() if kind == "image" else get_document_model()
        asset = model.objects.filter(file_hash=value["sha1"]).first()
        dumped = {"file": self._copy(asset.file, value["title"], value["sha1"])}
        if kind == "document":
            return dumped | {"title": value["title"]}
        names = ("title", "description", "credit", "focal_point")
        return dumped | {name: value[name] for name in names if value[name]}

    def dump_link(self, href: str) -> str:
        sha1 = href.removeprefix("file:")
        document = get_document_model().objects.filter(file_hash=sha1).first()
        return f"file:{self._copy(document.file, document.title, sha1)}" if document else href

    def _copy(self, file, title: str, sha1: str) -> str:
        """The name of the copy, which follows from title and bytes."""
        ending = Path(file.name).suffix.lower()
        name = f"files/{slugify(title)[:60] or 'file'}-{sha1[:8]}{ending}"
        if name not in self.written:
            self.written.add(name)
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with file.storage.open(file.name, "rb") as stream, target.open("wb") as out:
                shutil.copyfileobj(stream, out)
        return name


class Export:
    """One export. ``needed`` are the records that the file of the current project names."""

    def __init__(self, folder: Path) -> None:
        self.run = Run()
        self.run.library = Copies(folder)
        self.directory = self.run.directory
        self.needed: dict[str, set[str]] = {}

    def project(self, page: Page) -> dict:
        self.needed = {shape.kind: set() for shape in RECORDS}
        data = {"format": 1, **self.page(PROJECT, page)}
        for extension in extensions():
            found = [self.page(extension.shape, p) for p in extension.of_project(page)]
            if found:
                data[extension.key] = found
        records = self.records()
        if records:
            data["records"] = records
        return data

    def page(self, shape: Shape, page: Page) -> dict:
        identifier = self.directory.identifier(shape.kind, page)
        told = with_facts(page if page.live else latest_draft(page))
        form = without_gaps(shape.read(told, self.run))
        data = {"id": identifier} | self.fields(shape, page, identifier, form)
        for rows in shape.rows:
            items = rows.dump(form["lists"][rows.name], self.run)
            if items:
                data[rows.name] = items
            for item in form["lists"][rows.name].values():
                self.need(rows.fields, item)
        if form["lists"]["body"]:
            data["body"] = shape.body.dump(form["lists"]["body"], self.run)
        return data | self.translations(shape, page, form)

    def fields(self, shape: Shape, instance, identifier: str, form: dict) -> dict:
        """The key, where it is not what follows from the id; and the fields that say something."""
        data: dict = {}
        if instance.translation_key != default_key(shape.kind, identifier):
            data["key"] = str(instance.translation_key)
        if form["fields"].get("slug") == identifier:
            form["fields"]["slug"] = None
        for f in shape.fields:
            value = f.dump(form["fields"][f.name], self.run)
            if value is not None:
                group = data.setdefault(f.group, {}) if f.group else data
                group[f.name] = value
        self.need(shape.fields, form["fields"])
        return data

    def need(self, fields: tuple, values: dict) -> None:
        for f in fields:
            if isinstance(f, Reference) and f.kind in self.needed and values[f.name] is not None:
                self.needed[f.kind].add(values[f.name])

    def records(self) -> dict:
        """Every record that the file names, and those that these name in turn."""
        found: dict[str, dict] = {}
        for shape in sorted(RECORDS, key=lambda s: s.kind != "people"):
            rows = {}
            for identifier in sorted(self.needed[shape.kind]):
                instance = self.directory.find(shape.kind, identifier)
                if instance is not None:
                    form = shape.read(instance, self.run)
                    data = self.fields(shape, instance, identifier, form)
                    rows[identifier] = data | self.translations(shape, instance, form)
            if rows:
                found[shape.kind] = rows
        return {shape.kind: found[shape.kind] for shape in RECORDS if shape.kind in found}

    def translations(self, shape: Shape, instance, form: dict) -> dict:
        reader = Languages(Entry(shape, "", {}), instance, None, self.run)
        found = {
            code: self.words(shape, reader.read_language(code, instance), form)
            for code, target in sorted(reader.targets.items())
            if not getattr(target, "is_draft", False)
        }
        return {"translations": found} if found else {}

    def words(self, shape: Shape, words: dict, form: dict) -> dict:
        fields = dict(words["fields"])
        state = fields.pop("state", None)
        dumped = {name: value for name, value in fields.items() if value}
        if state and state != form["fields"].get("state"):
            dumped = {"state": state, **dumped}
        if words["mode"] == "own":
            if shape.body:
                lists = without_gaps(words)["lists"]
                dumped["body"] = shape.body.dump(lists["body"], self.run)
            return dumped
        body = {}
        for name, parts in words["lists"].get("body", {}).items():
            item = form["lists"]["body"].get(name)
            known = translatable(item) if item else {}
            block = {
                part: RichText.dump(value, self.run) if known[part].kind == "rich" else value
                for part, value in parts.items()
                if value and part in known
            }
            if block:
                body[name] = folded(block)
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
    if "pictures" in item:
        return not item["pictures"]
    needed = ("image", "organisation", "person", "theme", "target_group", "code", "project")
    return any(name in item and item[name] is None for name in needed)


class Titles(Library):
    """Of pictures and documents only what they are called: nothing is copied."""

    def dump(self, value: dict, kind: str) -> dict:
        return {"file": value["title"]}

    def dump_link(self, href: str) -> str:
        return href


def told_projects(pages: Iterable[Page]) -> list[dict]:
    """Projects as their files would say it, in memory."""
    export = Export(Path())
    export.run.library = Titles()
    return [export.project(page) for page in pages]


def export_projects(
    folder: Path,
    identifiers: Iterable[str] | None = None,
    progress: Callable[[Iterable, str], Iterable] = lambda items, label: items,
) -> int:
    """Write a file for each project; returns how many. Raises KeyError for an unknown id."""
    folder = Path(folder)
    export = Export(folder)
    pages = PROJECT.model.objects.filter(locale=Locale.get_default()).order_by("translation_key")
    named = {export.directory.identifier(PROJECT.kind, page): page.pk for page in pages.iterator()}
    for identifier in identifiers or []:
        if identifier not in named:
            raise KeyError(identifier)
    chosen = sorted(identifiers or named)
    folder.mkdir(parents=True, exist_ok=True)
    for identifier in progress(chosen, _("Exporting")):
        page = PROJECT.model.objects.get(pk=named[identifier])
        text = yaml.dump(
            export.project(page), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=100
        )
        (folder / f"{identifier}.yaml").write_text(text, encoding="utf-8")
    return len(chosen)
