"""Listings of pages and records whose queries do not grow with their rows, and what needs doing."""

from itertools import chain

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView as PageIndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import Button, ButtonWithDropdown
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import IndexView as SnippetIndexView

from .tables import ExportButton, LocaleFirstFilterSet, any_case
from .to_do import Line, ToDoPanel, among, page_lines
from .upstream import note_translations, translation_buttons

__all__ = [
    "Line",
    "PageListing",
    "PageListings",
    "ToDoPanel",
    "TranslatableSnippetListing",
    "among",
    "any_case",
    "page_lines",
]


class TranslatableSnippetListing(ExportButton, SnippetIndexView):
    """A snippet listing whose number of queries does not depend on its rows.

    wagtail-localize adds its two buttons through a hook that queries three times for each row;
    here the same buttons come from two queries for all rows. Delete :meth:`get_list_buttons` once
    the hook upstream no longer does that.
    """

    base_filterset_class = LocaleFirstFilterSet
    paginate_by = 50

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("locale")

    def paginate_queryset(self, queryset, page_size) -> tuple[Paginator, Slice, list, bool]:
        paginator, page, records, is_paginated = super().paginate_queryset(queryset, page_size)
        page.object_list = list(records)
        note_translations(page.object_list, self.model.objects.all())
        return paginator, page, page.object_list, is_paginated

    def may_submit(self, instance) -> bool:
        return self.request.user.has_perm(
            "wagtail_localize.submit_translation"
        ) and self.user_has_permission_for_instance("change", instance)

    def get_list_buttons(self, instance) -> list[ButtonWithDropdown]:
        buttons = [Button.from_menu_item(item) for item in self.get_list_more_buttons(instance)]
        if self.may_submit(instance):
            meta = self.model._meta
            address = [meta.app_label, meta.model_name, instance.pk]
            url = reverse("wagtail_localize:submit_snippet_translation", args=address)
            buttons += translation_buttons(instance, url)
        if not buttons:
            return []
        label = _("More options for '%(title)s'") % {"title": instance}
        return [
            ButtonWithDropdown(
                buttons=buttons, icon_name="dots-horizontal", attrs={"aria-label": label}
            )
        ]


class PageListing(ExportButton, PageIndexView):
    """All pages of one type, in one language at a time, searched by ``search_fields``.

    The database sorts and counts keys alone; the rows that are shown are fetched by them.
    """

    base_filterset_class = LocaleFirstFilterSet
    search_fields = ["title", "draft_title"]
    paginate_by = 50
    batch = 500

    def get_base_queryset(self) -> QuerySet:
        pages = self.model.objects.filter(depth__gt=1)
        permitted = policy_registry.get_by_type(Page).explorable_instances
        return among(pages, permitted, self.request.user)

    def rows(self, keys: list[int]) -> list:
        """The pages of these keys, in their order."""
        pages = self.model.objects.filter(pk__in=keys).select_related("owner", "content_type")
        if not self.is_export:
            pages = pages.defer_streamfields().annotate_approved_schedule()
        locales = Locale.objects.in_bulk()
        found = {page.pk: page for page in self.with_related(pages).prefetch_workflow_states()}
        rows = [found[key] for key in keys if key in found]
        for page in rows:
            page.locale = locales[page.locale_id]
        self.complete(rows)
        return rows

    def with_related(self, pages) -> QuerySet:
        """With what the columns show."""
        return pages

    def complete(self, pages: list) -> None:
        """For subclasses: what the columns show and no query of the pages brings."""

    def paginate_queryset(self, queryset, page_size) -> tuple[Paginator, Slice, list, bool]:
        keys = queryset.values_list("pk", flat=True)
        paginator, page, keys, is_paginated = super().paginate_queryset(keys, page_size)
        page.object_list = self.rows(list(keys))
        return paginator, page, page.object_list, is_paginated

    def as_spreadsheet(self, queryset, spreadsheet_format) -> HttpResponseBase:
        keys = list(queryset.values_list("pk", flat=True))
        starts = range(0, len(keys), self.batch)
        batches = (self.rows(keys[start : start + self.batch]) for start in starts)
        rows = Rows.from_iterable(batches)
        rows.model = self.model
        return super().as_spreadsheet(rows, spreadsheet_format)

    def search_queryset(self, queryset) -> QuerySet:
        if not self.is_searching:
            return queryset
        return queryset.filter(any_case(self.search_fields, self.search_query))


class ChooseParent(ChooseParentView):
    """Wagtail reads the rights of groups; here its policy says where somebody may add."""

    def get_valid_parent_pages(self, user) -> QuerySet:
        kinds = ContentType.objects.get_for_models(*self.model.allowed_parent_page_models())
        parents = Page.objects.filter(content_type__in=list(kinds.values()))
        if self.locale:
            parents = parents.filter(locale=self.locale)
        permitted = policy_registry.get_by_type(Page).instances_user_has_permission_for
        return among(parents, permitted, user, "add")


class PageListings(PageListingViewSet):
    """A listing with a menu item of its own. What Wagtail asks of the set, the view says."""

    add_to_admin_menu = True
    choose_parent_view_class = ChooseParent
    columns = property(lambda self: self.index_view_class.columns)
    list_export = property(lambda self: self.index_view_class.list_export)
    export_headings = property(lambda self: self.index_view_class.export_headings)
    export_filename = property(lambda self: self.index_view_class.export_filename)


class Rows(chain):
    """Rows of a spreadsheet, a batch at a time; Wagtail asks for their ``model``."""
