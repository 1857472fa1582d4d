"""News and events in the admin: their list, and what needs doing."""

from collections.abc import Iterator

import django_filters
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.models import Locale

from cms.core.admin import Line, PageListing, PageListings, page_lines
from cms.core.admin.tables import EXPORT_HEADINGS, PublishedFilterSet, page_columns
from cms.core.lists import alphabetical
from cms.users.members import is_bound
from projects.models import ProjectPage

from .models import EVENT_FIELDS, NewsIndexPage, NewsPage, NewsProject
from .public import when


def projects_in_news(request) -> QuerySet:
    keys = NewsProject.objects.values("project__translation_key")
    found = ProjectPage.objects.filter(locale=Locale.get_default(), translation_key__in=keys)
    return alphabetical(found.order_by("title"))


def events() -> Q:
    """What any of the fields of an event makes one."""
    condition = Q()
    for name in EVENT_FIELDS:
        empty = "" if name in ("place", "link") else None
        condition |= ~Q(**{name: empty}) if empty == "" else Q(**{f"{name}__isnull": False})
    return condition


class NewsFilterSet(PublishedFilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("Kind"),
        choices=[("event", _("Events")), ("news", _("News"))],
        method="by_kind",
        empty_label=_("All"),
        widget=RadioSelect,
    )
    project = django_filters.ModelMultipleChoiceFilter(
        label=_("Project"),
        queryset=projects_in_news,
        method="by_project",
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        model = NewsPage
        fields = []

    def by_kind(self, pages, name, kind) -> QuerySet:
        found = NewsPage.objects.filter(events(), carries_facts=True).values("translation_key")
        if kind == "event":
            return pages.filter(translation_key__in=found)
        return pages.exclude(translation_key__in=found)

    def by_project(self, pages, name, projects) -> QuerySet:
        if not projects:
            return pages
        keys = [project.translation_key for project in projects]
        links = NewsProject.objects.filter(project__translation_key__in=keys)
        return pages.filter(translation_key__in=links.values("page__translation_key"))


def when_told(page) -> str:
    return when.told(page.facts_row)


def project_titles(page) -> str:
    return ", ".join(row.project.title for row in page.facts_row.projects.all())


def is_cancelled(page) -> bool:
    return page.facts_row.is_cancelled


class NewsListing(PageListing):
    columns = page_columns(
        _("News item or event"),
        Column("when", label=_("When"), accessor=when_told, sort_key="day"),
        Column("place", label=_("Place"), accessor="place", width="15%"),
        BooleanColumn("is_cancelled", label=_("Cancelled"), accessor=is_cancelled),
        Column("projects", label=_("Projects"), accessor=project_titles, width="20%"),
    )
    list_export = ["title", "lead", "when", "place", "project_titles", "full_url", *EXPORT_HEADINGS]
    export_headings = {
        "when": _("When"),
        "project_titles": _("Projects"),
        "full_url": _("Address"),
        **EXPORT_HEADINGS,
    }
    export_filename = "news"

    def complete(self, pages: list) -> None:
        """The facts lie in another language's row."""
        keys = {page.translation_key for page in pages}
        projects = Prefetch("projects", NewsProject.objects.select_related("project"))
        carriers = NewsPage.objects.filter(translation_key__in=keys, carries_facts=True)
        found = {row.translation_key: row for row in carriers.prefetch_related(projects)}
        for page in pages:
            page.facts_row = found.get(page.translation_key, page)

    def order_queryset(self, queryset) -> QuerySet:
        if (self.ordering or "").lstrip("-") != "day":
            return super().order_queryset(queryset)
        same = NewsPage.objects.filter(translation_key=OuterRef("translation_key"))
        carriers = same.filter(carries_facts=True).values("day")[:1]
        ordered = queryset.alias(first_day=Subquery(carriers))
        return ordered.order_by(self.ordering.replace("day", "first_day"), "pk")

    def to_row_dict(self, item) -> dict:
        item.when, item.project_titles = when_told(item), project_titles(item)
        return super().to_row_dict(item)


class NewsListingViewSet(PageListings):
    name = "news_listing"
    url_prefix = "news"
    model = NewsPage
    index_view_class = NewsListing
    icon = "calendar"
    menu_label = _("News and events")
    menu_order = 165
    filterset_class = NewsFilterSet


hooks.register("register_admin_viewset", NewsListingViewSet)


@hooks.register("construct_main_menu")
def leave_out_of_members_menu(request, items: list) -> None:
    """A member's people look after projects."""
    if is_bound(request.user):
        url = reverse("news_listing:index")
        items[:] = [item for item in items if item.url != url]


@hooks.register("to_do_lines", order=30)
def news_lines(request) -> Iterator[Line]:
    labels = {
        "add": _("Add news or an event"),
        "changed": _("News and events with unpublished changes"),
        "drafts": _("News and events not yet published"),
    }
    return page_lines(request.user, NewsPage, NewsIndexPage, "news_listing", labels)
