"""Loading: what checked files say is brought to the database, but for what editors have changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from ..checking import Entry
from ..format import Shape
from ..reading import Fault, FaultyFiles
from ..run import Run
from .merging import Memory, merge
from .translations import Languages


@dataclass
class Outcome:
    """``changed`` and ``kept`` name object, language and field; ``notes`` are worth a look."""

    files: int = 0
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


class LoadingRun(Run):
    """A run that writes. ``records`` are those of the file that is being loaded."""

    def __init__(self, overwrite: bool = False) -> None:
        super().__init__()
        self.overwrite = overwrite
        self.outcome = Outcome()
        self.records: dict[tuple, Entry] = {}
        self.loaded: set[tuple] = set()
        self._found: dict[tuple, object] = {}

    @contextmanager
    def file(self, name: str) -> Iterator[None]:
        """One file, whole or not at all. What the database does not take is a fault of the file.

        What it takes back goes from the account and from the disk too.
        """
        stored, loaded, outcome = len(self.library.created), set(self.loaded), self.outcome
        changed, kept = len(outcome.changed), len(outcome.kept)
        try:
            with transaction.atomic(), self._one_reference_index():
                yield
        except BaseException as error:
            self.library.undo(stored)
            self.loaded = loaded
            self.saved.clear()
            del outcome.changed[changed:], outcome.kept[kept:]
            if isinstance(error, ValidationError | DatabaseError):
                raise FaultyFiles([Fault(name, 0, "", reason_of(error))]) from error
            raise
        # Let go of what one file needed, so that memory stays flat.
        self.directory.wanted.clear()
        self.records.clear()
        self._found.clear()

    @contextmanager
    def _one_reference_index(self) -> Iterator[None]:
        """Wagtail indexes references at each save, several times an object: once, at the end."""
        with disable_reference_index_auto_update():
            yield
        for instance in self.saved.values():
            ReferenceIndex.create_or_update_for_object(instance)
        self.saved.clear()

    def resolve(self, kind: str, identifier: str | None) -> object | None:
        """The object in the source language, made from this file's records if it is missing."""
        if identifier is None:
            return None
        found = self._found.get((kind, identifier)) or self.directory.find(kind, identifier)
        if found is None:
            record = self.records.get((kind, identifier))
            if record:  # An editor deleted it, yet something new in the file needs it.
                found = write_record(record, None, Memory(kind, identifier, self), self)
            else:
                found = make_stub(self.directory.shapes[kind], identifier, self)
        self._found[kind, identifier] = found
        return found


def reason_of(error: ValidationError | DatabaseError) -> str:
    if isinstance(error, DatabaseError):
        return _("The database does not take it: %(reason)s.") % {"reason": error}
    if hasattr(error, "message_dict"):
        return "; ".join(f"{name}: {' '.join(text)}" for name, text in error.message_dict.items())
    return " ".join(error.messages)


def load_record(entry: Entry, run: LoadingRun) -> None:
    """Once a run: a record may stand in many files, all of which say the same."""
    kind, identifier = entry.shape.kind, entry.identifier
    run.records[kind, identifier] = entry
    if (kind, identifier) in run.loaded:
        return
    run.loaded.add((kind, identifier))
    memory = Memory(kind, identifier, run)
    instance = run.directory.find(kind, identifier)
    if instance is None and memory.rows and not run.overwrite:
        memory.keep(_("deleted by an editor"))
    else:
        write_record(entry, instance, memory, run)


def write_record(entry: Entry, instance, memory: Memory, run: LoadingRun) -> object:
    shape, language = entry.shape, run.locale.language_code
    languages = Languages(entry, instance, memory, run)
    current = None if instance is None else shape.read(instance, run)
    merged = memory.merge(language, entry.form, current, shape)
    if instance is None:
        instance = shape.model(locale=run.locale, translation_key=memory.key)
    if merged.changed:
        shape.write(instance, merged.form, run)
        instance.save()
        run.note_saved(instance)
    run.directory.learn(shape.kind, entry.identifier, memory.key)
    memory.store(language, entry.form)
    languages.load(instance, bool(merged.changed))
    return instance


def load_page(entry: Entry, run: LoadingRun) -> None:
    """Bring a page and its languages to what the file says, but for what editors have changed."""
    shape, language = entry.shape, run.locale.language_code
    memory = Memory(shape.kind, entry.identifier, run)
    page = run.directory.find(shape.kind, entry.identifier)
    if page is None and memory.rows and not run.overwrite:
        memory.keep(_("deleted by an editor"))
        return
    languages = Languages(entry, page, memory, run)
    if page is None:
        merged = memory.merge(language, entry.form, None, shape)
        page = create_page(shape, memory, merged.form, run)
        changed = True
    else:
        changed = update_page(page, entry, memory, run)
    run.directory.learn(shape.kind, entry.identifier, memory.key)
    memory.store(language, entry.form)
    if changed:
        run.note_saved(shape.model.objects.get(pk=page.pk))
    languages.load(page, changed)


def create_page(shape: Shape, memory: Memory, form: dict, run: LoadingRun) -> Page:
    """Published only if the file says so."""
    values = form["fields"]
    page = shape.model(
        locale=run.locale,
        translation_key=memory.key,
        title=values["title"],
        slug=values["slug"],
        live=values["state"] == "live",
    )
    shape.write(page, form, run)
    stub = run.directory.find(shape.kind, memory.identifier)
    if stub:  # Made just now: its own text links to it.
        shape.write(stub, form, run)
        set_state(stub, values["state"])
        return stub
    run.parent_of(shape).add_child(instance=page)
    revision = page.save_revision(log_action=False)
    if page.live:
        revision.publish(skip_permission_checks=True)
    return page


def update_page(page: Page, entry: Entry, memory: Memory, run: LoadingRun) -> bool:
    """Merge into what is public, and again into an editor's draft on top of it."""
    shape, language = entry.shape, run.locale.language_code
    draft = latest_draft(page) if page.has_unpublished_changes else None
    target = with_facts(page if page.live or draft is None else draft)
    merged = memory.merge(language, entry.form, shape.read(target, run), shape)
    if not merged.changed:
        return False
    shape.write(target, merged.form, run)
    set_state(target, merged.form["fields"]["state"])
    if page.live and draft is not None:
        seen = memory.seen(language)
        merged = merge(entry.form, shape.read(with_facts(draft), run), seen, run.overwrite)
        shape.write(draft, merged.form, run)
        draft.save_revision(log_action=False, clean=False)
    return True


def latest_draft(page: Page) -> Page:
    """What the admin shows: the latest draft if there is one."""
    return page.get_latest_revision_as_object() if page.has_unpublished_changes else page


def with_facts(page: Page) -> Page:
    """As a file has it, in hand alone: with the facts that it leaves to another language."""
    if not getattr(page, "carries_facts", True):
        carrier = page.carrier
        page.take_facts(carrier if carrier.live else latest_draft(carrier))
    return page


def set_state(page: Page, state: str) -> None:
    if state == "live":
        page.save_revision(log_action=False).publish(skip_permission_checks=True)
        return
    if page.live:
        page.unpublish()
    page.save()
    page.save_revision(log_action=False)


def make_stub(shape: Shape, identifier: str, run: LoadingRun) -> Page:
    """A bare draft of a page that another file of this run will fill."""
    memory = Memory(shape.kind, identifier, run)
    page = shape.model(
        locale=run.locale, translation_key=memory.key, title=identifier, slug=identifier, live=False
    )
    run.parent_of(shape).add_child(instance=page)
    memory.store(run.locale.language_code, shape.read(page, run))
    return page
