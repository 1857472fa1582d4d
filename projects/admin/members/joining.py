"""Where the link of an invitation leads: a name and a password, once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.hygiene import one_line
from cms.users.sign_in import limit_posts

from .inviting import tokens


class JoinForm(SetPasswordForm):
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=150)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=150)
    field_order = ["first_name", "last_name", "new_password1", "new_password2"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = {"first_name": "given-name", "last_name": "family-name"}
        for name, filled_as in names.items():
            self.fields[name].widget.attrs["autocomplete"] = filled_as

    def save(self, commit=True) -> Any:
        for name in ("first_name", "last_name"):
            setattr(self.user, name, one_line(self.cleaned_data[name]))
        return super().save(commit)


class JoinView(PasswordResetConfirmView):
    """Does not sign in by itself: that goes by the usual door, with its second factor."""

    template_name = "projects/admin/member_join.html"
    form_class = JoinForm
    token_generator = tokens
    success_url = reverse_lazy("wagtailadmin_login")

    def get_user(self, uidb64) -> Any:
        user = super().get_user(uidb64)
        return user if user is None or user.is_active else None

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        text = _("Your password is set. Sign in as %(name)s.")
        messages.success(self.request, text % {"name": self.user.get_username()})
        return response

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        token = self.kwargs["token"]
        if token == self.reset_url_token:
            token = self.request.session.get(INTERNAL_RESET_SESSION_TOKEN, "")
        fault = "" if self.validlink else tokens.fault(self.user, token) or "wrong"
        return {**context, "fault": fault, "person": self.user}


join = limit_posts(JoinView.as_view(), "member-join", times=20, seconds=900)
