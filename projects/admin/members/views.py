"""The page of a member's people: who they are, inviting one more, and whether they publish."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.hygiene import one_line
from cms.users.sign_in import limit_posts

from ...models import MemberGroup, Organisation
from . import group_of, make_group, may_manage
from .inviting import CannotInvite, awaits_password, invite, leave


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=150,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_email(self) -> str:
        return one_line(self.cleaned_data["email"])


class PeopleView(WagtailAdminTemplateMixin, FormView):
    """``POST`` invites; the smaller ``action`` of the same page are in :attr:`actions`."""

    template_name = "projects/admin/member_people.html"
    header_icon = "group"
    form_class = InvitationForm
    page_title = gettext_lazy("People of the member")
    _show_breadcrumbs = True
    actions = ("make", "publish", "withhold", "remove")

    def dispatch(self, request: HttpRequest, pk: int, *args, **kwargs) -> HttpResponse:
        if not may_manage(request.user):
            raise PermissionDenied
        self.organisation = get_object_or_404(Organisation, pk=pk).carrier
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def member(self) -> MemberGroup | None:
        return group_of(self.organisation)

    def get_page_title(self) -> str:
        return f"{self.page_title}: {self.organisation.name}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        names = Organisation.snippet_viewset
        record = reverse(names.get_url_name("edit"), args=[self.organisation.pk])
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse(names.get_url_name("list")),
                "label": Organisation._meta.verbose_name_plural.capitalize(),
            },
            {"url": record, "label": self.organisation.name},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_success_url(self) -> str:
        return address_of(self.organisation)

    @property
    def people(self) -> QuerySet:
        users = get_user_model().objects.filter(groups__member=self.member)
        return users.order_by(Lower("last_name"), Lower("first_name"), "username")

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        people = list(self.people) if self.member else []
        for person in people:
            person.is_waiting = awaits_password(person)
        return super().get_context_data(
            **kwargs, organisation=self.organisation, member=self.member, people=people
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        action = request.POST.get("action")
        if action in self.actions:
            getattr(self, action)()
            return redirect(self.get_success_url())
        if self.member is None:
            return redirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        try:
            is_new = invite(self.member, email, self.request.user)
        except CannotInvite as error:
            form.add_error("email", str(error))
            return self.form_invalid(form)
        text = _("The invitation has been sent to %(email)s.")
        if not is_new:
            text = _("%(email)s has an account already, and was added to the group.")
        messages.success(self.request, text % {"email": email})
        return super().form_valid(form)

    def make(self) -> None:
        if self.member is None:
            make_group(self.organisation, self.request.user)
            messages.success(self.request, _("The group is made. Now invite its people."))

    def publish(self) -> None:
        self._set_publishing(True)

    def withhold(self) -> None:
        self._set_publishing(False)

    def _set_publishing(self, may: bool) -> None:
        if self.member:
            self.member.may_publish = may
            self.member.save(update_fields=["may_publish"])
            messages.success(self.request, _("Saved."))

    def remove(self) -> None:
        key = self.request.POST.get("person", "")
        person = self.people.filter(pk=key).first() if self.member and key.isdecimal() else None
        if person:
            leave(self.member, person, self.request.user)
            text = _("%(name)s is no longer in the group.")
            messages.success(self.request, text % {"name": person})


def address_of(organisation: Organisation) -> str:
    return reverse("member_people", args=[organisation.pk])


people = limit_posts(PeopleView.as_view(), "member-people", times=60, seconds=3600, field="email")
urlpatterns = [path("members/<int:pk>/", people, name="member_people")]
