"""Project files: read, checked, loaded, and written again. See ``docs/project-files.md``.

This is the room's face: commands and the rooms above import nothing below it. A room above adds its
pages to project files with :func:`register`; a kind of file is one more :func:`register_reader`.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.core.concurrency import alone
from home.models import SiteSettings

from .checking import PAGE_SETTINGS, SITE_SETTINGS, check_code, check_slugs, read_project, read_site
from .directory import NoHome
from .format import PAGE, PROJECT, Extension, Shape, extensions, register
from .format.body import Body
from .format.fields import Choice, Day, Rows, Text
from .format.references import Document, Image, Reference
from .format.segments import WORDS
from .in_memory import Loader, Lookup, forget
from .loading import LoadingRun, Outcome, load_page, load_record
from .loading.merging import Memory
from .reading import READERS, Fault, FaultyFiles, Source, Unreadable, register_reader
from .reading.yaml_files import read_yaml
from .remembered import Memories, Remembered, remembered, untouched_settings
from .writing import export_projects, told_projects

__all__ = [
    "PAGE",
    "WORDS",
    "Body",
    "Busy",
    "Choice",
    "Day",
    "Document",
    "Extension",
    "FaultyFiles",
    "Image",
    "Loader",
    "Lookup",
    "Memories",
    "NoHome",
    "Outcome",
    "Reference",
    "Remembered",
    "Rows",
    "Shape",
    "Text",
    "Unreadable",
    "export_projects",
    "forget",
    "import_ended",
    "import_projects",
    "load_site",
    "only_import",
    "read_yaml",
    "register",
    "register_reader",
    "remembered",
    "told_projects",
    "untouched_settings",
]

NOT_PROJECTS = ("site.yaml", "site.yml")
Progress = Callable[[Iterable, str], Iterable]

register_reader(read_yaml, ".yaml", ".yml")

import_ended = Signal()
"""Sent when an import is over, whole or not: what follows many changes may begin."""


class Busy(Exception):
    """Another import is running."""


@contextmanager
def only_import() -> Iterator[None]:
    """One import at a time: raise :class:`Busy` if another runs."""
    with alone("import") as mine:
        if not mine:
            raise Busy(_("Another import is running. Wait until it has ended, then try again."))
        try:
            yield
        finally:
            import_ended.send(only_import)


class _Undo(Exception):
    """Takes a dry run back."""


def import_projects(
    paths: Iterable[str | Path],
    overwrite: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda items, label: items,
) -> Outcome:
    """Read and check every file, then load one after the other, each in its own transaction.

    Raises :class:`FaultyFiles`, with nothing loaded, if any has a fault.
    """
    files = _find_files(paths)
    run = LoadingRun(overwrite)
    digests = {}
    for path in progress(files, _("Checking")):
        source = Source(path)
        checked = read_project(source, run)
        digests[path] = source.digest
        if checked:
            check_slugs(checked, source, run)
            check_code(checked.project, source, run)
    run.check_references()
    run.report.raise_if_faulty()
    run.outcome.files, run.outcome.notes = len(files), list(dict.fromkeys(run.report.notes))
    try:
        with transaction.atomic() if dry_run else nullcontext():
            for number, path in enumerate(progress(files, _("Loading"))):
                try:
                    _load_file(path, digests[path], run)
                except FaultyFiles as error:
                    error.loaded = 0 if dry_run else number
                    raise
            if dry_run:
                raise _Undo
    except _Undo:
        pass
    finally:
        if dry_run:
            run.library.undo()
    return run.outcome


def _find_files(paths: Iterable[str | Path]) -> list[Path]:
    """The project files in files and folders, each once; FaultyFiles for what is not there."""
    found, faults = [], []
    for given in paths:
        path, message = Path(given), ""
        try:
            if path.is_dir():
                inside = sorted(
                    file
                    for file in path.rglob("*")
                    if file.suffix.lower() in READERS
                    and file.name not in NOT_PROJECTS
                    and not file.is_dir()
                )
                if not inside:
                    message = _("There are no project files (*.yaml) in this folder.")
                found += inside
            elif path.is_file():
                found.append(path)
            else:
                message = _("There is no such file or folder.")
        except OSError as error:
            message = _("It can't be read: %(reason)s.") % {"reason": error.strerror or error}
        if message:
            faults.append(Fault(str(given), 0, "", message))
    if faults:
        raise FaultyFiles(faults)
    return list({os.path.realpath(file): file for file in found}.values())


def _load_file(path: Path, digest: str, run: LoadingRun) -> None:
    source = Source(path)
    checked = read_project(source, run)
    if source.digest != digest or checked is None:
        message = _("The file was changed while it was being imported. Import it again.")
        run.report.faults.append(Fault(str(path), 0, "", message))
        run.report.raise_if_faulty()
    with run.file(str(path)):
        for entry in checked.records:
            load_record(entry, run)
        for entry in (checked.project, *checked.pages):
            load_page(entry, run)


def load_site(
    path: Path, overwrite: bool = False, progress: Progress = lambda items, label: items
) -> Outcome:
    """Load the frame of the site: pages in every language, and settings.

    Raises :class:`FaultyFiles`, with nothing loaded, if the file has a fault.
    """
    run = LoadingRun(overwrite)
    entries, values = read_site(Source(path), run)
    run.check_references()
    run.report.raise_if_faulty()
    languages = [code for code, _name in settings.LANGUAGES]
    with run.file(str(path)):
        for code in languages:
            run.directory.locale_of(code)
        for entry in progress(entries, _("Pages of the site")):
            load_page(entry, run)
        # Home and lists exist in every language, with plain names where none are given.
        for code in languages:
            run.home_in(code)
            for shape in (PROJECT, *(extension.shape for extension in extensions())):
                run.parent_of(shape, code)
        _load_settings(values, run)
    run.outcome.files, run.outcome.notes = 1, run.report.notes
    return run.outcome


def _load_settings(values: dict, run: LoadingRun) -> None:
    stored = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    key = run.directory.home_page().translation_key
    memory = Memory("site-settings", "settings", run, key)
    current = {f.name: f.read(stored, run) for f in SITE_SETTINGS}
    for name in PAGE_SETTINGS:
        current[name] = run.directory.identifier("site-content", getattr(stored, name))
    language, form = run.locale.language_code, {"fields": values, "lists": {}}
    merged = memory.merge(language, form, {"fields": current, "lists": {}}, None)
    if merged.changed:
        for f in SITE_SETTINGS:
            f.write(stored, merged.form["fields"][f.name], run)
        for name in PAGE_SETTINGS:
            setattr(stored, name, run.resolve("site-content", merged.form["fields"][name]))
        stored.save()
        run.note_saved(stored)
    memory.store(language, form)
