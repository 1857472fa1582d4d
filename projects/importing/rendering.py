"""Translated objects written from their source and their words, within the transaction."""

from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import TranslationLog, TranslationSource
from wagtail_localize.segments.ingest import ingest_segments

from .parents import parent_of
from .words import WORDS

NOT_COPIED = {
    "id",
    "page_ptr",
    "path",
    "depth",
    "numchild",
    "url_path",
    "locale",
    "alias_of",
    "latest_revision",
    "live_revision",
    "first_published_at",
    "last_published_at",
    "latest_revision_created_at",
    "has_unpublished_changes",
    "live",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
    "owner",
}


def target_of(original, locale, run):
    """The translation to write into: the stored one, or a new object that is not stored yet."""
    model = original.__class__
    found = model.objects.filter(translation_key=original.translation_key, locale=locale).first()
    if found:
        return found
    target = model(locale=locale)
    for field in model._meta.concrete_fields:
        if field.name not in NOT_COPIED:
            setattr(target, field.attname, getattr(original, field.attname))
    return target


def copy_facts(original, target) -> None:
    """What wagtail-localize keeps in step. Facts of projects and registers are one set anyway."""
    slug = getattr(target, "slug", None)
    copy_synchronised_fields(original, target)
    if isinstance(target, Page) and target.pk and target.depth == 2:
        target.slug = slug


def render(shape, source: TranslationSource, locale, state: str, run) -> None:
    original = source.as_instance()
    target = target_of(original, locale, run)
    copy_facts(original, target)
    segments = source._get_segments_for_translation(locale, fallback=True)
    ingest_segments(original, target, source.locale, locale, segments)
    revision = None
    if isinstance(target, Page):
        revision = store(shape, target, state, run)
    else:
        target.save()
        run.note_saved(target)
    TranslationLog.objects.create(source=source, locale=locale, revision=revision)


def store(shape, page: Page, state: str, run):
    """Save a translated page below the list of its language, live or as a draft."""
    live = state == "live"
    parent = parent_of(shape, run, page.locale.language_code)
    if shape.below != "root":
        page.slug = find_available_slug(parent, page.slug, ignore_page_id=page.pk)
    page.alias_of = None
    if page.pk is None:
        if shape.below == "root":
            page.slug = find_available_slug(parent, f"{page.slug}-{page.locale.language_code}")
        page.live = live
        page.draft_title = page.title
        parent.add_child(instance=page)
    elif page.live and not live:
        page.unpublish()
    if not live:
        page.save()
    revision = page.save_revision(log_action=False)
    if live:
        revision.publish()
    run.note_saved(page)
    return revision


def write_own(shape, original: Page, locale, form: dict, run) -> None:
    """A page with a text of its own: facts from the source, words from ``form``."""
    target = target_of(original, locale, run)
    copy_facts(original, target)
    for name in WORDS:
        setattr(target, name, form["fields"][name])
    if shape.body:
        target.body = shape.body.write(form["lists"]["body"], run)
    store(shape, target, form["fields"]["state"], run)
