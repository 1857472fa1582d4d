"""Uploads that are whole or not there: on a full disk nothing half stays behind."""

import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage

INCOMING = "incoming"
IMAGES = "original_images"
# Not given out by the application, and not public in a bucket.
CLOSED_IMAGES = "closed_images"
DAY = 24 * 60 * 60


class Staged(File):
    """A file that lies, complete, where moving it to its place takes no more room."""

    def __init__(self, path: str) -> None:
        super().__init__(None, name=path)
        self.path = path
        self.discard = weakref.finalize(self, Path(path).unlink, missing_ok=True)

    def temporary_file_path(self) -> str:
        return self.path


class WholeFileStorage(FileSystemStorage):
    """Django's storage writes a file in its place and leaves what it got done when that fails."""

    @property
    def incoming(self) -> Path:
        return Path(self.location) / INCOMING

    def stage(self, content: File) -> Staged:
        """Write the content beside the other files; OSError if there is no room for it."""
        self.incoming.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=self.incoming)
        staged = Staged(path)
        try:
            with open(handle, "wb") as whole:
                for chunk in content.chunks():
                    whole.write(chunk.encode() if isinstance(chunk, str) else chunk)
        except OSError:
            staged.discard()
            raise
        return staged

    def _save(self, name: str, content: File) -> str:
        staged = getattr(content, "staged", None) or self.stage(content)
        try:
            return super()._save(name, staged)
        finally:
            staged.discard()


def make_room(file) -> None:
    """Stage an upload before it is accepted; OSError if the disk is full.

    Where files are in a bucket, only the upload itself shows whether there is room.
    """
    stage = getattr(default_storage, "stage", None)
    if stage:
        file.staged = stage(file)


def clear_incoming() -> None:
    """Remove what a killed process left half written."""
    folder = getattr(default_storage, "incoming", None)
    for file in folder.glob("*") if folder else ():
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < time.time() - DAY:
                file.unlink()


class WholeFile:
    """Mixed into a model before Wagtail's: a file whose record cannot be saved is taken away."""

    def save(self, *args, **kwargs) -> None:
        is_new = bool(self.file) and not self.file._committed
        try:
            super().save(*args, **kwargs)
        except Exception:
            if is_new and self.file._committed:
                self.file.storage.delete(self.file.name)
            raise
