from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from cms.core.admin import Line, page_lines

from .admin.front_page import ExpiringContactsPanel, IncompleteProjectsPanel
from .admin.listing import ProjectListingViewSet
from .admin.registers import RegisterGroup
from .models import ProjectIndexPage, ProjectPage


@hooks.register("register_admin_viewset")
def register_project_listing() -> ProjectListingViewSet:
    return ProjectListingViewSet()


@hooks.register("register_admin_viewset")
def register_registers() -> list[ViewSet]:
    return RegisterGroup()


@hooks.register("construct_homepage_panels")
def add_front_page_panels(request, panels) -> None:
    panels += [ExpiringContactsPanel(request), IncompleteProjectsPanel(request)]


@hooks.register("to_do_lines", order=10)
def project_lines(request) -> Iterator[Line]:
    labels = {
        "add": _("Add a project"),
        "changed": _("Projects with unpublished changes"),
        "drafts": _("Projects not yet published"),
    }
    return page_lines(request.user, ProjectPage, ProjectIndexPage, "project_listing", labels)
