"""Publications in the admin: their list (which languages, files, projects) and what needs doing."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.models import Locale

from cms.core.admin import Line, PageListing, PageListings, page_lines
from cms.core.admin.tables import EXPORT_HEADINGS, PublishedFilterSet, TagsColumn, page_columns
from cms.core.lists import alphabetical
from cms.users.members import is_bound
from projects.models import ProjectPage

from .models import (
    LANGUAGE_CHOICES,
    PublicationFile,
    PublicationIndexPage,
    PublicationKind,
    PublicationPage,
    PublicationProject,
)


def projects_with_publications(request) -> QuerySet:
    keys = PublicationProject.objects.values("project__translation_key")
    found = ProjectPage.objects.filter(locale=Locale.get_default(), translation_key__in=keys)
    return alphabetical(found.order_by("title"))


class PublicationFilterSet(PublishedFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=PublicationKind.choices, widget=CheckboxSelectMultiple
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Language of a file"),
        choices=LANGUAGE_CHOICES,
        method="by_language",
        widget=CheckboxSelectMultiple,
    )
    lacking = django_filters.ChoiceFilter(
        label=_("Missing parts"),
        choices=[("files", _("No file or link")), ("projects", _("No project"))],
        method=lambda pages, name, part: pages.filter(**{f"{part}__isnull": True}),
        empty_label=_("All"),
        widget=RadioSelect,
    )
    project = django_filters.ModelMultipleChoiceFilter(
        label=_("Project"),
        queryset=projects_with_publications,
        method="by_project",
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        model = PublicationPage
        fields = []

    def by_language(self, publications, name, languages) -> QuerySet:
        files = PublicationFile.objects.filter(language__in=languages)
        return publications.filter(pk__in=files.values("page"))

    def by_project(self, publications, name, projects) -> QuerySet:
        if not projects:
            return publications
        keys = [project.translation_key for project in projects]
        links = PublicationProject.objects.filter(project__translation_key__in=keys)
        return publications.filter(pk__in=links.values("page"))


def languages(publication) -> list[tuple[str, bool]]:
    """The languages of the files, or a warning that there are none."""
    shown = dict(LANGUAGE_CHOICES)
    codes = dict.fromkeys(file.language for file in publication.files.all())
    tags = [(str(shown.get(code, code)), False) for code in codes]
    return tags or [(str(_("No file or link")), True)]


def project_titles(publication) -> str:
    return ", ".join(link.project.title for link in publication.projects.all())


class PublicationListing(PageListing):
    columns = page_columns(
        _("Publication"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column(
            "year", label=_("Year"), accessor="publication_date.year", sort_key="publication_date"
        ),
        TagsColumn("languages", label=_("Languages"), accessor=languages, width="20%"),
        Column("projects", label=_("Projects"), accessor=project_titles, width="20%"),
    )
    list_export = [
        "title",
        "lead",
        "get_kind_display",
        "publication_date",
        "file_lines",
        "project_titles",
        "full_url",
        *EXPORT_HEADINGS,
    ]
    export_headings = {
        "get_kind_display": _("Kind"),
        "file_lines": _("Files"),
        "project_titles": _("Projects"),
        "full_url": _("Address"),
        **EXPORT_HEADINGS,
    }
    export_filename = "publications"

    def with_related(self, pages) -> QuerySet:
        return pages.prefetch_related(
            Prefetch("files", queryset=PublicationFile.objects.select_related("document")),
            Prefetch("projects", queryset=PublicationProject.objects.select_related("project")),
        )

    def to_row_dict(self, item) -> dict[str, Any]:
        lines = []
        for file in item.files.all():
            where = file.url or (file.document.url if file.document else "")
            parts = (str(file.get_language_display()), file.title, where)
            lines.append(" ".join(part for part in parts if part))
        item.file_lines = "; ".join(lines)
        item.project_titles = project_titles(item)
        return super().to_row_dict(item)


class PublicationListingViewSet(PageListings):
    name = "publication_listing"
    url_prefix = "publications"
    model = PublicationPage
    index_view_class = PublicationListing
    icon = "glasses"
    menu_label = _("Publications")
    menu_order = 160
    filterset_class = PublicationFilterSet


hooks.register("register_admin_viewset", PublicationListingViewSet)


@hooks.register("construct_main_menu")
def leave_out_of_members_menu(request, items: list) -> None:
    """A member's people look after projects."""
    if is_bound(request.user):
        url = reverse("publication_listing:index")
        items[:] = [item for item in items if item.url != url]


@hooks.register("to_do_lines", order=20)
def publication_lines(request) -> Iterator[Line]:
    labels = {
        "add": _("Add a publication"),
        "changed": _("Publications with unpublished changes"),
        "drafts": _("Publications not yet published"),
    }
    return page_lines(
        request.user, PublicationPage, PublicationIndexPage, "publication_listing", labels
    )
