"""How far a request for translations is: a row for each thing, a cell for each language."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.core.languages import language_label
from cms.core.permissions import may_look

from .. import policy
from ..models import RequestedVersion, TranslationRequest
from ..translators import nobody_translates
from . import try_again
from .preparing import go_on

SHOWN = 300
"""Pages and records of one request that its page shows; the rest is counted."""


def title_of(instance: Model) -> str:
    return instance.get_admin_display_title() if isinstance(instance, Page) else str(instance)


@dataclass
class Row:
    """A page or record of a request; ``cells``: its version in each language, or none."""

    title: str
    kind: str
    url: str | None
    cells: list[RequestedVersion | None]
    messages: list[tuple[str, str]] = field(default_factory=list)


class RequestList(WagtailAdminTemplateMixin, ListView):
    """All requests, the newest first, with how far they are."""

    template_name = "translation/admin/request_list.html"
    page_title = gettext_lazy("Translation requests")
    header_icon = "wagtail-localize-language"
    paginate_by = 50
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not policy.as_staff(request.user, policy.SUBMIT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[TranslationRequest]:
        counts = {
            state: Count("versions", filter=Q(versions__state=state))
            for state in RequestedVersion.State.values
        }
        requests = TranslationRequest.objects.select_related("created_by").annotate(**counts)
        return requests.order_by("-created_at", "-pk")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class RequestDetail(WagtailAdminTemplateMixin, TemplateView):
    """How far a request is. What has stopped can be taken up, what was refused tried again."""

    template_name = "translation/admin/request_detail.html"
    page_title = gettext_lazy("Translation request")
    header_icon = "wagtail-localize-language"
    _show_breadcrumbs = True

    def dispatch(self, request, request_id, *args, **kwargs) -> HttpResponse:
        if not policy.as_staff(request.user, policy.SUBMIT):
            raise PermissionDenied
        self.object = get_object_or_404(TranslationRequest, pk=request_id)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs) -> HttpResponse:
        if "again" in request.POST and not try_again(self.object, request.user):
            messages.error(request, _("You may not have any of these rows translated."))
        go_on(self.object)
        return redirect("translation:request_detail", self.object.pk)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        versions = list(
            self.object.versions.select_related("locale", "content_type").order_by("pk")
        )
        locales = {version.locale_id: version.locale for version in versions}
        states = [version.state for version in versions]
        state = RequestedVersion.State
        rows = self.rows(versions, list(locales))
        return {
            **super().get_context_data(**kwargs),
            "asked": self.object,
            "languages": [
                (locale.language_code, language_label(locale.language_code))
                for locale in locales.values()
            ],
            "nobody": nobody_translates(locales.values()),
            "rows": rows[:SHOWN],
            "more": max(0, len(rows) - SHOWN),
            "total": len(states),
            "ready": states.count(state.DONE),
            "refused": states.count(state.REFUSED),
            "waiting": states.count(state.WAITING),
            "settled": len(states) - states.count(state.WAITING),
        }

    def rows(self, versions: list[RequestedVersion], locales: list[int]) -> list[Row]:
        """Of what the user may know of."""
        by_thing = defaultdict(dict)
        for version in versions:
            by_thing[version.content_type_id, version.object_id][version.locale_id] = version
        things = things_of(versions)
        finder, rows = AdminURLFinder(self.request.user), []
        for thing, found in by_thing.items():
            instance = things.get(thing)
            if isinstance(instance, Page):
                may_know = policy.may_edit(self.request.user, instance)
            else:
                may_know = instance is None or may_look(self.request.user, type(instance))
            if not may_know:
                continue
            told = [
                (language_label(version.locale.language_code), version.message)
                for version in found.values()
                if version.message
            ]
            kind = next(iter(found.values())).content_type.name
            title = title_of(instance) if instance else _("Deleted since")
            url = finder.get_edit_url(instance) if instance else None
            rows.append(Row(title, kind, url, [found.get(pk) for pk in locales], told))
        return rows

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("translation:requests"), "label": RequestList.page_title}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]


def things_of(versions: list[RequestedVersion]) -> dict[tuple[int, int], Model]:
    """Pages and records of these rows, a query a kind; pages without their types."""
    wanted = defaultdict(set)
    for version in versions:
        wanted[version.content_type_id].add(version.object_id)
    kinds = {version.content_type_id: version.content_type for version in versions}
    found = {}
    for kind, keys in wanted.items():
        model = kinds[kind].model_class()
        model = Page if model and issubclass(model, Page) else model
        rows = model._base_manager.in_bulk(keys) if model else {}
        found |= {(kind, pk): instance for pk, instance in rows.items()}
    return found
