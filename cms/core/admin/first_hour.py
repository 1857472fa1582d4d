"""The first hour: what an administrator of a new site sets up, above what needs doing today.

Every room tells its steps with a function registered for the hook ``first_hour_steps``::

    @hooks.register("first_hour_steps", order=40)
    def steps(request) -> Iterator[Step]:
        yield Step(_("First member"), url, is_done=Organisation.objects.exists())

Whether a step is done is asked of the data each time. What came with the sample is nobody's work:
the hook ``first_hour_sample`` tells names of settings, and ``languages``, that are as the sample
has them (:func:`of_sample`); ``first_hour_notices`` are words above the steps. Who has put the list
away finds it in the help menu.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.users.models import UserProfile

PUT_AWAY = "katto_first_hour"


@dataclass(frozen=True)
class Step:
    """Something to set up: ``url`` leads to its form, ``help`` says in a sentence why."""

    label: str
    url: str
    is_done: bool
    help: str = ""


@dataclass(frozen=True)
class Notice:
    """A word above the steps, with a button to an address."""

    text: str
    url: str
    button: str


def may_set_up(user) -> bool:
    return user.is_active and user.is_superuser


def steps_for(request) -> list[Step]:
    return [step for tell in hooks.get_hooks("first_hour_steps") for step in tell(request)]


def of_sample() -> set[str]:
    return {name for tell in hooks.get_hooks("first_hour_sample") for name in tell()}


def is_put_away(user) -> bool:
    profile = UserProfile.objects.filter(user=user).first()
    return bool(profile and profile.dismissibles.get(PUT_AWAY))


def list_of(request) -> dict[str, Any]:
    steps = steps_for(request)
    tellers = hooks.get_hooks("first_hour_notices")
    return {
        "steps": steps,
        "notices": [notice for tell in tellers for notice in tell(request)],
        "done": sum(step.is_done for step in steps),
        "total": len(steps),
    }


class FirstHourPanel(Component):
    """Nothing of it is shown to others, nor once all is done."""

    name = "first_hour"
    template_name = "core/admin/first_hour.html"
    order = 100

    def __init__(self, request) -> None:
        self.request = request

    def get_context_data(self, parent_context) -> dict[str, Any]:
        user = self.request.user
        if not may_set_up(user) or is_put_away(user):
            return {}
        told = list_of(self.request)
        is_over = told["done"] == told["total"] and not told["notices"]
        return {} if is_over else {**told, "csrf_token": get_token(self.request)}


class FirstHourView(WagtailAdminTemplateMixin, TemplateView):
    """The list by itself, whether put away or not. ``POST`` puts it away, or brings it back.

    For the user alone: another administrator goes on seeing it.
    """

    template_name = "core/admin/first_hour_page.html"
    page_title = gettext_lazy("The first hour")
    header_icon = "list-ol"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_set_up(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        own = {"is_put_away": is_put_away(self.request.user)}
        return super().get_context_data(**kwargs, **list_of(self.request), **own)

    def post(self, request: HttpRequest) -> HttpResponse:
        profile = UserProfile.get_for_user(request.user)
        profile.dismissibles[PUT_AWAY] = "again" not in request.POST
        profile.save(update_fields=["dismissibles"])
        return redirect("wagtailadmin_home")


class FirstHourMenuItem(MenuItem):
    """The way back to a list that was put away."""

    def is_shown(self, request) -> bool:
        return may_set_up(request.user)


def menu_item() -> MenuItem:
    return FirstHourMenuItem(
        gettext_lazy("The first hour"), reverse("first_hour"), icon_name="list-ol", order=90
    )
