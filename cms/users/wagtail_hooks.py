"""The pages of two-factor sign-in: enrol, give the code, make recovery codes, take it away."""

from base64 import b32encode
from collections.abc import Iterator

import django_otp
import qrcode
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, View
from django_otp import match_token
from django_otp.models import Device
from qrcode.image.svg import SvgPathImage
from wagtail import hooks
from wagtail.admin.widgets import Button

from . import two_factor


class CodeForm(forms.Form):
    """A code of the user's devices; ``device`` is the one that it fits.

    Guessing is slowed down by the devices themselves, for longer after each wrong code.
    """

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )

    def __init__(self, *args, user, device: Device | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.device = device

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split()).lower()
        if self.device is not None:
            fits = self.device.verify_token(code)
        else:
            self.device = match_token(self.user, code)
            fits = self.device is not None
        if not fits:
            raise forms.ValidationError(
                _(
                    "The code is not right, or it has been used. Wait for the next one in your "
                    "application and write it here. After several wrong codes wait a little longer."
                )
            )
        return code


def next_address(request) -> str:
    """Where the user was going, if that is on this site; otherwise the admin's first page."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        return address
    return reverse("wagtailadmin_home")


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class CodeView(FormView):
    form_class = CodeForm

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            **kwargs,
            next=next_address(self.request),
            is_required=settings.REQUIRE_TWO_FACTOR,
        )

    def pass_on(self, device: Device, codes: list[str] | None = None) -> HttpResponse:
        """Note that the second factor was given, under a new session key, and go on.

        ``codes`` are new recovery codes, which are shown once.
        """
        self.request.session.cycle_key()
        django_otp.login(self.request, device)
        address = next_address(self.request)
        if codes is None:
            return redirect(address)
        context = {"codes": codes, "next": address}
        return render(self.request, "users/two_factor/codes.html", context)


class SetUpView(CodeView):
    template_name = "users/two_factor/set_up.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if two_factor.confirmed_device(request.user) and not request.user.is_verified():
            return redirect("two_factor_verify")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict:
        self.pending = two_factor.pending_device(self.request.user)
        return super().get_form_kwargs() | {"device": self.pending}

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        key = b32encode(self.pending.bin_key).decode().rstrip("=")
        context["key"] = " ".join(key[i : i + 4] for i in range(0, len(key), 4))
        # Drawn here, so the secret reaches no other service.
        image = qrcode.make(
            self.pending.config_url, image_factory=SvgPathImage, box_size=12, border=3
        )
        context["qr_code"] = mark_safe(image.to_string(encoding="unicode"))  # noqa: S308
        return context

    def form_valid(self, form: CodeForm) -> HttpResponse:
        return self.pass_on(form.device, two_factor.enrol(self.request.user, form.device))


class VerifyView(CodeView):
    template_name = "users/two_factor/verify.html"

    def form_valid(self, form: CodeForm) -> HttpResponse:
        answer = self.pass_on(form.device)
        left = two_factor.recovery_codes_left(self.request.user)
        if not isinstance(form.device, two_factor.TOTPDevice) and left < 4:
            messages.warning(
                self.request,
                gettext("Recovery codes left: %(number)s. Make new ones under your account.")
                % {"number": left},
            )
        return answer


class StatusView(CodeView):
    """The user's own second factor; a code is asked for each change."""

    template_name = "users/two_factor/status.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not two_factor.confirmed_device(request.user):
            return redirect("two_factor_set_up")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        left = two_factor.recovery_codes_left(self.request.user)
        return super().get_context_data(**kwargs, codes_left=left)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        if "codes" in self.request.POST:
            codes = two_factor.new_recovery_codes(self.request.user)
            # A recovery code may just have let the user in: its device is gone now.
            return self.pass_on(two_factor.confirmed_device(self.request.user), codes)
        two_factor.remove(self.request.user)
        messages.success(self.request, gettext("Two-factor sign-in is off."))
        return redirect(
            "wagtailadmin_account" if not settings.REQUIRE_TWO_FACTOR else "two_factor_set_up"
        )


@method_decorator(never_cache, name="dispatch")
class ResetView(View):
    """An administrator helps a colleague who has lost both the application and the codes."""

    def dispatch(self, request: HttpRequest, user_id: int, *args, **kwargs) -> HttpResponse:
        self.person = get_object_or_404(get_user_model(), pk=user_id)
        allowed = request.user.has_perm("users.change_user") and (
            request.user.is_superuser or not self.person.is_superuser
        )
        if not allowed or self.person == request.user:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(
            request,
            "users/two_factor/reset.html",
            {"person": self.person, "has_device": two_factor.confirmed_device(self.person)},
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        two_factor.remove(self.person)
        messages.success(
            request,
            gettext("Two-factor sign-in of %(user)s is off.")
            % {"user": self.person.get_username()},
        )
        return redirect("wagtailusers_users:index")


urlpatterns = [
    path("two-factor/", StatusView.as_view(), name="two_factor"),
    path("two-factor/set-up/", SetUpView.as_view(), name="two_factor_set_up"),
    path("two-factor/verify/", VerifyView.as_view(), name="two_factor_verify"),
    path(
        "two-factor/reset/<int:user_id>/",
        ResetView.as_view(),
        name="two_factor_reset",
    ),
]

hooks.register("register_admin_urls", lambda: urlpatterns)


@hooks.register("register_account_menu_item")
def two_factor_of_own_account(request) -> dict:
    return {
        "url": reverse("two_factor"),
        "label": _("Two-factor sign-in"),
        "help_text": _("A code from your telephone besides the password."),
    }


@hooks.register("register_user_listing_buttons")
def two_factor_of_a_colleague(user, request_user) -> Iterator[Button]:
    allowed = request_user.has_perm("users.change_user") and user != request_user
    if allowed and (request_user.is_superuser or not user.is_superuser):
        yield Button(
            _("Take away two-factor sign-in"),
            reverse("two_factor_reset", args=[user.pk]),
            icon_name="key",
            priority=40,
        )


@hooks.register("register_log_actions")
def two_factor_log(actions) -> None:
    actions.register_action(
        "users.two_factor_on", _("Two-factor sign-in on"), _("Turned two-factor sign-in on")
    )
    actions.register_action(
        "users.two_factor_off", _("Two-factor sign-in off"), _("Turned two-factor sign-in off")
    )
