"""Reads and checks every file, then loads one after the other, each in a transaction of its own."""

import os
from collections.abc import Callable, Iterable
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from . import pages, projectfile, records
from .faults import Fault, FaultyFiles, Place
from .parents import parent_types
from .reading import Source
from .run import Run

ENDINGS = (".yaml", ".yml")
NOT_PROJECTS = ("site.yaml", "site.yml")


@dataclass
class Outcome:
    """``changed`` and ``kept`` name object, language and field; ``notes`` are worth a look."""

    files: int = 0
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


class _Undo(Exception):
    """Takes a dry run back."""


def find_files(paths: Iterable[str | Path]) -> list[Path]:
    """The project files in files and folders, each once; FaultyFiles for what is not there."""
    found, faults = [], []
    for given in paths:
        path = Path(given)
        try:
            if path.is_dir():
                inside = sorted(
                    file
                    for file in path.rglob("*")
                    if file.suffix.lower() in ENDINGS
                    and file.name not in NOT_PROJECTS
                    and not file.is_dir()
                )
                if not inside:
                    message = _("There are no project files (*.yaml) in this folder.")
                    faults.append(Fault(str(given), 0, "", message))
                found += inside
            elif path.is_file():
                found.append(path)
            else:
                message = _("There is no such file or folder.")
                faults.append(Fault(str(given), 0, "", message))
        except OSError as error:
            message = _("It can't be read: %(reason)s.") % {"reason": error.strerror or error}
            faults.append(Fault(str(given), 0, "", message))
    if faults:
        raise FaultyFiles(faults)
    return list({os.path.realpath(file): file for file in found}.values())


def import_projects(
    paths: Iterable[str | Path],
    overwrite: bool = False,
    dry_run: bool = False,
    progress: Callable[[Iterable, str], Iterable] = lambda items, label: items,
) -> Outcome:
    """Load project files. Raises :class:`FaultyFiles`, with nothing loaded, if any has a fault."""
    files = find_files(paths)
    run = Run(overwrite)
    digests = {}
    for path in progress(files, _("Checking")):
        source = Source(path)
        checked = projectfile.read(source, run)
        digests[path] = source.digest
        if checked:
            check_slugs(checked, source, run)
            check_code(checked.project, source, run)
    run.check_references()
    run.report.raise_if_faulty()
    notes = list(dict.fromkeys(run.report.notes))
    try:
        with transaction.atomic() if dry_run else nullcontext():
            for number, path in enumerate(progress(files, _("Loading"))):
                try:
                    load_file(path, digests[path], run)
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
    return Outcome(len(files), run.changed, run.kept, notes)


def load_file(path: Path, digest: str, run: Run) -> None:
    """One file, whole or not at all."""
    source = Source(path)
    checked = projectfile.read(source, run)
    if source.digest != digest or checked is None:
        message = _("The file was changed while it was being imported. Import it again.")
        run.report.faults.append(Fault(str(path), 0, "", message))
        run.report.raise_if_faulty()
    try:
        with whole_or_nothing(run), transaction.atomic(), one_reference_index(run):
            for entry in checked.records:
                records.load(entry, run)
            pages.load(checked.project, run)
            for entry in checked.pages:
                pages.load(entry, run)
    except (ValidationError, DatabaseError) as error:
        raise FaultyFiles([Fault(str(path), 0, "", said(error))]) from error
    run.wanted = []
    run.forget()


@contextmanager
def whole_or_nothing(run: Run):
    """What the database takes back goes from the account and from the disk too."""
    stored, changed, kept = len(run.library.created), len(run.changed), len(run.kept)
    loaded = dict(run.loaded)
    try:
        yield
    except BaseException:
        run.library.undo(stored)
        run.loaded = loaded
        run.saved.clear()
        del run.changed[changed:], run.kept[kept:]
        raise


@contextmanager
def one_reference_index(run: Run):
    """Wagtail indexes references at each save, several times an object: do it once, at the end."""
    with disable_reference_index_auto_update():
        yield
    for instance in run.saved.values():
        ReferenceIndex.create_or_update_for_object(instance)
    run.saved.clear()


def said(error: ValidationError | DatabaseError) -> str:
    if isinstance(error, DatabaseError):
        return _("The database does not take it: %(reason)s.") % {"reason": error}
    if hasattr(error, "message_dict"):
        return "; ".join(f"{name}: {' '.join(text)}" for name, text in error.message_dict.items())
    return " ".join(error.messages)


def check_slugs(checked, source: Source, run: Run) -> None:
    """No two pages of one list may end in the same address."""
    place = Place(source, (), run.report)
    for number, entry in enumerate([checked.project, *checked.pages]):
        slug, kind = entry.form["fields"]["slug"], entry.shape.kind
        at = place / "slug" if number == 0 else place / kind / (number - 1) / "slug"
        other = run.slugs.setdefault((kind, slug), (entry.identifier, source.name))
        if other[0] != entry.identifier:
            at.fault(
                _("The slug “%(slug)s” is used by “%(id)s” in %(file)s, too.")
                % {"slug": slug, "id": other[0], "file": other[1]}
            )
            continue
        model = parent_types()[kind][0]
        key = run.directory.key(kind, entry.identifier)
        taken = Page.objects.filter(slug=slug, locale=run.locale).exclude(translation_key=key)
        for page in taken:
            if issubclass(page.get_parent().specific_class or Page, model):
                at.fault(
                    _("The slug “%(slug)s” is used by another page, “%(title)s”.")
                    % {"slug": slug, "title": page.title}
                )


def check_code(project, source: Source, run: Run) -> None:
    """Two projects with one code are worth a look, as in the admin, but no fault."""
    code, programme = project.form["fields"]["code"], project.form["fields"]["programme"]
    if not code:
        return
    known = (project.identifier, source.name)
    other = run.codes.setdefault((code.casefold(), programme), known)
    twin = other[0] if other != known else None
    loaded = run.directory.find("programmes", programme) if programme else None
    if twin is None and bool(programme) == bool(loaded):
        key = run.directory.key(project.shape.kind, project.identifier)
        found = project.shape.model(translation_key=key).code_twin(code, loaded)
        twin = found and run.directory.identifier(project.shape.kind, found)
    if twin:
        (Place(source, (), run.report) / "code").note(
            _("The code %(code)s is that of “%(id)s”, too.") % {"code": code, "id": twin}
        )
