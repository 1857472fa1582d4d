"""The list pages that projects and the like live in, in every language, made if missing."""

from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, Site

from ..models import ProjectIndexPage
from .extensions import extensions


class NoHome(Exception):
    """There is no default site with a home page in the source language."""


def parent_types() -> dict[str, tuple]:
    found = {"projects": (ProjectIndexPage, "hankkeet", lambda: _("Projects"))}
    for extension in extensions():
        found |= extension.parents
    return found


def home_page(run) -> Page:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        raise NoHome(_("There is no default site: make one in the admin under Settings → Sites."))
    return site.root_page.specific


def parent_of(shape, run, language: str | None = None) -> Page:
    """The list page for this kind of page, in the source language or another."""
    language = language or run.locale.language_code
    if shape.below == "root":
        return Page.get_first_root_node()
    if shape.below == "home":
        return home_in(language, run)
    known = run.parents.get((shape.kind, language))
    if known is None:
        model, slug, title = parent_types()[shape.kind]
        known = _list_page(model, slug, title, language, run)
        run.parents[shape.kind, language] = known
    # Siblings change the tree: what is in memory would number new children wrongly.
    return known.__class__.objects.get(pk=known.pk)


def _list_page(model, slug, title, language, run) -> Page:
    home = home_in(language, run)
    found = model.objects.child_of(home).first()
    if found:
        return found
    with override(language):
        words = str(title())
    source = None
    if language != run.locale.language_code:
        source = _list_page(model, slug, title, run.locale.language_code, run)
    return add(model, home, slug, words, source, show_in_menus=True)


def home_in(language: str, run) -> Page:
    home = home_page(run)
    if language == run.locale.language_code:
        return home
    locale = run.locale_of(language)
    found = home.get_translation_or_none(locale)
    if found:
        return found.specific
    root = home.get_parent().specific
    model = home.specific_class
    slug = f"{home.slug}-{language}"
    page = model(title=home.title, slug=slug, locale=locale, translation_key=home.translation_key)
    root.add_child(instance=page)
    page.save_revision(log_action=False).publish(skip_permission_checks=True)
    run.note_saved(page)
    return page


def add(model, parent: Page, slug: str, title: str, source: Page | None, **fields) -> Page:
    page = model(title=title, slug=source.slug if source else slug, locale=parent.locale, **fields)
    if source:
        page.translation_key = source.translation_key
    parent.add_child(instance=page)
    page.save_revision(log_action=False).publish(skip_permission_checks=True)
    return page
