"""What was joined: in the history of a record, and in a report where it can be undone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import LogFormatter

from .. import joining
from ..joining import keeping
from ..models import Joining
from .join import MODELS

SHOWN = 200


class Joined(LogFormatter):
    label = gettext_lazy("Join")

    def format_message(self, log_entry) -> str:
        gone = {"gone": log_entry.data.get("gone", "")}
        return _("Joined “%(gone)s” into it (see Reports → Joined records)") % gone


class Undone(LogFormatter):
    label = gettext_lazy("Undo joining")

    def format_message(self, log_entry) -> str:
        gone = {"gone": log_entry.data.get("gone", "")}
        return _("Undid the joining of “%(gone)s”") % gone


class Copied(LogFormatter):
    label = gettext_lazy("Copy as a template")

    def format_message(self, log_entry) -> str:
        source = log_entry.data.get("page", {})
        return _("Made from the template “%(title)s”") % {"title": source.get("title", "")}


def register_actions(actions) -> None:
    actions.register_action("projects.copy_as_template")(Copied)
    actions.register_action("projects.join")(Joined)
    actions.register_action("projects.undo_join")(Undone)


def is_open(user) -> bool:
    return any(joining.may_begin(user, model) for model in MODELS.values())


class JoinedReport(WagtailAdminTemplateMixin, TemplateView):
    """The latest joinings of what the user may undo."""

    template_name = "projects/admin/joined.html"
    page_title = gettext_lazy("Joined records")
    header_icon = "link"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not is_open(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        rows = Joining.objects.select_related("user", "content_type").defer("steps")[:SHOWN]
        kept = set(Joining.objects.exclude(steps=[]).values_list("pk", flat=True))
        rows = [row for row in rows if joining.may_undo(self.request.user, row)]
        for row in rows:
            row.can_be_undone = row.pk in kept
        told = {"rows": rows, "days": keeping.KEPT.days}
        return {**super().get_context_data(**kwargs), **told}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class UndoJoining(WagtailAdminTemplateMixin, TemplateView):
    template_name = "projects/admin/undo_joining.html"
    page_title = gettext_lazy("Undo joining")
    header_icon = "link"

    def setup(self, request, joining_id, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.joining = get_object_or_404(Joining, pk=joining_id)
        if not joining.may_undo(request.user, self.joining):
            raise PermissionDenied

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "joining": self.joining}

    def post(self, request, *args, **kwargs) -> HttpResponse:
        names = {"gone": self.joining.gone, "stays": self.joining.stayed}
        try:
            joining.undo(self.joining, request.user)
        except joining.Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("joined_report")
        messages.success(request, _("“%(gone)s” and “%(stays)s” are two again.") % names)
        model = self.joining.content_type.model_class()
        stays = model._base_manager.filter(translation_key=self.joining.key).first()
        return redirect(AdminURLFinder(request.user).get_edit_url(stays) or "joined_report")


class ReportItem(MenuItem):
    def is_shown(self, request) -> bool:
        return is_open(request.user)


def report_item() -> MenuItem:
    url = reverse("joined_report")
    return ReportItem(JoinedReport.page_title, url, name="joined", icon_name="link", order=920)


urlpatterns = [
    path("reports/joined/", JoinedReport.as_view(), name="joined_report"),
    path("joined/<int:joining_id>/undo/", UndoJoining.as_view(), name="undo_joining"),
]
HOOKS = [
    ("register_log_actions", register_actions),
    ("register_reports_menu_item", report_item),
    ("register_admin_urls", lambda: urlpatterns),
]
