"""Wagtail's admin mended where it shows things to whoever may enter, without asking its policy.

Somebody who is bound to a member's own things finds those, and what the public sees; the drafts,
files and people of others have no names. Nothing changes for all others. Each mend can go when the
view that it names asks the policy itself.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.admin.views.home import RecentEditsPanel, UserObjectsInWorkflowModerationPanel
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .members import NAMING, choosable, is_bound, may_name, page_policy


@hooks.register("construct_page_chooser_queryset")
def known_pages(pages: QuerySet, request: HttpRequest) -> QuerySet:
    if not is_bound(request.user):
        return pages
    return pages.filter(pk__in=choosable(request.user).values("pk"))


def _of_known_pages(view: Callable) -> Callable:
    """The view for one page: its title is told even where nothing below it is."""

    @wraps(view)
    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        bound = parent_page_id and is_bound(request.user)
        if bound and not may_name(request.user, Page, [parent_page_id]):
            raise Http404
        return view(self, request, parent_page_id)

    return get


def _several_known(view: Callable) -> Callable:
    @wraps(view)
    def get(self, request: HttpRequest) -> HttpResponse:
        if is_bound(request.user):
            request.GET = request.GET.copy()
            known = may_name(request.user, Page, request.GET.getlist("id"))
            request.GET.setlist("id", [str(key) for key in known])
        return view(self, request)

    return get


def _in_the_explorer(view: Callable) -> Callable:
    """It asks only whether a page lies below the one where the user's own begin."""

    @wraps(view)
    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        if parent_page_id and is_bound(request.user):
            own = page_policy.explorable_instances(request.user)
            if not own.filter(pk=parent_page_id).exists():
                top = page_policy.explorable_root_instance(request.user)
                return redirect("wagtailadmin_explore", top.pk)
        return view(self, request, parent_page_id)

    return get


def _closed(view: Callable) -> Callable:
    @wraps(view)
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if is_bound(request.user):
            raise PermissionDenied
        return view(self, request, *args, **kwargs)

    return dispatch


def _without_strangers(actionable: Callable) -> Callable:
    """Actions on ticked rows name what they refuse to touch, whatever it is."""

    @wraps(actionable)
    def get_actionable_objects(self) -> tuple[list, dict[str, list]]:
        things, others = actionable(self)
        refused = others["items_with_no_access"]
        if refused and is_bound(self.request.user):
            known = may_name(self.request.user, self.model, [one.pk for one in refused])
            others["items_with_no_access"] = [one for one in refused if one.pk in known]
        return things, others

    return get_actionable_objects


def _files_of_api(queryset: Callable) -> Callable:
    @wraps(queryset)
    def get_queryset(self) -> QuerySet:
        files, user = queryset(self), self.request.user
        if not is_bound(user):
            return files
        policy = policy_registry.get_by_type(self.model)
        own = policy.instances_user_has_any_permission_for(user, NAMING)
        return files.filter(pk__in=own.order_by().values("pk"))

    return get_queryset


def _still_own(context: Callable, name: str, page_of: Callable) -> Callable:
    """Panels of the front page tell of whatever one has once worked on."""

    @wraps(context)
    def get_context_data(self, parent_context) -> dict:
        found, user = context(self, parent_context), parent_context["request"].user
        if is_bound(user):
            rows = found.get(name) or ()
            found[name] = [row for row in rows if _may_edit(user, page_of(row))]
        return found

    return get_context_data


def _may_edit(user, page: Model) -> bool:
    return isinstance(page, Page) and page.permissions_for_user(user).can_edit()


@hooks.register("construct_reports_menu")
def leave_out_closed_report(request: HttpRequest, items: list) -> None:
    if is_bound(request.user):
        items[:] = [item for item in items if item.name != "page-types-usage"]


def connect() -> None:
    """Called once, when Django has loaded its apps."""
    BrowseView.get = _of_known_pages(BrowseView.get)
    ChosenMultipleView.get = _several_known(ChosenMultipleView.get)
    ExplorableIndexView.get = _in_the_explorer(ExplorableIndexView.get)
    PageTypesUsageReportView.dispatch = _closed(PageTypesUsageReportView.dispatch)
    BulkAction.get_actionable_objects = _without_strangers(BulkAction.get_actionable_objects)
    for view in (ImagesAdminAPIViewSet, DocumentsAdminAPIViewSet):
        view.get_queryset = _files_of_api(view.get_queryset)
    for panel, name, page_of in (
        (RecentEditsPanel, "last_edits", lambda row: row[1]),
        (UserObjectsInWorkflowModerationPanel, "workflow_states", lambda row: row.content_object),
    ):
        panel.get_context_data = _still_own(panel.get_context_data, name, page_of)
