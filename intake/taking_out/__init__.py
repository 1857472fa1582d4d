"""Taking out: what is filtered or ticked, as spreadsheets, 360Giving or project files."""

import tempfile
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from projects.importing import Lookup, export_projects, told_projects
from projects.models import ProjectPage

from . import giving, table

KINDS = {
    "xlsx": ("Excel (XLSX)", table.XLSX_TYPE),
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "json": ("360Giving (JSON)", "application/json"),
    "zip": ("YAML (ZIP)", "application/zip"),
}
"""By ending: what people call it, and its media type."""


def write(kind: str, pages: Iterable[ProjectPage], language: str) -> bytes:
    """A file of one of :data:`KINDS`; its headings are in a language of the admin."""
    if kind == "zip":
        return _archive(pages)
    projects = told_projects(pages)
    if kind == "json":
        return giving.write(projects)
    rows = table.rows_of(projects, language)
    return table.as_csv(rows) if kind == "csv" else table.as_xlsx(rows)


def _archive(pages: Iterable[ProjectPage]) -> bytes:
    out = BytesIO()
    with tempfile.TemporaryDirectory(prefix="katto-taking-out-") as folder:
        lookup = Lookup()
        export_projects(Path(folder), [lookup.identifier("projects", page) for page in pages])
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(folder).as_posix())
    return out.getvalue()
