"""Signing in, the forms before what is closed by a password, and limits on trying.

Trying passwords, and asking for reset letters, gets slow. django-axes counts the pair of a name and
an address. Whoever spreads the tries over many names or many addresses never fills a pair, so
:class:`SprayHandler` counts those too: names that fail from one address and have not got in since,
and addresses from which one name fails. A browser that has signed in under a name before is let
past both, so nobody can shut a colleague out; its pair still counts. Such a browser shows a cookie
that only this site can make, and that opens nothing.

The forms before a page or a collection with a password are shown under the page's own address and
post to Wagtail's. Passwords are guessed there as in the admin, so they get as slow.
"""

import ipaddress
import unicodedata
from collections.abc import Callable
from functools import wraps

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views
from wagtail.admin.forms.auth import LoginForm
from wagtail.documents.views import serve as document_views

from cms.core.hygiene import clean

KNOWN_COOKIE = "known_browser"
KNOWN_SECONDS = 180 * 24 * 60 * 60
KNOWN_NAMES = 5
"""Colleagues who share one browser."""


def client_ip(request) -> str:
    """The visitor's address as seen by the outermost proxy that ``TRUSTED_PROXY_COUNT`` trusts.

    Each proxy appends the address it was called from, so the n-th from the right was written by
    our own; whatever stands before it, the visitor may have written.
    """
    address = request.META.get("REMOTE_ADDR", "")
    count = settings.TRUSTED_PROXY_COUNT
    if count > 0:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(hops) >= count:
            address = hops[-count]
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return "0.0.0.0"  # noqa: S104


def counted_address(request) -> str:
    """The address under which tries are counted: of IPv6 the /64, which is one household's or
    office's, and of which anybody with it can take a fresh address for each try.
    """
    address = ipaddress.ip_address(client_ip(request))
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)


def counted_name(request, credentials=None) -> str | None:
    """The name under which tries are counted, however it is written: ``ｐｕ``, ``PU`` and ``pu``
    reach one account, as Django normalises names at sign-in.
    """
    return normalised((credentials or request.POST).get("username"))


def normalised(name: str | None) -> str | None:
    """One name however it is written: wide letters, capitals and blanks make no other."""
    if name is None:
        return None
    return unicodedata.normalize("NFKC", clean(str(name)).strip()).casefold()[:255]


class SprayHandler(AxesDatabaseHandler):
    """Axes, and a limit on names at one address and on addresses of one name."""

    def is_locked(self, request, credentials=None) -> bool:
        if super().is_locked(request, credentials):
            return True
        name = counted_name(request, credentials)
        if name is None:
            return False
        mark = _browser_mark(name)
        if any(constant_time_compare(known, mark) for known in _known_marks(request)):
            return False
        failed = AccessAttempt.objects.filter(
            attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME
        )
        here = failed.filter(ip_address=request.axes_ip_address).exclude(username=name)
        elsewhere = failed.filter(username=name).exclude(ip_address=request.axes_ip_address)
        names = here.values("username").distinct().count()
        addresses = elsewhere.values("ip_address").distinct().count()
        return names >= settings.NAMES_OF_ADDRESS or addresses >= settings.ADDRESSES_OF_NAME


def _browser_mark(name: str) -> str:
    """What the cookie holds of a (normalised) name that has signed in."""
    # The salt is part of the cookies that are out there.
    return salted_hmac(f"{__package__}.known", name, algorithm="sha256").hexdigest()[:32]


def _known_marks(request) -> list[str]:
    return request.COOKIES.get(KNOWN_COOKIE, "")[:400].split(".")[:KNOWN_NAMES]


def mark_browser(sender, request, user, **kwargs) -> None:
    """Receiver of ``user_logged_in``: the middleware below sets the cookie."""
    if request is not None:
        request.known_mark = _browser_mark(normalised(user.get_username()))


class KnownBrowserMiddleware(MiddlewareMixin):
    """Gives the cookie with the answer to a sign-in."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        mark = getattr(request, "known_mark", None)
        if mark:
            marks = dict.fromkeys([mark, *filter(None, _known_marks(request))])
            response.set_cookie(
                KNOWN_COOKIE,
                ".".join(list(marks)[:KNOWN_NAMES]),
                max_age=KNOWN_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def locked_out(request, response=None, credentials=None) -> HttpResponse:
    """The page after too many wrong passwords: the same whether or not the user exists."""
    return too_many(request, int(settings.AXES_COOLOFF_TIME.total_seconds()))


def too_many(request, seconds: int) -> HttpResponse:
    """A 429 that says when to come back. ``seconds`` is the time until then."""
    in_admin = request.path_info.startswith(reverse("wagtailadmin_home"))
    template = "users/too_many.html" if in_admin else "closed/too_many.html"
    context = {"minutes": -(-seconds // 60), "back": request.get_full_path()}
    response = render(request, template, context, status=429)
    response["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response


def too_often(request, name: str, times: int, seconds: int, field: str = "") -> bool:
    """Whether one address, or one value of ``field`` from anywhere, has now sent this more than
    ``times`` in ``seconds``.
    """
    keys = [counted_address(request)]
    value = normalised(request.POST.get(field)) if field else None
    if value:
        keys.append(f"{field}:{value}")
    # All are counted, whatever the first says.
    tries = [_count(f"{name}:{key}", seconds) for key in keys]
    return max(tries) > times


def limit_posts(view: Callable, name: str, times: int, seconds: int, field: str = "") -> Callable:
    """``view``, answering 429 to a POST that comes :func:`too_often`: for forms with nothing to
    lose.
    """

    @wraps(view)
    def limited(request, *args, **kwargs) -> HttpResponse:
        if request.method == "POST" and too_often(request, name, times, seconds, field):
            return too_many(request, seconds)
        return view(request, *args, **kwargs)

    return limited


def refuse_often(request, form, name: str, field: str = "") -> bool:
    """Whether a public form came more than ten times an hour; then the form says so itself, and
    what was written stays in it.
    """
    often = too_often(request, name, times=10, seconds=3600, field=field)
    if often:
        form.add_error(None, _("Very much has been sent from here. Please try again in an hour."))
    return often


def _count(what: str, seconds: int) -> int:
    """How often this happened in ``seconds``, this time included. The address is not kept."""
    key = f"limit-{salted_hmac('limit_posts', what).hexdigest()}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:
        return 1


class SignInForm(LoginForm):
    """Wagtail 8.0 gives the password no label but its name in the code, in English everywhere."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")


def uncached(view: Callable) -> Callable:
    """``view``, whose answers neither caches nor search engines keep."""

    @wraps(view)
    def answer(request, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


page_password, document_password = (
    uncached(limit_posts(view, "page-password", times=20, seconds=900))
    for view in (
        wagtail_views.authenticate_with_password,
        document_views.authenticate_with_password,
    )
)
sign_in = uncached(LoginView.as_view(template_name="closed/login.html"))

VIEWS = {"wagtailcore_authenticate_with_password": page_password, "wagtailcore_login": sign_in}
# Wagtail's addresses below each language. They stand before the pages, which take any address.
urlpatterns = [
    path(str(pattern.pattern), VIEWS[pattern.name], name=pattern.name)
    for pattern in wagtail_urls.urlpatterns
    if pattern.name in VIEWS
]
