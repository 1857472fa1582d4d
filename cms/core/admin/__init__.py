"""Parts of the admin that every room's listings share."""

from .columns import EditLinkColumn, TagsColumn
from .filters import LocaleFirstFilterSet, any_case
from .listing import PageListing, TranslatableSnippetListing

__all__ = [
    "EditLinkColumn",
    "LocaleFirstFilterSet",
    "PageListing",
    "TagsColumn",
    "TranslatableSnippetListing",
    "any_case",
]
