"""Pictures and documents of an uploaded archive, laid beside its project files for a while."""

import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from ..models import IntakeFile, IntakeProject


class Folders:
    """One temporary folder for each archive; gone with this object."""

    def __init__(self) -> None:
        self.folders: dict[int, tempfile.TemporaryDirectory] = {}

    def name_of(self, project: IntakeProject) -> str:
        """How the source of a project is called: a path where files may lie beside it."""
        inside = project.passages.get(())
        if inside is None or bytes(project.file.content[:4]) != b"PK\x03\x04":
            return f"{tempfile.gettempdir()}/none/{Path(project.file.name).name or 'file'}"
        return str(Path(self._folder(project.file)) / inside.place)

    def _folder(self, file: IntakeFile) -> str:
        if file.pk not in self.folders:
            folder = tempfile.TemporaryDirectory(prefix="katto-intake-")
            with zipfile.ZipFile(BytesIO(file.content)) as archive:
                archive.extractall(folder.name)
            self.folders[file.pk] = folder
        return self.folders[file.pk].name
