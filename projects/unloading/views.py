"""The page on which an administrator takes the sample away."""

import logging
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from django_tasks import task
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.core.admin.first_hour import may_set_up

from ..importing import Busy, FaultyFiles
from .finding import Changed, Sample, is_there, sample
from .removing import remove

logger = logging.getLogger("katto.sample")


@task()
def take_away(keep_changed: bool) -> None:
    """It takes a while: not in a request."""
    try:
        remove(keep_changed)
    except (Changed, Busy) as reason:
        logger.warning("The sample was not taken away: %s.", reason)


class RemoveSampleView(WagtailAdminTemplateMixin, TemplateView):
    """Shows what goes, and what somebody has changed; ``POST`` takes it away."""

    template_name = "projects/admin/remove_sample.html"
    page_title = gettext_lazy("Take the sample away")
    header_icon = "bin"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_set_up(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("first_hour"), "label": _("The first hour")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not is_there():
            return context
        try:
            found = sample()
        except FaultyFiles as error:
            return {**context, "faults": error.faults}
        return {**context, "found": found, "changes": found.changes, **_counts(found)}

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        keep = request.POST.get("keep") == "1"
        if not is_there():
            messages.info(request, _("There is no sample on this site."))
        elif not keep and sample().changes:
            return redirect("remove_sample")
        else:
            transaction.on_commit(lambda: take_away.enqueue(keep))
            messages.success(request, _("The sample is being taken away. It takes a minute."))
        return redirect("wagtailadmin_home")


def _counts(found: Sample) -> dict[str, int]:
    versions = [version for thing in found.things for version in thing.versions]
    pages = sum(isinstance(version, Page) for version in versions)
    return {"pages": pages, "records": len(versions) - pages, "files": len(found.files)}


def urlpatterns() -> list[URLPattern]:
    return [path("first-hour/sample/", RemoveSampleView.as_view(), name="remove_sample")]
