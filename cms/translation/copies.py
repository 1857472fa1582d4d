"""A copy of a page is another thing: what may belong to one thing only stays with the first."""

from wagtail.actions.copy_page import CopyPageAction

from .facts import FactsPage


def with_facts(page):
    """The page in hand, with the facts that it leaves to another language: a copy has its own."""
    if isinstance(page, FactsPage) and not page.carries_facts:
        page.take_facts(page.carrier)
    return page


def blank_what_is_one_things_own() -> None:
    """Make Wagtail's copying ask page types for ``own_fields``: copied subpages and drafts too.

    A copy for translation and an alias are the same thing again and keep them, so Wagtail's
    ``exclude_fields_in_copy``, which holds for both, would take too much.
    """
    copy_page = CopyPageAction._copy_page

    def _copy_page(self, page, to=None, update_attrs=None, exclude_fields=None, _mpnode_attrs=None):
        excluded = list(exclude_fields or ())
        if self.reset_translation_key:
            excluded += getattr(page.specific_class, "own_fields", ())
            page = with_facts(page.specific)
        return copy_page(self, page, to, update_attrs, excluded, _mpnode_attrs)

    CopyPageAction._copy_page = _copy_page
