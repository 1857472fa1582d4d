"""The page on which an administrator has a page drafted that the law requires."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site

from cms.core.admin.first_hour import may_set_up
from cms.core.languages import language_name

from .required_pages import Kind, draft, lacking, missing_facts, settings_of


class DraftView(WagtailAdminTemplateMixin, TemplateView):
    """``POST`` makes what is lacking and leads to the first of the drafts."""

    template_name = "home/required/draft.html"
    header_icon = "doc-empty"
    _show_breadcrumbs = True

    kind: Kind | None = None

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_set_up(request.user):
            raise PermissionDenied
        self.site = Site.find_for_request(request) or Site.objects.get(is_default_site=True)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.kind.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("first_hour"), "label": _("The first hour")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        own = settings_of(self.site)
        return super().get_context_data(
            **kwargs,
            own=own,
            page=getattr(own, self.kind.field),
            missing=missing_facts(own),
            languages=[language_name(code) for code in lacking(self.kind, self.site)],
            form_url=reverse("wagtailsettings:edit", args=["home", "sitesettings", self.site.pk]),
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        page = draft(self.kind, self.site, request.user)
        if page is None:
            messages.error(request, _("There is no text in a language of this site."))
            return redirect("first_hour")
        messages.success(request, _("The draft is made. Check it, then publish it."))
        return redirect("wagtailadmin_pages:edit", page.pk)
