"""What the admin's listings are made of: filters, the columns of pages, the button that exports."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import RadioSelect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn
from wagtail.admin.widgets.button import Button, ButtonWithDropdown
from wagtail.models import Locale


def any_case(fields: list[str], words: str) -> Q:
    """Rows in which some field contains the words, whatever their case.

    SQLite folds the case of ASCII alone, so the usual spellings of ä, ö and å are tried too.
    """
    words = " ".join(words.split())
    spellings = {words, words.lower(), words.upper(), words.capitalize(), words.title()}
    return reduce(
        or_, (Q(**{f"{field}__icontains": word}) for field in fields for word in spellings)
    )


class LocaleFirstFilterSet(WagtailFilterSet):
    """Opens a listing in the site's own language; "All" is one click away.

    Seven versions of the same record under one another are of no use to an editor.
    ``language_of`` is registered from above: in which the listings of a user open instead.
    """

    language_of: Callable | None = None

    def __init__(self, data=None, *args, **kwargs) -> None:
        data = data.copy() if data is not None else {}
        request, told = kwargs.get("request"), LocaleFirstFilterSet.language_of
        default = told(request.user) if request and told else Locale.get_default().language_code
        data.setdefault("locale", default)
        super().__init__(data, *args, **kwargs)
        if "locale" in self.filters:
            self.filters["locale"].extra["initial"] = default


class PublishedFilterSet(LocaleFirstFilterSet):
    """Of pages: what the public sees, what it does not see yet, and what has changed since."""

    live = django_filters.ChoiceFilter(
        label=_("Published"),
        choices=[
            ("true", _("Published")),
            ("changed", _("Published, with unpublished changes")),
            ("false", _("Draft only")),
        ],
        method="by_live",
        empty_label=_("All"),
        widget=RadioSelect,
    )

    def by_live(self, pages, name, value) -> QuerySet:
        if value == "changed":
            return pages.filter(live=True, has_unpublished_changes=True)
        return pages.filter(live=value == "true")


class TagsColumn(Column):
    """Short labels after one another; ``accessor`` gives ``(text, is a warning)`` pairs."""

    cell_template_name = "core/admin/tags_cell.html"


class EditLinkColumn(TitleColumn):
    """A page's title as a link to its editor, with a line of facts below.

    Wagtail's own title column asks the database about buttons, locks and privacy for every row.
    """

    cell_template_name = "core/admin/page_title_cell.html"

    def __init__(self, *args, get_facts=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.get_facts = get_facts

    def get_link_url(self, instance, parent_context) -> str | None:
        if instance.permissions_for_user(parent_context["request"].user).can_edit():
            return reverse("wagtailadmin_pages:edit", args=[instance.pk])
        return None

    def get_cell_context_data(self, instance, parent_context) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["page"] = instance
        context["facts"] = self.get_facts(instance) if self.get_facts else ""
        return context


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


EXPORT_HEADINGS = {
    "live": _("Published"),
    "locale.language_code": _("Language"),
    "latest_revision_created_at": _("Updated"),
}
"""At the end of a row of a spreadsheet."""


class ExportButton:
    """Mixed into a listing with ``list_export``: Wagtail hides the export behind three dots.

    ``further_exports`` is filled from above: each gives label and address for the query string of
    what is filtered now.
    """

    further_exports: tuple[Callable[[str], tuple[str, str]], ...] = ()

    @cached_property
    def header_buttons(self) -> list:
        buttons = list(super().header_buttons)
        if self.list_export:
            kinds = [("Excel (XLSX)", self.xlsx_export_url), ("CSV", self.csv_export_url)]
            query = self.request.GET.urlencode()
            kinds += [tell(query) for tell in self.further_exports]
            choices = [Button(name, url=url, icon_name="download") for name, url in kinds]
            buttons.append(
                ButtonWithDropdown(str(_("Export")), icon_name="download", buttons=choices)
            )
        return buttons

    @cached_property
    def header_more_buttons(self) -> list:
        """Not once more behind the dots."""
        mine = {self.xlsx_export_url, self.csv_export_url}
        return [button for button in super().header_more_buttons if button.url not in mine]
