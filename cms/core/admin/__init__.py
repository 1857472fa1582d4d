"""Parts of the admin that every room's listings share."""

from .filters import ExportButton, LocaleFirstFilterSet, PublishedFilterSet, any_case
from .listing import (
    EditLinkColumn,
    Line,
    PageListing,
    PageListings,
    TagsColumn,
    ToDoPanel,
    TranslatableSnippetListing,
    page_lines,
)

__all__ = [
    "EditLinkColumn",
    "ExportButton",
    "Line",
    "LocaleFirstFilterSet",
    "PageListing",
    "PageListings",
    "PublishedFilterSet",
    "TagsColumn",
    "ToDoPanel",
    "TranslatableSnippetListing",
    "any_case",
    "page_lines",
]
