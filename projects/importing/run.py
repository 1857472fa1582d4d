"""What one run, an import or an export, carries along from object to object."""

import hashlib
import unicodedata
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.assets.metadata import clean_document, clean_image
from cms.assets.validation import check_document, check_image

from .directory import Directory, list_pages
from .format import Shape
from .format.references import focal_point
from .format.rich_text import tidy
from .reading import Place, Report, near


class Run:
    """Faults and notes, who is who, the files that are named, and the lists that pages live in.

    ``default_projects``: the id of the project whose file is being read. ``saved``: what was
    written, so that its references are indexed once, when all is in place.
    """

    def __init__(self) -> None:
        self.report = Report()
        self.library = Library()
        self.directory = Directory()
        self.locale = self.directory.locale
        self.default_projects: list[str] = []
        self.saved: dict[tuple, Model] = {}
        self._parents: dict[tuple, Page] = {}

    def check_references(self) -> None:
        """Every id named must be defined in this run or loaded before."""
        self.directory.check_references()

    def note_saved(self, instance: Model) -> None:
        self.saved[instance.__class__, instance.pk] = instance

    def parent_of(self, shape: Shape, language: str | None = None) -> Page:
        """The page that this kind of page lives below, in the source language or another."""
        language = language or self.locale.language_code
        if shape.below == "root":
            return Page.get_first_root_node()
        if shape.below == "home":
            return self.home_in(language)
        known = self._parents.get((shape.kind, language))
        if known is None:
            known = self._list_page(*list_pages()[shape.kind], language)
            self._parents[shape.kind, language] = known
        # Siblings change the tree: what is in memory would number new children wrongly.
        return known.__class__.objects.get(pk=known.pk)

    def _list_page(self, model: type[Page], slug: str, title: Callable, language: str) -> Page:
        """The list page, made if it is missing."""
        home = self.home_in(language)
        found = model.objects.child_of(home).first()
        if found:
            return found
        with override(language):
            words = str(title())
        page = model(title=words, slug=slug, locale=home.locale, show_in_menus=True)
        if language != self.locale.language_code:
            source = self._list_page(model, slug, title, self.locale.language_code)
            page.slug, page.translation_key = source.slug, source.translation_key
        home.add_child(instance=page)
        page.save_revision(log_action=False).publish(skip_permission_checks=True)
        return page

    def home_in(self, language: str) -> Page:
        home = self.directory.home_page()
        if language == self.locale.language_code:
            return home
        locale = self.directory.locale_of(language)
        found = home.get_translation_or_none(locale)
        if found:
            return found.specific
        page = home.specific_class(
            title=home.title,
            slug=f"{home.slug}-{language}",
            locale=locale,
            translation_key=home.translation_key,
        )
        home.get_parent().specific.add_child(instance=page)
        page.save_revision(log_action=False).publish(skip_permission_checks=True)
        self.note_saved(page)
        return page


class Library:
    """Finds or makes the image or document that a file names: checked once, known by its bytes.

    ``paths`` remembers where the bytes lie; ``created`` are the files stored by this run.
    """

    def __init__(self) -> None:
        self.paths: dict[str, Path] = {}
        self.checked: dict[tuple, str] = {}
        self.created: list = []

    def parse(self, value, place: Place, kind: str) -> dict | None:
        if isinstance(value, str):
            value = {"file": value}
        else:
            place = place / "file"
        path = self._locate(value["file"], place)
        if path is None:
            return None
        try:
            data = path.read_bytes()
        except OSError as error:
            message = _("The file can't be read: %(reason)s.") % {"reason": error.strerror}
            place.fault(message)
            return None
        fault = self._check(hashlib.sha1(data, usedforsecurity=False).hexdigest(), path, kind)
        if fault:
            place.fault(fault)
            return None
        # A file loses its notes on its way in: the hash is of what will be stored.
        stored = cleaned(data, path, kind).read()
        sha1 = hashlib.sha1(stored, usedforsecurity=False).hexdigest()
        self.paths[sha1] = path
        found = {"sha1": sha1, "title": tidy(value.get("title") or path.stem)}
        if kind == "image":
            found["description"] = value.get("description", "").strip()
            found["credit"] = value.get("credit", "").strip()
            found["focal_point"] = value.get("focal_point")
        return found

    def _locate(self, name: str, place: Place) -> Path | None:
        folder = place.source.path.parent.resolve()
        if "\\" in name or "\0" in name or Path(name).is_absolute():
            place.fault(_("Write a path with “/” that begins in the folder of this file."))
            return None
        try:
            path = (folder / name).resolve()
        except (OSError, RuntimeError):
            place.fault(_("There is no such file."))
            return None
        if not path.is_relative_to(folder):
            place.fault(_("The file lies outside the folder of this file: put it beside it."))
            return None
        if path.is_file():
            return path
        beside = path.parent.iterdir() if path.parent.is_dir() else ()
        names = {unicodedata.normalize("NFC", p.name): p for p in beside if p.is_file()}
        if path.name in names:
            return names[path.name]
        guesses = near(path.name, names)
        message = _("There is no file %(name)s.") % {"name": name}
        if guesses:
            message += _(" Did you mean %(names)s?") % {"names": " / ".join(guesses)}
        place.fault(message)
        return None

    def _check(self, sha1: str, path: Path, kind: str) -> str:
        """Why the file is refused, or nothing. The same bytes under the same ending once only."""
        key = (sha1, path.suffix, kind)
        if key not in self.checked:
            check = check_image if kind == "image" else check_document
            try:
                with path.open("rb") as stream:
                    check(File(stream, name=path.name))
                self.checked[key] = ""
            except ValidationError as error:
                self.checked[key] = " ".join(error.messages)
        return self.checked[key]

    def find_or_store(self, value: dict | None, kind: str) -> object | None:
        """The image or document of this canonical value."""
        if value is None:
            return None
        model = get_image_model() if kind == "image" else get_document_model()
        said = {name: value[name] for name in value if name not in ("sha1", "focal_point")}
        found = model.objects.filter(file_hash=value["sha1"], **said)
        if kind == "document":
            asset = found.first() or model(**said)
        else:
            box = value["focal_point"]
            same = (image for image in found if focal_point(image) == box)
            asset = next(same, None) or model(**said)
            if asset.pk is None and box:
                asset.focal_point_x, asset.focal_point_y = box[:2]
                asset.focal_point_width, asset.focal_point_height = box[2:]
        return asset if asset.pk else self._store(asset, value["sha1"], kind)

    def linked_document(self, sha1: str) -> object:
        """What a link in a text leads to: any document of these bytes, whatever its title."""
        found = get_document_model().objects.filter(file_hash=sha1).first()
        if found:
            return found
        title = self.paths[sha1].stem.removesuffix(f"-{sha1[:8]}")
        return self.find_or_store({"sha1": sha1, "title": title}, "document")

    def _store(self, asset, sha1: str, kind: str) -> object:
        path = self.paths[sha1]
        file = cleaned(path.read_bytes(), path, kind)
        file.name = f"{slugify(path.stem) or 'file'}{Path(file.name).suffix.lower()}"
        asset.file = file
        getattr(asset, f"_set_{kind}_file_metadata")()
        try:
            asset.save()
        finally:
            self.created.append(asset.file)
        return asset

    def undo(self, stored: int = 0) -> None:
        """Take back the files, after the first ``stored``, whose rows have been rolled back."""
        for file in self.created[stored:]:
            file.storage.delete(file.name)
        del self.created[stored:]


def cleaned(data: bytes, path: Path, kind: str) -> File:
    clean = clean_image if kind == "image" else clean_document
    return clean(SimpleUploadedFile(path.name, data))
