from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.core.admin import Line, page_lines

from .admin.listing import ProjectListingViewSet
from .admin.missing import ExpiringContactsPanel, IncompleteProjectsPanel
from .admin.organisations import OrganisationViewSet, PersonViewSet
from .admin.vocabularies import (
    MunicipalityViewSet,
    ProgrammeViewSet,
    RegionViewSet,
    TargetGroupViewSet,
    ThemeViewSet,
)
from .models import ProjectIndexPage, ProjectPage


class RegisterGroup(SnippetViewSetGroup):
    """One menu for everything that projects refer to."""

    items = (
        OrganisationViewSet,
        PersonViewSet,
        ProgrammeViewSet,
        ThemeViewSet,
        TargetGroupViewSet,
        MunicipalityViewSet,
        RegionViewSet,
    )
    menu_label = gettext_lazy("Registers")
    menu_icon = "table"
    menu_order = 170


@hooks.register("register_admin_viewset")
def register_listings() -> list[ViewSet]:
    return [ProjectListingViewSet(), RegisterGroup()]


@hooks.register("construct_homepage_panels")
def add_front_page_panels(request, panels: list) -> None:
    panels += [ExpiringContactsPanel(), IncompleteProjectsPanel()]


@hooks.register("to_do_lines", order=10)
def project_lines(request) -> Iterator[Line]:
    labels = {
        "add": _("Add a project"),
        "changed": _("Projects with unpublished changes"),
        "drafts": _("Projects not yet published"),
    }
    return page_lines(request.user, ProjectPage, ProjectIndexPage, "project_listing", labels)
