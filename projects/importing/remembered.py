"""What the files of a folder made of a site, found again, with what somebody has changed since."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction, Site

from cms.core.languages import language_label
from home.models import SiteSettings

from .checking import (
    CONTENT,
    PAGE_SETTINGS,
    SITE_SETTINGS,
    Entry,
    fingerprint,
    read_project,
    read_site,
)
from .directory import list_pages
from .loading import LoadingRun, latest_draft, with_facts
from .loading.merging import Memory, as_seen
from .loading.translations import Languages
from .reading import Source

SET_BY_HAND = ("review_on", "go_live_at", "expire_at", "locked")


@dataclass
class Remembered:
    """``versions``: the thing in its languages, the one first written at the head.

    ``changes``: what somebody has changed, empty where it is as the files left it. ``is_frame``:
    it may hold pages that no file knows of.
    """

    kind: str
    identifier: str
    key: UUID
    versions: list[Model]
    changes: list[str] = field(default_factory=list)
    is_frame: bool = False


@dataclass
class Memories:
    """``hashes``: SHA-1 of pictures and documents. Settings: names of fields with their words."""

    things: list[Remembered] = field(default_factory=list)
    hashes: set[str] = field(default_factory=set)
    settings: SiteSettings | None = None
    untouched_settings: list[str] = field(default_factory=list)
    changed_settings: list[str] = field(default_factory=list)
    settings_key: UUID | None = None


def remembered(folder: Path, paths: list[Path]) -> Memories:
    """Of a folder with ``site.yaml`` and the project files ``paths``; changes nothing.

    Raises :class:`FaultyFiles` where the files can't be read.
    """
    run = LoadingRun()
    entries, _values = read_site(Source(folder / "site.yaml"), run)
    for path in paths:
        checked = read_project(Source(path), run)
        entries += [*checked.records, checked.project, *checked.pages] if checked else []
    run.report.raise_if_faulty()
    once = {(entry.shape.kind, entry.identifier): entry for entry in entries}
    found = [thing for entry in once.values() if (thing := _thing(entry, run))]
    memories = Memories(found, set(run.library.paths))
    if found:
        _read_settings(memories, run)
    return memories


def _thing(entry: Entry, run: LoadingRun) -> Remembered | None:
    shape, memory = entry.shape, Memory(entry.shape.kind, entry.identifier, run)
    if not memory.rows:
        return None
    frames = {"site-home", *(f"site-{kind}" for kind in list_pages())}
    thing = Remembered(shape.kind, entry.identifier, memory.key, [], is_frame=shape.kind in frames)
    if memory.is_former:
        thing.changes = [_("joined into another")]
        return thing
    versions = shape.model.objects.filter(translation_key=memory.key).select_related("locale")
    thing.versions = sorted(versions, key=lambda each: (each.locale_id != run.locale.pk, each.pk))
    thing.changes = list(dict.fromkeys(_changes(thing.versions, entry, memory, run)))
    return thing


def _changes(versions: list, entry: Entry, memory: Memory, run: LoadingRun) -> Iterator[str]:
    shape, instance = entry.shape, run.directory.find(entry.shape.kind, entry.identifier)
    for version in versions:
        yield from _set_by_hand(version)
    if instance is None:
        return
    states = [instance]
    if isinstance(instance, Page) and instance.has_unpublished_changes:
        states.append(latest_draft(instance))
    for state in states:
        told = with_facts(state) if isinstance(state, Page) else state
        form = shape.read(told, run)
        yield from differences(form, memory.seen(run.locale.language_code), shape.model)
    languages = Languages(entry, instance, memory, run)
    for code in languages.targets:
        now = languages.current.get(code)
        seen = memory.seen(code)
        if seen is None:
            yield _("translated into %(language)s") % {"language": language_label(code)}
        elif now is not None:
            for name in differences(now, seen, shape.model):
                yield f"{name} ({language_label(code)})"


def _set_by_hand(version: Model) -> Iterator[str]:
    if not isinstance(version, Page):
        return
    for name in SET_BY_HAND:
        if getattr(version, name, None):
            yield str(version._meta.get_field(name).verbose_name)
    if PageViewRestriction.objects.filter(page=version).exists():
        yield _("privacy")


def differences(form: dict, seen: dict, model: type[Model]) -> Iterator[str]:
    """Names of what a thing says otherwise than when the files were loaded last."""
    now = as_seen(form)
    for name, value in now["fields"].items():
        if name in seen["fields"] and seen["fields"][name] != value:
            yield _label(model, name)
    for name, items in now["lists"].items():
        before = seen["lists"].get(name)
        if before is None or [list(item) for item in items] == [list(item) for item in before]:
            continue
        old, new = dict(before), dict(items)
        keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        yield from (f"{_label(model, name)}: {key}" for key in keys or [_("order")])


def _label(model: type[Model], name: str) -> str:
    if name == "state":
        return _("published or draft")
    found = {each.name: each for each in model._meta.get_fields()}.get(name)
    if found is not None and not found.concrete:
        return str(found.related_model._meta.verbose_name_plural)
    return str(getattr(found, "verbose_name", None) or name.replace("_", " "))


def _read_settings(memories: Memories, run: LoadingRun) -> None:
    memories.settings_key = run.directory.home_page().translation_key
    memories.settings, state = _settings_state(run)
    memories.untouched_settings = [name for name, same in state.items() if same]
    memories.changed_settings = [name for name, same in state.items() if not same]


def _settings_state(run: LoadingRun) -> tuple[SiteSettings | None, dict[str, bool]]:
    """By name, whether a setting is as a file left it; nothing where no file said any."""
    site = Site.objects.get(is_default_site=True)
    key = run.directory.home_page().translation_key
    seen = Memory("site-settings", "settings", run, key).seen(run.locale.language_code)
    stored = SiteSettings.objects.filter(site=site).first()
    if stored is None or not seen:
        return None, {}
    now = {each.name: each.read(stored, run) for each in SITE_SETTINGS}
    for name in PAGE_SETTINGS:
        now[name] = run.directory.identifier("site-content", getattr(stored, name))
    fields = seen["fields"]
    return stored, {name: fields.get(name) == fingerprint(value) for name, value in now.items()}


def untouched_settings() -> list[str]:
    """Names of the settings of the site that are as a file left them."""
    run = LoadingRun()
    run.directory.shapes[CONTENT.kind] = CONTENT
    _stored, state = _settings_state(run)
    return [name for name, same in state.items() if same]
