import pytest

from .files import Folder


@pytest.fixture
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    inside = tmp_path / "files"
    inside.mkdir()
    return Folder(inside)
