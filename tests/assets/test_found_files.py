"""Files that the installed packages bring along: strange and ordinary, none made for this site.

Whatever they are, the checks answer with a yes or with a sentence, and cleaning keeps the picture.
"""

import importlib.util
import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from cms.assets.metadata import clean_document, clean_image
from cms.assets.validation import check_document, check_image

from .files import upload

# All of them are pinned in the requirements, or come with what is.
PACKAGES = ["wagtail", "django", "docx", "rest_framework", "ninja", "coverage", "wagtail_localize"]
PICTURES = {".avif", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".webp"}
DOCUMENTS = {".docx", ".odt", ".pdf", ".pptx", ".txt", ".xlsx"}
MOST = 25


def found(*suffixes: str) -> list[Path]:
    """Some files of each package, the same ones every time."""
    files = []
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        assert spec is not None, f"{package} is in the requirements"
        folder = Path(spec.origin).parent
        here = sorted(path for path in folder.rglob("*") if path.suffix.lower() in suffixes)
        files.extend(path for path in here if 0 < path.stat().st_size < 2_000_000)
    step = max(1, len(files) // MOST)
    return files[::step]


def answer(check, name: str, data: bytes) -> str:
    try:
        check(upload(name, data))
    except ValidationError as refusal:
        message = refusal.messages[0]
        assert len(message) > 15
        assert "%(" not in message
        return message
    return ""


@pytest.mark.parametrize("path", found(*PICTURES), ids=lambda path: path.name)
def test_pictures_are_taken_or_refused_with_a_sentence(path):
    data = path.read_bytes()
    if answer(check_image, path.name, data):
        return
    after = clean_image(upload(path.name, data)).read()
    assert clean_image(upload(path.name, after)).read() == after
    if path.suffix.lower() != ".svg":
        with Image.open(io.BytesIO(data)) as one, Image.open(io.BytesIO(after)) as other:
            assert one.size == other.size


@pytest.mark.parametrize("path", found(".png", ".jpg", ".gif"), ids=lambda path: path.name)
def test_ordinary_pictures_are_taken(path):
    data = path.read_bytes()
    with Image.open(io.BytesIO(data)) as image:
        right = {"JPEG": ".jpg"}.get(image.format, f".{image.format.lower()}")
    if path.suffix.lower() == right:
        assert answer(check_image, path.name, data) == ""


@pytest.mark.parametrize("path", found(*DOCUMENTS), ids=lambda path: path.name)
def test_documents_are_taken_or_refused_with_a_sentence(path):
    data = path.read_bytes()
    if answer(check_document, path.name, data):
        assert path.suffix == ".txt", "the office documents of other people's tests are honest"
        return
    after = clean_document(upload(path.name, data)).read()
    assert answer(check_document, path.name, after) == ""


OTHERS = (".html", ".ttf", ".woff2", ".ico")


@pytest.mark.parametrize("path", found(*OTHERS, ".json"), ids=lambda path: path.name)
@pytest.mark.parametrize("extension", ["docx", "pdf", "txt", "odt"])
def test_what_is_something_else_gets_an_answer(path, extension):
    answer(check_document, f"a.{extension}", path.read_bytes())


@pytest.mark.parametrize("path", found(*OTHERS), ids=lambda path: path.name)
@pytest.mark.parametrize("extension", ["png", "jpg", "svg", "heic"])
def test_what_is_no_picture_is_refused(path, extension):
    data = path.read_bytes()
    assert answer(check_image, f"a.{extension}", data)


def test_there_are_files_to_try():
    assert len(found(*PICTURES)) > 20
    assert len(found(*DOCUMENTS)) >= 3
