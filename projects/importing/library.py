"""Pictures and documents: checked once, stored once, known by their bytes."""

import hashlib
import unicodedata
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.assets.metadata import clean_document, clean_image
from cms.assets.validation import check_document, check_image

from .faults import Place, near
from .text import tidy


def file_hash(asset) -> str:
    """SHA-1 of what is stored, or of its absence where the file itself is gone."""
    try:
        return asset.get_file_hash()
    except OSError:
        return hashlib.sha1(str(asset.file.name).encode(), usedforsecurity=False).hexdigest()


class Library:
    """Finds or makes the image or document that a file names.

    Canonical value of an image: ``{"sha1", "title", "description", "credit", "focal_point"}``; of
    a document: ``{"sha1", "title"}``. ``paths`` remembers where the bytes lie.
    """

    def __init__(self):
        self.paths: dict[str, Path] = {}
        self.checked: dict[tuple, str] = {}
        self.created: list = []

    def parse(self, value, place: Place, kind: str) -> dict | None:
        if isinstance(value, str):
            value = {"file": value}
        else:
            place = place / "file"
        path = self.locate(value["file"], place)
        if path is None:
            return None
        try:
            data = path.read_bytes()
        except OSError as error:
            message = _("The file can't be read: %(reason)s.") % {"reason": error.strerror}
            place.fault(message)
            return None
        fault = self.check(hashlib.sha1(data, usedforsecurity=False).hexdigest(), path, kind)
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

    def locate(self, name: str, place: Place) -> Path | None:
        folder = place.folder.resolve()
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
        if not path.is_file():
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
        return path

    def check(self, sha1: str, path: Path, kind: str) -> str:
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

    def image(self, value: dict | None):
        if value is None:
            return None
        Image = get_image_model()
        found = Image.objects.filter(
            file_hash=value["sha1"],
            title=value["title"],
            description=value["description"],
            credit=value["credit"],
        )
        for image in found:
            if focal_point(image) == value["focal_point"]:
                return image
        image = Image(
            title=value["title"], description=value["description"], credit=value["credit"]
        )
        if value["focal_point"]:
            (
                image.focal_point_x,
                image.focal_point_y,
                image.focal_point_width,
                image.focal_point_height,
            ) = value["focal_point"]
        return self._store(image, value["sha1"], "image")

    def document(self, value: dict | None):
        if value is None:
            return None
        Document = get_document_model()
        found = Document.objects.filter(file_hash=value["sha1"], title=value["title"]).first()
        if found:
            return found
        return self._store(Document(title=value["title"]), value["sha1"], "document")

    def _store(self, asset, sha1: str, kind: str):
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


def cleaned(data: bytes, path: Path, kind: str):
    clean = clean_image if kind == "image" else clean_document
    return clean(SimpleUploadedFile(path.name, data))


def focal_point(image) -> list[int] | None:
    box = [
        image.focal_point_x,
        image.focal_point_y,
        image.focal_point_width,
        image.focal_point_height,
    ]
    return None if None in box else box


def read_image(image) -> dict | None:
    if image is None:
        return None
    return {
        "sha1": file_hash(image),
        "title": tidy(image.title),
        "description": tidy(image.description),
        "credit": tidy(image.credit),
        "focal_point": focal_point(image),
    }


def read_document(document) -> dict | None:
    return document and {"sha1": file_hash(document), "title": tidy(document.title)}
