from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.core.admin import Line
from cms.core.admin.tables import ExportButton

from .models import MissedSearch, Promotion, SynonymGroup
from .service import engine_notice

LATELY = 30  # days


class ReadAndHandle(ModelPermissionPolicy):
    """Rows come from visitors: staff read, tick off and delete them, but do not add any."""

    def user_has_permission(self, user, action) -> bool:
        return action != "add" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions) -> bool:
        return super().user_has_any_permission(user, [name for name in actions if name != "add"])


missed_policy = ReadAndHandle(MissedSearch)
register_permission_policy(MissedSearch, missed_policy)


class SynonymViewSet(ModelViewSet):
    model = SynonymGroup
    icon = "link"
    menu_label = _("Synonyms")
    form_fields = ["language", "words"]
    list_display = ["words", "language"]
    list_filter = ["language"]
    search_fields = ["words"]
    search_backend_name = None


class PromotionViewSet(ModelViewSet):
    model = Promotion
    icon = "pick"
    menu_label = _("Promoted pages")
    form_fields = ["language", "words", "page", "note"]
    list_display = ["words", "page", "language", "note"]
    list_filter = ["language"]
    search_fields = ["words", "note"]
    search_backend_name = None

    def get_queryset(self, request) -> QuerySet:
        return Promotion.objects.select_related("page")


class MissedListing(ExportButton, IndexView):
    pass


class MissedSearchViewSet(ModelViewSet):
    model = MissedSearch
    index_view_class = MissedListing
    icon = "help"
    menu_label = _("Searches without an answer")
    form_fields = ["handled"]
    list_display = [
        "words",
        "language",
        "times",
        "reported",
        "last_on",
        BooleanColumn("handled", label=_("Handled"), sort_key="handled"),
    ]
    list_filter = {"language": ["exact"], "handled": ["exact"], "last_on": ["gte"]}
    list_export = ["words", "language", "times", "reported", "last_on", "handled"]
    search_fields = ["words"]
    search_backend_name = None
    ordering = ("handled", "-times", "-reported")
    copy_view_enabled = False
    permission_policy = missed_policy


class SearchGroup(ModelViewSetGroup):
    items = (SynonymViewSet, PromotionViewSet, MissedSearchViewSet)
    menu_label = _("Public search")
    menu_icon = "search"
    menu_order = 400


@hooks.register("to_do_lines", order=40)
def missed_lines(request) -> Iterator[Line]:
    """Words that visitors searched in vain lately: a synonym or a promoted page may help."""
    if missed_policy.user_has_permission(request.user, "change"):
        since = timezone.localdate() - timedelta(days=LATELY)
        waiting = MissedSearch.objects.filter(handled=False, last_on__gte=since).count()
        url = reverse("missedsearch:index")
        label = _("Searches without an answer in the last %(days)s days") % {"days": LATELY}
        yield Line(label, f"{url}?handled=false&last_on__gte={since}", waiting)


hooks.register("register_admin_viewset", SearchGroup)


class EngineNotice(Component):
    """Tells staff that visitors are served by the database because the engine is away."""

    order = 10
    template_name = "search/admin/engine_notice.html"

    def __init__(self, notice: str) -> None:
        self.notice = notice

    def get_context_data(self, parent_context) -> dict[str, Any]:
        return {"notice": self.notice}


@hooks.register("construct_homepage_panels")
def add_engine_notice(request, panels) -> None:
    if notice := engine_notice():
        panels.append(EngineNotice(notice))
