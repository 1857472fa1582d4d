"""The pages: enrol, give the code, recovery codes, and taking the second factor away."""

from base64 import b32encode

import django_otp
import qrcode
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, View
from qrcode.image.svg import SvgPathImage

from . import devices
from .forms import CodeForm


def next_address(request) -> str:
    """Where the user was going, if that is on this site; otherwise the admin's first page."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        return address
    return reverse("wagtailadmin_home")


def qr_code(text: str) -> str:
    """``text`` as inline SVG: made here, so the secret reaches no other service."""
    image = qrcode.make(text, image_factory=SvgPathImage, box_size=12, border=3)
    return mark_safe(image.to_string(encoding="unicode"))  # noqa: S308


def pass_on(request, device) -> None:
    """Note that the second factor was given, under a new session key."""
    request.session.cycle_key()
    django_otp.login(request, device)


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class CodeView(FormView):
    form_class = CodeForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, next=next_address(self.request))


class SetUpView(CodeView):
    template_name = "users/two_factor/set_up.html"

    def dispatch(self, request, *args, **kwargs):
        if devices.confirmed_device(request.user) and not request.user.is_verified():
            return redirect("two_factor_verify")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        self.pending = devices.pending_device(self.request.user)
        return super().get_form_kwargs() | {"device": self.pending}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        key = b32encode(self.pending.bin_key).decode().rstrip("=")
        context["key"] = " ".join(key[i : i + 4] for i in range(0, len(key), 4))
        context["qr_code"] = qr_code(self.pending.config_url)
        context["is_required"] = settings.REQUIRE_TWO_FACTOR
        return context

    def form_valid(self, form):
        codes = devices.enrol(self.request.user, form.device)
        pass_on(self.request, form.device)
        return show_codes(self.request, codes)


class VerifyView(CodeView):
    template_name = "users/two_factor/verify.html"

    def form_valid(self, form):
        pass_on(self.request, form.device)
        left = devices.recovery_codes_left(self.request.user)
        if not isinstance(form.device, devices.TOTPDevice) and left < 4:
            messages.warning(
                self.request,
                _("Recovery codes left: %(number)s. Make new ones under your account.")
                % {"number": left},
            )
        return redirect(next_address(self.request))


class StatusView(CodeView):
    """The user's own second factor; a code is asked for each change."""

    template_name = "users/two_factor/status.html"

    def dispatch(self, request, *args, **kwargs):
        if not devices.confirmed_device(request.user):
            return redirect("two_factor_set_up")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs,
            codes_left=devices.recovery_codes_left(self.request.user),
            is_required=settings.REQUIRE_TWO_FACTOR,
        )

    def form_valid(self, form):
        if "codes" in self.request.POST:
            codes = devices.new_recovery_codes(self.request.user)
            # A recovery code may just have let the user in: its device is gone now.
            pass_on(self.request, devices.confirmed_device(self.request.user))
            return show_codes(self.request, codes)
        devices.remove(self.request.user)
        messages.success(self.request, _("Two-factor sign-in is off."))
        return redirect(
            "wagtailadmin_account" if not settings.REQUIRE_TWO_FACTOR else "two_factor_set_up"
        )


@method_decorator(never_cache, name="dispatch")
class ResetView(View):
    """An administrator helps a colleague who has lost both the application and the codes."""

    def dispatch(self, request, user_id, *args, **kwargs):
        self.person = get_object_or_404(get_user_model(), pk=user_id)
        allowed = request.user.has_perm("users.change_user") and (
            request.user.is_superuser or not self.person.is_superuser
        )
        if not allowed or self.person == request.user:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return render(
            request,
            "users/two_factor/reset.html",
            {"person": self.person, "has_device": devices.confirmed_device(self.person)},
        )

    def post(self, request):
        devices.remove(self.person)
        messages.success(
            request,
            _("Two-factor sign-in of %(user)s is off.") % {"user": self.person.get_username()},
        )
        return redirect("wagtailusers_users:index")


def show_codes(request, codes: list[str]):
    return render(
        request, "users/two_factor/codes.html", {"codes": codes, "next": next_address(request)}
    )
