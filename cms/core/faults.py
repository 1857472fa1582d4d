"""What a visitor is told when there is no such page, or something fails that it needs.

Django calls :func:`server_error` while it handles the exception, wherever it was raised: in a view,
a middleware or a template. A database that is away and a full disk are no faults of the page: they
get 503 and 507, a sentence, and one line in the log a minute in place of a traceback a request.
"""

import errno
import logging
import sys
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import (
    HttpResponse,
    HttpResponseNotFound,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from . import addresses
from .permissions import LocalisedPageQuerySet
from .routing import live_homes, site_of

logger = logging.getLogger("katto.faults")

RETRY_SECONDS = 30
WAY_SECONDS = 3600
LOG_SECONDS = 60
# SQLite's primary result codes: permission, busy, locked, memory, read-only, interrupted, disk,
# corrupt, full, cannot open, protocol, not a database.
SQLITE_AWAY = {3, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26}
# PostgreSQL's classes of states: connection, authorisation, no such database, rolled back by a
# deadlock, resources, not available, an operator's hand, system, internal; and read-only.
POSTGRES_AWAY = ("08", "28", "3D", "40", "53", "55", "57", "58", "XX", "25006")
UNDEFINED_TABLE = "42P01"  # an empty database, or one still to be migrated
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}

_said_at: dict[str, float] = {}


def server_error(request) -> HttpResponse:
    """The handler of status 500. Needs neither database nor session: either may have failed."""
    error = sys.exc_info()[1]
    if any(is_database_away(each) for each in _chain(error)):
        return unavailable(request, error)
    if any(isinstance(each, OSError) and each.errno in NO_ROOM for each in _chain(error)):
        return no_room(request, error)
    language = language_of(request)
    with translation.override(language):
        return HttpResponseServerError(_page("500.html", language, "500"))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and those that led to it."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def is_database_away(error: BaseException) -> bool:
    """Whether the database did not do its part, rather than was asked something wrong."""
    if not isinstance(error, (DatabaseError, InterfaceError)):
        return False
    cause = error.__cause__ or error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in SQLITE_AWAY or "no such table" in str(cause)
    state = getattr(cause, "sqlstate", None)
    if state:
        return state.startswith(POSTGRES_AWAY) or state == UNDEFINED_TABLE
    return isinstance(error, (OperationalError, InterfaceError))


def unavailable(request, error: BaseException | None = None) -> HttpResponse:
    """503: come back in a moment. Says nothing of what was sent but that it may not be saved."""
    say("database", "The database does not answer", error)
    language = language_of(request)
    with translation.override(language):
        if request.method in ("GET", "HEAD", "OPTIONS"):
            explanation = _("Please try again in a moment.")
        else:
            explanation = _(
                "What you sent may not have been saved. Go back in your browser: what you typed is "
                "still there. Then try again in a moment."
            )
        heading = _("The site is having a short break")
        response = _answer(request, 503, heading, explanation, language)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def no_room(request, error: BaseException | None = None) -> HttpResponse:
    say("disk", "The disk is full or cannot be written", error)
    language = language_of(request)
    with translation.override(language):
        heading = _("There is no room left on the server")
        explanation = _(
            "What you sent could not be stored. Please tell whoever looks after the site."
        )
        return _answer(request, 507, heading, explanation, language)


def not_found(request, exception=None) -> HttpResponse:
    """The way to the page that was meant; else pages that may be, with status 404."""
    if response := led_on(request):
        return response
    found = pages_elsewhere(request)
    context = {
        "found_elsewhere": found,
        "likely": [] if found else addresses.likely(request.path_info),
    }
    return HttpResponseNotFound(render_to_string("404.html", context, request=request))


def led_on(request) -> HttpResponse | None:
    """To the page that an address with a slip is certainly for, unless staff lead elsewhere.

    Caches keep the way for an hour: a page may come to be where there was none.
    """
    if request.method not in ("GET", "HEAD"):
        return None
    found = addresses.destination(request.path_info)
    if not found or get_redirect(request, Redirect.normalise_path(request.path)):
        return None
    query = request.META.get("QUERY_STRING", "")
    url = iri_to_uri(f"{found.url}?{query}" if query else found.url)
    response = redirect(url, permanent=not found.guessed)
    patch_cache_control(response, public=True, max_age=WAY_SECONDS)
    if found.guessed:
        patch_vary_headers(response, ["Accept-Language"])
    return response


def pages_elsewhere(request) -> list[Page]:
    """The visible pages whose path below the language prefix is the one asked for.

    Slugs are the same in every language, so this is the page that the visitor was looking for.
    """
    match = request.resolver_match
    site = site_of(request)
    if not (site and match and match.url_name == "wagtail_serve"):
        return []
    path = match.args[0] if match.args else match.kwargs.get("path", "")
    if not path:
        return []
    urls = [home.url_path + path for home in live_homes(site)]
    pages = LocalisedPageQuerySet(Page).visible().filter(url_path__in=urls)
    return list(pages.select_related("locale").order_by("locale_id"))


def language_of(request) -> str:
    """By the address; in the admin and elsewhere by what the browser asks for."""
    code = translation.get_language_from_path(request.path_info)
    if code:
        return code
    wanted = translation.get_language_from_request(request)
    if request.path_info.startswith("/admin/"):
        return wanted if wanted in dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES) else "fi"
    return wanted


def say(kind: str, message: str, error: BaseException | None) -> None:
    """Log a lasting fault now and then, not once a request."""
    now = time.monotonic()
    if now - _said_at.get(kind, -LOG_SECONDS) >= LOG_SECONDS:
        _said_at[kind] = now
        logger.error("%s: %s", message, error)


def _answer(request, status: int, heading: str, explanation: str, language: str) -> HttpResponse:
    accepts_html = request.accepts("text/html")
    if request.path_info.startswith("/api/") or not accepts_html:
        response = JsonResponse({"detail": f"{heading}. {explanation}"}, status=status)
    else:
        context = {"heading": heading, "explanation": explanation}
        page = _page("components/plain_page.html", language, heading, **context)
        response = HttpResponse(page, status=status)
    add_never_cache_headers(response)
    response._has_been_logged = True  # Django would log each one with its traceback
    return response


def _page(template: str, language: str, otherwise: str, **context) -> str:
    try:
        return render_to_string(template, {"language": language, **context})
    except Exception:
        logger.exception("Even the page about a fault fails")
        return f"<!doctype html><title>{otherwise}</title><h1>{otherwise}</h1>"
