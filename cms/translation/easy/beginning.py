"""A page in easy Finnish is begun: a draft with the headings of the Finnish, and none of its
sentences.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page

from .. import policy
from .pairs import EASY, finnish_of
from .sections import HEADING, SECTION

WORDS = ("lead", "seo_title", "search_description")


def easy_locale() -> Locale | None:
    return Locale.objects.filter(language_code=EASY).first()


def why_not(user, finnish: Page) -> str:
    """A sentence where it can't be begun; empty where the user may begin it.

    :raises PermissionDenied: for whoever has no right to any of this.
    """
    locale = easy_locale()
    parent = locale and parent_of(finnish, locale)
    may_add = bool(parent) and parent.permissions_for_user(user).can_add_subpage()
    may_edit = policy.may_edit(user, finnish)
    # Who begins it reads the Finnish beside it, be that a draft.
    if not (may_edit or (may_add and finnish.live)):
        raise PermissionDenied
    if locale is None:
        return _("Easy Finnish is not among the languages of this site (Settings → Locales).")
    if finnish.get_translations().filter(locale=locale).exists():
        return _("This page shows the Finnish one in easy Finnish (an alias). Delete that first.")
    if parent is None:
        above = finnish.get_parent()
        return _("The page above, “%(title)s”, has to be made in easy Finnish first.") % {
            "title": above.title
        }
    return "" if may_add else _("You may not add pages in easy Finnish there.")


def may_begin(user, finnish: Page) -> bool:
    try:
        return not why_not(user, finnish)
    except PermissionDenied:
        return False


def parent_of(finnish: Page, locale: Locale) -> Page | None:
    """Where it would lie; home pages of all languages lie beside each other."""
    parent = finnish.get_parent()
    if parent.is_root():
        return parent
    found = parent.get_translations().filter(locale=locale).first()
    return found.specific if found else None


def begin(user, finnish: Page) -> Page:
    """The new page, with the Finnish title: a page has to have one, and it is often a name."""
    with transaction.atomic():
        page = finnish.copy_for_translation(easy_locale())
        source = finnish_of(page) or finnish
        page.title = page.draft_title = source.title
        for name in WORDS:
            setattr(page, name, "")
        if hasattr(page, "body"):
            page.body = skeleton(source.body)
        page.save(clean=False)
        page.save_revision(user=user, log_action="wagtail.create", changed=True, clean=False)
    return page


def skeleton(body: StreamValue) -> StreamValue:
    """The kinds and headings of sections; the blocks are new ones, with ids of their own."""
    blocks = []
    for block in body:
        if block.block_type == HEADING:
            blocks.append((HEADING, block.value))
        elif block.block_type == SECTION and block.value.has_text:
            kept = {"kind": block.value.get("kind"), "heading": block.value.get("heading") or ""}
            blocks.append((SECTION, block.block.to_python({**kept, "text": ""})))
    return StreamValue(body.stream_block, blocks)
