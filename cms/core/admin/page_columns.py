"""What every list of pages shows of a page, whatever its type; the type adds its own columns."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn

from .listing import EditLinkColumn

EXPORT_HEADINGS = {
    "live": _("Published"),
    "locale.language_code": _("Language"),
    "latest_revision_created_at": _("Updated"),
}
"""At the end of a row of a spreadsheet."""


def page_columns(label: str, *own: Column, get_facts: Callable | None = None) -> list[Column]:
    """``label`` names the type; ``get_facts`` gives a line of text to stand below the title."""
    return [
        BulkActionsColumn("bulk_actions"),
        EditLinkColumn(
            "title",
            label=label,
            accessor="get_admin_display_title",
            sort_key="title",
            get_facts=get_facts,
            width="28%",
        ),
        *own,
        DateColumn(
            "latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"
        ),
        PageStatusColumn("status", label=_("Published"), sort_key="live"),
    ]
