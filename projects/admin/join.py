"""Joining two records or projects: the other one is chosen, both are seen, then they are one."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from cms.core.admin.tables import any_case
from cms.core.hygiene import one_line
from cms.core.permissions import may_look

from .. import joining, twins
from ..joining import keeping
from ..models import Organisation, Person, Programme, ProjectPage, TargetGroup, Theme
from .sides import compare, title_of

REGISTERS = [Organisation, Person, Programme, Theme, TargetGroup]
MODELS = {model._meta.model_name: model for model in (*REGISTERS, ProjectPage)}
SHOWN = 20


class JoinView(WagtailAdminTemplateMixin, TemplateView):
    """Of a record or project with which the user may do what joining does."""

    page_title = gettext_lazy("Join")
    header_icon = "link"
    _show_breadcrumbs = True

    def setup(self, request, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.model = MODELS.get(kwargs["model_name"])
        if self.model is None:
            raise Http404
        if self.model is not ProjectPage and not may_look(request.user, self.model):
            raise PermissionDenied
        self.known = twins.KINDS[self.model](request.user)
        self.one = self.thing(kwargs["pk"])
        self.other = self.thing(kwargs.get("other_pk", kwargs["pk"]))
        if not joining.may_join(request.user, self.one, self.other):
            raise PermissionDenied

    def thing(self, pk: int) -> Model:
        return get_object_or_404(self.known.open_records(), pk=pk)

    def edit_url(self, thing: Model) -> str:
        return AdminURLFinder(self.request.user).get_edit_url(thing) or reverse("wagtailadmin_home")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = {"url": self.edit_url(self.one), "label": title_of(self.one)}
        return [*self.breadcrumbs_items, own, {"url": "", "label": self.page_title}]

    def address(self, other: Model) -> str:
        return reverse("join_two", args=[self.model._meta.model_name, self.one.pk, other.pk])


class ChooseOther(JoinView):
    """Likely twins first; any other is found by its name."""

    template_name = "projects/admin/join_choose.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        query = one_line(self.request.GET.get("q", "")).strip()
        likely = [
            {"title": title_of(twin.record), "url": self.address(twin.record), "why": twin.reason}
            for twin in twins.of_thing(self.one, self.request.user)
        ]
        found = [
            {"title": title_of(one), "url": self.address(one)}
            for one in (self.found(query) if query else ())
        ]
        told = {"one": self.one, "title": title_of(self.one), "likely": likely, "found": found}
        return {**super().get_context_data(**kwargs), **told, "query": query}

    def found(self, query: str) -> QuerySet:
        names = ["title", "draft_title"] if self.model is ProjectPage else ["name"]
        things = self.known.open_records().filter(any_case(names, query))
        things = things.filter(locale=self.one.locale_id)
        return things.exclude(translation_key=self.one.translation_key).order_by(names[0])[:SHOWN]


class JoinTwo(JoinView):
    template_name = "projects/admin/join.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        things = [
            {"pk": thing.pk, "title": title_of(thing), "url": self.edit_url(thing)}
            for thing in (self.one, self.other)
        ]
        told = {"things": things, "lines": compare(self.one, self.other)}
        told |= {"older": min(self.one.pk, self.other.pk)}
        told |= {"is_page": self.model is ProjectPage, "days": keeping.KEPT.days}
        return {**super().get_context_data(**kwargs), **told}

    def post(self, request, *args, **kwargs) -> HttpResponse:
        pair = {str(self.one.pk): self.other, str(self.other.pk): self.one}
        gone = pair.get(request.POST.get("stays", ""))
        if gone is None:
            messages.error(request, _("Choose which of the two stays."))
            return self.render_to_response(self.get_context_data())
        stays = self.other if gone is self.one else self.one
        name = title_of(gone)
        try:
            done = joining.join(stays, gone, request.user)
        except joining.Refused as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data())
        undo = messages.button(reverse("undo_joining", args=[done.pk]), _("Undo"))
        told = _("“%(gone)s” is part of “%(stays)s” now.")
        names = {"gone": name, "stays": title_of(stays)}
        messages.success(request, told % names, buttons=[undo])
        return redirect(self.edit_url(stays))


class LeadsToBoth:
    """Two ticked rows lead to the page that shows both; that asks for the rights."""

    display_name = gettext_lazy("Join")
    action_type = "join"
    aria_label = gettext_lazy("Join the two chosen ones")
    action_priority = 20

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        chosen = list(dict.fromkeys(key for key in request.GET.getlist("id") if key.isdecimal()))
        model = ProjectPage if self.model is Page else self.model
        if len(chosen) != 2:
            messages.warning(request, _("Tick exactly two to join them."))
        elif model.objects.filter(pk__in=chosen).count() < 2:
            messages.warning(request, _("Of pages, only projects can be joined."))
        else:
            return redirect("join_two", model._meta.model_name, *chosen)
        return redirect(self.next_url)


class JoinBulk(LeadsToBoth, SnippetBulkAction):
    models = REGISTERS


class JoinPagesBulk(LeadsToBoth, PageBulkAction):
    models = [Page]


def record_buttons(snippet, user, next_url=None) -> Iterator[Button]:
    name = snippet._meta.model_name
    if name in MODELS and joining.may_begin(user, type(snippet)):
        yield _button(name, snippet.pk)


def page_buttons(page, user, next_url=None, **kwargs) -> Iterator[Button]:
    is_project = issubclass(page.specific_class or Page, ProjectPage) and not page.alias_of_id
    if is_project and page.permissions_for_user(user).can_delete():
        yield _button(ProjectPage._meta.model_name, page.pk)


def _button(name: str, pk: int) -> Button:
    url = reverse("join_choose", args=[name, pk])
    return Button(_("Join with another"), url=url, icon_name="link", priority=60)


urlpatterns = [
    path("joining/<slug:model_name>/<int:pk>/", ChooseOther.as_view(), name="join_choose"),
    path("joining/<slug:model_name>/<int:pk>/<int:other_pk>/", JoinTwo.as_view(), name="join_two"),
]
HOOKS = [
    ("register_bulk_action", JoinBulk),
    ("register_bulk_action", JoinPagesBulk),
    ("register_snippet_listing_buttons", record_buttons),
    ("register_page_listing_more_buttons", page_buttons),
    ("register_page_header_buttons", page_buttons),
    ("register_admin_urls", lambda: urlpatterns),
]
