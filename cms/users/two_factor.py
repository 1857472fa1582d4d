"""Signing in with a second factor: a code from an application, or one of ten recovery codes.

``django-otp`` keeps the devices, checks the codes and slows guessing down; here are a user's
devices and the rule that nobody gets past them.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.log_actions import log

RECOVERY_CODES = 10


def confirmed_device(user) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def pending_device(user) -> TOTPDevice:
    """The device being enrolled; the same on each visit, so a reload keeps the scanned code."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def recovery_codes_left(user) -> int:
    return StaticToken.objects.filter(device__user=user, device__confirmed=True).count()


@transaction.atomic
def new_recovery_codes(user) -> list[str]:
    """Ten fresh codes in place of the old ones. They are shown once, by the caller."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery", confirmed=True)
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return codes


@transaction.atomic
def enrol(user, device: TOTPDevice) -> list[str]:
    """Make ``device`` the user's only one; gives the recovery codes to show."""
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save()
    # request.user is a proxy, whose class the log does not know.
    log(get_user_model().objects.get(pk=user.pk), "users.two_factor_on")
    return new_recovery_codes(user)


@transaction.atomic
def remove(user) -> None:
    """Take away every device, so that the next sign-in goes without or asks to enrol again."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    log(get_user_model().objects.get(pk=user.pk), "users.two_factor_off")


ALWAYS_OPEN = frozenset(
    (
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
        "member_join",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    )
)


class TwoFactorMiddleware(MiddlewareMixin):
    """Whoever has a second factor counts as nobody until it is given.

    In the admin they are sent to give it (or to enrol, where ``REQUIRE_TWO_FACTOR`` asks); on the
    public side they are anonymous, so private pages and documents stay closed too. Visitors
    without a session cookie cost nothing.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        user = request.user
        if not user.is_authenticated or user.is_verified():
            return None
        has_device = confirmed_device(user) is not None
        if not has_device and not (
            settings.REQUIRE_TWO_FACTOR and user.has_perm("wagtailadmin.access_admin")
        ):
            return None
        step = "two_factor_verify" if has_device else "two_factor_set_up"
        try:
            name = resolve(request.path_info).url_name
        except Resolver404:
            name = None
        if name == step or name in ALWAYS_OPEN:
            return None
        if name == "wagtailcore_login" and request.method == "GET":
            return redirect_to_login(request.GET.get("next") or "/", login_url=reverse(step))
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            request.user = AnonymousUser()
            request.user.otp_device = None
            request.user.is_verified = lambda: False
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"error": _("Sign in again to go on.")}, status=403)
        return redirect_to_login(request.get_full_path(), login_url=reverse(step))
