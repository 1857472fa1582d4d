"""Every page in easy Finnish: how easy it reads, and what has changed in the Finnish since."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.core.admin import any_case
from cms.core.lists import Alphabetical
from cms.users.members import page_policy

from .. import policy
from . import views
from .pairs import easy_pages
from .readability import EASY, NEARLY, verdict_of

PER_PAGE = 50
ALL = ("", _("All"))
VERDICTS = {
    "easy": (EASY, None, _("Easy")),
    "nearly": (NEARLY, EASY, _("Nearly easy")),
    "ordinary": (None, NEARLY, _("Ordinary")),
    "none": (None, None, _("Nothing written")),
}
ORDERS = {
    "title": _("Title"),
    "figure": _("Hardest first"),
    "changed": _("Most changed first"),
    "saved": _("Saved last first"),
}


def open_to(user) -> QuerySet[Page]:
    """Those that the user may change: who may not has nothing to do here."""
    pages = page_policy.instances_user_has_permission_for(user, "change")
    return easy_pages().filter(pk__in=pages.order_by().values("pk"))


def is_open(user) -> bool:
    """Whether there may be anything here for this user."""
    may_change = page_policy.user_has_permission(user, "change")
    return may_change and not policy.translates_only(user)


def changed(user) -> QuerySet[Page]:
    return open_to(user).filter(easy_finnish__changed__gt=0)


class EasyFilter(forms.Form):
    changed = forms.BooleanField(label=_("The Finnish has changed"), required=False)
    verdict = forms.ChoiceField(
        label=_("Readability"),
        required=False,
        choices=[ALL, *((name, label) for name, (*_limits, label) in VERDICTS.items())],
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    order = forms.ChoiceField(label=_("Order"), required=False, choices=list(ORDERS.items()))

    def narrow(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        self.is_valid()  # A choice that is none narrows nothing; the form says so.
        given = self.cleaned_data
        if given.get("changed"):
            pages = pages.filter(easy_finnish__changed__gt=0)
        if given.get("verdict"):
            pages = _of_verdict(pages, given["verdict"])
        if given.get("title"):
            pages = pages.filter(any_case(["title", "draft_title"], given["title"]))
        return pages.order_by(*_order(given.get("order")), "pk")


def _of_verdict(pages: QuerySet[Page], name: str) -> QuerySet[Page]:
    least, below, _label = VERDICTS[name]
    if name == "none":
        return pages.filter(easy_finnish__figure=None)
    if least is not None:
        pages = pages.filter(easy_finnish__figure__gte=least)
    return pages.filter(easy_finnish__figure__lt=below) if below is not None else pages


def _order(name: str) -> list:
    return {
        "figure": [F("easy_finnish__figure").asc(nulls_last=True)],
        "changed": [F("easy_finnish__changed").desc(nulls_last=True)],
        "saved": [F("latest_revision_created_at").desc(nulls_last=True)],
    }.get(name, [Alphabetical("shown_title")])


class Item:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.record = getattr(page, "easy_finnish", None)
        self.verdict = verdict_of(self.record.figure if self.record else None)
        self.kind = capfirst(str(page.specific_class._meta.verbose_name))
        self.url = reverse("easy_write", args=[page.pk])
        self.saved_at = page.latest_revision_created_at or page.last_published_at


class EasyList(WagtailAdminTemplateMixin, TemplateView):
    template_name = "translation/easy/list.html"
    page_title = _("Easy Finnish")
    header_icon = "glasses"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not is_open(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def form(self) -> EasyFilter:
        return EasyFilter(self.request.GET)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        title = Coalesce(NullIf("draft_title", Value("")), "title")
        pages = open_to(self.request.user).select_related("easy_finnish", "content_type")
        pages = pages.annotate_approved_schedule().prefetch_workflow_states()
        found = self.form.narrow(pages.alias(shown_title=title))
        paginator = Paginator(found, PER_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "items": [Item(each) for each in page.object_list],
            "page_obj": page,
            "pages": paginator.get_elided_page_range(page.number),
            "count": paginator.count,
        }


urlpatterns = [
    path("easy/", EasyList.as_view(), name="easy_list"),
    path("easy/<int:page_id>/hints/", views.hints, name="easy_hints"),
    path("easy/make/<int:page_id>/", views.make, name="easy_make"),
]
