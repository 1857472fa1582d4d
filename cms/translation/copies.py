"""A copy of a page is another thing: what may belong to one thing only stays with the first."""

from wagtail.actions.copy_page import CopyPageAction

from .facts import FactsPage


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
            page = page.specific
            # A copy has facts of its own: those that this page leaves to another language.
            if isinstance(page, FactsPage) and not page.carries_facts:
                page.take_facts(page.carrier)
        return copy_page(self, page, to, update_attrs, excluded, _mpnode_attrs)

    CopyPageAction._copy_page = _copy_page
