"""A full disk: uploads are told so and leave nothing, pages are shown all the same."""

import errno
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, models

from cms.assets import storage
from cms.assets.models import CustomDocument, CustomImage
from cms.core import caches as dispensable
from tests.factories import ContentPageFactory, ImageFactory
from tests.factories.pages import ProjectFactory

from .files import pdf, picture, upload
from .test_admin_uploads import editor, post_chooser, post_multiple, post_single  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SENTENCES = {
    "en": "The file could not be stored: there is no room for it on the server.",
    "fi": "Tiedostoa ei voitu tallentaa: palvelimella ei ole sille tilaa.",
}


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def full_disk(monkeypatch):
    """From now on new files can be made, and nothing can be written into them."""

    def make(*args, **kwargs):
        handle, path = make_file(*args, **kwargs)
        os.close(handle)
        return os.open("/dev/full", os.O_WRONLY), path

    make_file = tempfile.mkstemp
    if not Path("/dev/full").exists():  # not on every system

        def make(*args, **kwargs):
            raise OSError(errno.ENOSPC, "No space left on device")

    return lambda: monkeypatch.setattr(tempfile, "mkstemp", make)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("post", [post_single, post_multiple, post_chooser])
@pytest.mark.parametrize(
    ("kind", "name", "data"),
    [("images", "photo.png", picture()), ("docs", "guide.pdf", pdf())],
    ids=["picture", "document"],
)
def test_an_upload_is_told_and_leaves_nothing(
    editor,  # noqa: F811
    admin_user,
    media,
    full_disk,
    post,
    kind,
    name,
    data,
):
    full_disk()
    response = post(editor, kind, name, data)
    assert response.status_code == 200
    sentence = SENTENCES[admin_user.wagtail_userprofile.preferred_language]
    said = response.json()["error_message"] if post is post_multiple else response.content.decode()
    assert sentence in said
    assert not files_in(media)
    assert not CustomImage.objects.exists()
    assert not CustomDocument.objects.exists()


@pytest.mark.parametrize("post", [post_single, post_multiple, post_chooser])
def test_with_room_the_upload_is_whole_and_alone(editor, media, post):  # noqa: F811
    data = pdf()
    post(editor, "docs", "guide.pdf", data)
    assert [path.read_bytes() for path in files_in(media)] == [data]
    assert files_in(media)[0].stat().st_mode & 0o777 == 0o644
    assert CustomDocument.objects.get().page_count == 1


def test_a_refused_form_leaves_nothing(editor, media):  # noqa: F811
    editor.post("/admin/documents/add/", {"title": "", "file": upload("guide.pdf", pdf())})
    assert not files_in(media)


def test_code_that_stores_a_file_leaves_nothing_half(media, full_disk):
    full_disk()
    with pytest.raises(OSError, match="No space"):
        default_storage.save("documents/half.txt", ContentFile(b"x" * 100_000))
    assert not files_in(media)


def test_the_file_of_a_record_that_cannot_be_saved_goes_too(media, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("database or disk is full")

    document = CustomDocument(title="Opas", file=upload("guide.pdf", pdf()))
    monkeypatch.setattr(models.query.QuerySet, "_insert", refuse)
    with pytest.raises(OperationalError):
        document.save()
    assert not files_in(media)


def test_what_a_killed_process_left_is_cleared(media):
    default_storage.incoming.mkdir(parents=True)
    old, new = default_storage.incoming / "old", default_storage.incoming / "new"
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (0, 0))
    storage.clear_incoming()
    assert files_in(media) == [new]


def test_a_page_shows_the_original_where_no_rendition_can_be_written(client, media, full_disk):
    image = ImageFactory()
    page = ProjectFactory(title="Kuvallinen", image=image)
    full_disk()
    response = client.get(page.url)
    assert response.status_code == 200
    assert image.file.url in response.content.decode()
    assert "ETag" not in response  # and is not kept


def test_afterwards_the_page_has_its_renditions(client, media, full_disk, monkeypatch):
    image = ImageFactory()
    page = ProjectFactory(title="Kuvallinen", image=image)
    with monkeypatch.context():
        full_disk()
        client.get(page.url)
        monkeypatch.undo()
    response = client.get(page.url)
    assert image.file.url not in response.content.decode()
    assert image.renditions.exists()


# The folder of the page cache


@pytest.fixture
def pages(settings, tmp_path, monkeypatch):
    """The page cache of the embedded default, in a folder of the test."""
    monkeypatch.setattr(dispensable, "REST_SECONDS", 0)
    folder = tmp_path / "cache"
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "cms.core.caches.backends.FileCache", "LOCATION": folder},
    }
    return folder


def look(client) -> set[int]:
    return {client.get(url).status_code for url in ("/fi/", "/fi/hankkeet/", "/sitemap.xml")}


def test_pages_are_shown_though_their_folder_is_full(client, pages, full_disk, caplog):
    ProjectFactory(title="Hanke")
    before = files_in(pages)  # the epoch, which saving asks for
    full_disk()
    for _again in range(2):
        assert look(client) == {200}
    said = [each for each in caplog.records if each.name == "katto.cache"]
    assert len(said) == 1
    assert files_in(pages) == before


def test_a_change_is_seen_though_the_folder_is_full(
    client, pages, full_disk, django_capture_on_commit_callbacks
):
    page = ContentPageFactory(title="Ennen")
    assert "Ennen" in client.get(page.url).content.decode()
    full_disk()
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "Jälkeen"
        page.save_revision().publish()
    assert "Jälkeen" in client.get(page.url).content.decode()


@pytest.mark.parametrize("harm", ["deleted", "a file", "not ours"])
def test_pages_are_shown_though_their_folder_is(client, pages, harm, monkeypatch):
    ProjectFactory(title="Hanke")
    assert look(client) == {200}
    shutil.rmtree(pages)
    if harm == "a file":
        pages.write_text("in the way")
    elif harm == "not ours":

        def refuse(*args, **kwargs):
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr("django.core.cache.backends.filebased.safe_makedirs", refuse)
    assert look(client) == {200}
    assert caches["pages"].get("anything", "nothing") == "nothing"


@pytest.mark.parametrize("language", ["fi", "en"])
def test_a_request_that_has_no_room_on_its_way_in_is_told_so(
    admin_client, media, monkeypatch, settings, language
):
    """Big files are kept in a temporary folder while they arrive, before any form sees them."""

    def refuse(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    monkeypatch.setattr(
        "django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk", refuse
    )
    admin_client.raise_request_exception = False
    response = admin_client.post(
        "/admin/documents/add/",
        {"title": "Opas", "file": upload("guide.pdf", pdf())},
        headers={"accept-language": language},
    )
    assert response.status_code == 507
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    assert ("could not be stored" in html) == (language == "en")
    assert not files_in(media)
