"""Questions in the admin, for whoever may change the project that they are about."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.admin import Line
from cms.core.admin.to_do import changeable
from cms.repair.waiting import keeps_pages
from projects.models import ProjectPage

from .models import Question

PER_PAGE = 50


def projects_of(user) -> QuerySet:
    return changeable(ProjectPage.objects.filter(carries_facts=True), user)


def questions_for(user) -> QuerySet:
    keys = projects_of(user).order_by().values("translation_key")
    return Question.objects.filter(project__in=keys)


class Questions(WagtailAdminTemplateMixin, TemplateView):
    """``POST`` marks one as answered."""

    template_name = "asking/questions.html"
    page_title = gettext_lazy("Questions about projects")
    header_icon = "help"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not keeps_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        user = self.request.user
        shown = Paginator(questions_for(user), PER_PAGE).get_page(self.request.GET.get("p"))
        keys = {question.project for question in shown}
        pages = projects_of(user).filter(translation_key__in=keys).defer_streamfields()
        titles = {page.translation_key: page for page in pages}
        for question in shown:
            question.page = titles.get(question.project)
        return {**super().get_context_data(**kwargs), "questions": shown}

    def post(self, request, *args, **kwargs) -> HttpResponse:
        chosen = request.POST.get("answered", "")
        known = chosen.isascii() and chosen.isdecimal() and len(chosen) < 18
        question = get_object_or_404(questions_for(request.user), pk=chosen if known else 0)
        question.answered = True
        question.save(update_fields=["answered"])
        return redirect("questions")


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("questions/", Questions.as_view(), name="questions")]


class QuestionsItem(MenuItem):
    def is_shown(self, request) -> bool:
        return keeps_pages(request.user)


@hooks.register("register_reports_menu_item")
def item() -> MenuItem:
    url = reverse("questions")
    return QuestionsItem(Questions.page_title, url, name="questions", icon_name="help", order=950)


@hooks.register("to_do_lines", order=15)
def lines(request) -> Iterator[Line]:
    if keeps_pages(request.user):
        waiting = questions_for(request.user).filter(answered=False).count()
        yield Line(_("Questions about projects to answer"), reverse("questions"), waiting)
