from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import TaskState

from .admin import Line, ToDoPanel
from .admin.help import GuideView
from .admin.ordering import order_by_alphabet

order_by_alphabet()


@hooks.register("register_admin_urls")
def register_guide():
    return [path("guide/", GuideView.as_view(), name="editors_guide")]


@hooks.register("register_help_menu_item")
def add_guide_to_help():
    return MenuItem(_("What goes where"), reverse("editors_guide"), icon_name="help", order=100)


@hooks.register("construct_help_menu")
def keep_help_short(request, items):
    """Wagtail's release notes are not written for the staff of an association."""
    items[:] = [item for item in items if not item.name.startswith("whats-new")]


@hooks.register("construct_homepage_panels")
def add_what_needs_doing(request, panels):
    panels.append(ToDoPanel(request))


@hooks.register("to_do_lines", order=0)
def reviews(request):
    waiting = TaskState.objects.reviewable_by(request.user).count()
    url = reverse("wagtailadmin_reports:workflow_tasks")
    yield Line(_("Waiting for your review"), f"{url}?reviewable=true", waiting)
