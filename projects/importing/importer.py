"""Reads and checks every file, then loads one after the other, each in a transaction of its own."""

from collections.abc import Callable, Iterable
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
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
                    and file.is_file()
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
    return list({file.resolve(): file for file in found}.values())


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
    run.check_references()
    run.report.raise_if_faulty()
    notes = list(dict.fromkeys(run.report.notes))
    try:
        with transaction.atomic() if dry_run else nullcontext():
            for path in progress(files, _("Loading")):
                load_file(path, digests[path], run)
            if dry_run:
                raise _Undo
    except _Undo:
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
    stored = len(run.library.created)
    loaded = dict(run.loaded)
    try:
        with transaction.atomic(), one_reference_index(run):
            for entry in checked.records:
                records.load(entry, run)
            pages.load(checked.project, run)
            for entry in checked.pages:
                pages.load(entry, run)
    except ValidationError as error:
        run.library.created, gone = run.library.created[:stored], run.library.created[stored:]
        for file in gone:
            file.storage.delete(file.name)
        run.loaded = loaded
        raise FaultyFiles([Fault(str(path), 0, "", said(error))]) from error
    run.wanted = []
    run.forget()


@contextmanager
def one_reference_index(run: Run):
    """Wagtail indexes references at each save, several times an object: do it once, at the end."""
    with disable_reference_index_auto_update():
        yield
    for instance in run.saved.values():
        ReferenceIndex.create_or_update_for_object(instance)
    run.saved.clear()


def said(error: ValidationError) -> str:
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
