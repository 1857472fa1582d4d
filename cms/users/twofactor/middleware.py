"""Between the password and the site stands the second factor."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from .devices import confirmed_device

ALWAYS_OPEN = frozenset(
    (
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
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

    def process_request(self, request):
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
