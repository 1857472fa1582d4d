"""Pages in the source language: made, updated field by field, published only if changed."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from . import translations
from .memory import Memory
from .parents import parent_of
from .projectfile import Entry


def load(entry: Entry, run) -> None:
    """Bring a page and its languages to what the file says, but for what editors have changed."""
    shape = entry.shape
    key = run.directory.key(shape.kind, entry.identifier)
    memory = Memory(shape.kind, entry.identifier, key)
    page = shape.model.objects.filter(translation_key=key, locale=run.locale).first()
    if page is None and memory.rows and not run.overwrite:
        run.kept.append(f"{shape.kind} {entry.identifier}: " + _("deleted by an editor"))
        return
    languages = translations.Languages(entry, page, memory, run)
    language = run.locale.language_code
    if page is None:
        merged = memory.merge(language, entry.form, None, run)
        page = create(shape, key, merged.form, run)
        changed = True
    else:
        changed = update(page, entry, memory, run)
    run.directory.learn(shape.kind, entry.identifier, key)
    memory.store(language, entry.form)
    if changed:
        run.note_saved(shape.model.objects.get(pk=page.pk))
    languages.load(page, changed)


def create(shape, key, form: dict, run) -> Page:
    values = form["fields"]
    page = shape.model(
        locale=run.locale,
        translation_key=key,
        title=values["title"],
        slug=values["slug"],
        live=values["state"] == "live",
    )
    shape.write(page, form, run)
    stub = shape.model.objects.filter(translation_key=key, locale=run.locale).first()
    if stub:  # Made just now: its own text links to it.
        shape.write(stub, form, run)
        set_state(stub, values["state"])
        return stub
    parent_of(shape, run).add_child(instance=page)
    revision = page.save_revision(log_action=False)
    if page.live:
        revision.publish(skip_permission_checks=True)
    return page


def editable(page: Page) -> Page:
    """What the admin shows: the latest draft if there is one."""
    return page.get_latest_revision_as_object() if page.has_unpublished_changes else page


def update(page: Page, entry: Entry, memory: Memory, run) -> bool:
    """Merge into what is public, and again into an editor's draft on top of it."""
    shape, language = entry.shape, run.locale.language_code
    draft = editable(page) if page.has_unpublished_changes else None
    target = page if page.live or draft is None else draft
    merged = memory.merge(language, entry.form, shape.read(target, run), run, shape)
    if not merged.changed:
        return False
    shape.write(target, merged.form, run)
    set_state(target, merged.form["fields"]["state"])
    if page.live and draft is not None:
        keep_draft(draft, entry, memory, run)
    return True


def set_state(page: Page, state: str) -> None:
    if state == "live":
        page.save_revision(log_action=False).publish(skip_permission_checks=True)
        return
    if page.live:
        page.unpublish()
    page.save()
    page.save_revision(log_action=False)


def keep_draft(draft: Page, entry: Entry, memory: Memory, run) -> None:
    from .merging import merge

    seen = memory.seen(run.locale.language_code)
    merged = merge(entry.form, entry.shape.read(draft, run), seen, run.overwrite)
    entry.shape.write(draft, merged.form, run)
    draft.save_revision(log_action=False, clean=False)


def make_stub(run, shape, identifier: str) -> Page:
    """A bare draft of a page that another file of this run will fill."""
    key = run.directory.key(shape.kind, identifier)
    page = shape.model(
        locale=run.locale, translation_key=key, title=identifier, slug=identifier, live=False
    )
    parent_of(shape, run).add_child(instance=page)
    form = shape.read(page, run)
    Memory(shape.kind, identifier, key).store(run.locale.language_code, form)
    return page
