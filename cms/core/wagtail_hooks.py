from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState

from .admin import Line, ToDoPanel
from .admin.first_hour import FirstHourPanel, FirstHourView, menu_item
from .admin.upstream import call_bulk_actions_by_their_word, fetch_rows_by_key, order_by_alphabet

order_by_alphabet()
fetch_rows_by_key()
call_bulk_actions_by_their_word()


@hooks.register("register_admin_urls")
def register_guide() -> list[URLPattern]:
    return [
        path("guide/", GuideView.as_view(), name="editors_guide"),
        path("first-hour/", FirstHourView.as_view(), name="first_hour"),
    ]


@hooks.register("register_help_menu_item")
def add_guide_to_help() -> MenuItem:
    return MenuItem(_("What goes where"), reverse("editors_guide"), icon_name="help", order=100)


@hooks.register("construct_help_menu")
def keep_help_short(request, items) -> None:
    """Wagtail's release notes are not written for the staff of an association."""
    items[:] = [item for item in items if not item.name.startswith("whats-new")]


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    names = ("admin/katto.css", "admin/first-hour.css")
    return format_html_join(
        "", '<link rel="stylesheet" href="{}">', ((static(name),) for name in names)
    )


@hooks.register("insert_global_admin_js")
def name_what_is_nameless() -> SafeString:
    return format_html(
        '<script src="{}" data-list="{}" data-pages="{}"></script>',
        static("admin/names.js"),
        _("Search this list"),
        _("Search all pages"),
    )


@hooks.register("construct_homepage_panels")
def add_what_needs_doing(request, panels) -> None:
    panels += [FirstHourPanel(request), ToDoPanel(request)]


hooks.register("register_help_menu_item", menu_item)


@hooks.register("to_do_lines", order=0)
def reviews(request) -> Iterator[Line]:
    waiting = TaskState.objects.reviewable_by(request.user).count()
    url = reverse("wagtailadmin_reports:workflow_tasks")
    yield Line(_("Waiting for your review"), f"{url}?reviewable=true", waiting)


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """The page of ``docs/editors.md`` that an editor needs most, in the admin's own language."""

    template_name = "core/admin/guide.html"
    page_title = _("What goes where")
    header_icon = "help"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]
