from wagtail import hooks

from .admin.front_page import ExpiringContactsPanel, IncompleteProjectsPanel
from .admin.listing import ProjectListingViewSet
from .admin.registers import RegisterGroup


@hooks.register("register_admin_viewset")
def register_project_listing():
    return ProjectListingViewSet()


@hooks.register("register_admin_viewset")
def register_registers():
    return RegisterGroup()


@hooks.register("construct_homepage_panels")
def add_front_page_panels(request, panels):
    panels += [ExpiringContactsPanel(request), IncompleteProjectsPanel(request)]
