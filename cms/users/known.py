"""Browsers in which somebody has signed in: a cookie that only this site can make.

It opens nothing. Whoever tries to guess a name's password from many places shuts out other
strangers, not the browser in which its owner signs in every morning.
"""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.deprecation import MiddlewareMixin

from .names import normalised

COOKIE = "known_browser"
SECONDS = 180 * 24 * 60 * 60
MOST_NAMES = 5
"""Colleagues who share one browser."""


def _mark(name: str) -> str:
    return salted_hmac("cms.users.known", name, algorithm="sha256").hexdigest()[:32]


def _marks(request) -> list[str]:
    return request.COOKIES.get(COOKIE, "")[:400].split(".")[:MOST_NAMES]


def is_known(request, name: str) -> bool:
    """Whether somebody of this (normalised) name has signed in with this browser."""
    return any(constant_time_compare(mark, _mark(name)) for mark in _marks(request))


def note(sender, request, user, **kwargs) -> None:
    if request is not None:
        request.known_mark = _mark(normalised(user.get_username()))


class KnownBrowserMiddleware(MiddlewareMixin):
    """Gives the cookie with the answer to a sign-in."""

    def process_response(self, request, response):
        mark = getattr(request, "known_mark", None)
        if mark:
            marks = dict.fromkeys([mark, *filter(None, _marks(request))])
            response.set_cookie(
                COOKIE,
                ".".join(list(marks)[:MOST_NAMES]),
                max_age=SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def connect() -> None:
    user_logged_in.connect(note, dispatch_uid="known-browser")
