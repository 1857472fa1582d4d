"""Organisations, people, programmes, themes and target groups."""

from django.utils.translation import gettext as _

from . import translations
from .memory import Memory
from .projectfile import Entry


def load(entry: Entry, run) -> None:
    """Once a run: a record may stand in many files, all of which say the same."""
    shape, identifier = entry.shape, entry.identifier
    run.record_data[shape.kind, identifier] = entry
    if (shape.kind, identifier) in run.loaded:
        return
    run.loaded[shape.kind, identifier] = entry.mark
    key = run.directory.key(shape.kind, identifier)
    memory = Memory(shape.kind, identifier, key)
    instance = run.directory.find(shape.kind, identifier)
    if instance is None and memory.rows and not run.overwrite:
        run.kept.append(f"{shape.kind} {identifier}: " + _("deleted by an editor"))
        return
    apply(entry, instance, memory, run)


def apply(entry: Entry, instance, memory: Memory, run):
    shape, language = entry.shape, run.locale.language_code
    languages = translations.Languages(entry, instance, memory, run)
    current = None if instance is None else shape.read(instance, run)
    merged = memory.merge(language, entry.form, current, run, shape)
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


def recreate(run, kind: str, identifier: str):
    """A record that an editor deleted, yet that something new in the file needs."""
    entry = run.record_data[kind, identifier]
    key = run.directory.key(kind, identifier)
    return apply(entry, None, Memory(kind, identifier, key), run)
