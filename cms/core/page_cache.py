"""Public pages of visitors without a session, answered without a query.

A key names the content epoch (:mod:`cms.core.content_epoch`), the date in Finland (status and last
public days turn at midnight), the address and the encoding. A page rendered before a change and
stored after it lies under the old epoch, where nobody looks.

Addresses with a query are kept only if the page says that it knows every parameter
(:func:`know_parameters`), so that made-up ones cannot fill the cache.
"""

import hashlib
import threading
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, has_vary_header, patch_cache_control

from .content_epoch import current_epoch

SECONDS = 24 * 60 * 60
AT_ONCE = 2
"""Pages that a process makes at the same time for visitors without a session."""
MOST_PATIENCE = 5
_turns = threading.BoundedSemaphore(AT_ONCE)
MAX_QUERY = 500
MAX_PARAMETERS = 6
MAX_BYTES = 2_000_000
TYPES = ("text/html", "application/atom+xml", "application/xml")
# Added by middleware outside this one, or true of one answer only.
NOT_KEPT = {"date", "server", "connection", "set-cookie"}


def know_parameters(request, pairs) -> None:
    """Say that the answer depends on these ``(name, value)`` pairs of the query, and no others.

    A request with any other pair is answered but not kept.
    """
    request.known_parameters = {(str(name), str(value)) for name, value in pairs}


# Whether the answer in the making is a makeshift that nobody should be given later.
_makeshift: ContextVar[bool] = ContextVar("makeshift", default=False)


def keep_this_not() -> None:
    """Say that the answer in the making is less than it will be, for want of a disk or the like."""
    _makeshift.set(True)


@contextmanager
def in_turn():
    """Few pages of visitors are made at once in a process: an editor's save is not one of many.

    Threads share one processor in Python, so more at once would make none of them sooner. Who has
    waited for ``MOST_PATIENCE`` seconds goes on all the same.
    """
    mine = _turns.acquire(timeout=MOST_PATIENCE)
    try:
        yield
    finally:
        if mine:
            _turns.release()


class PageCacheMiddleware:
    """Outside every middleware that touches a session; its answers are already compressed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_public_address(request):
            return self.get_response(request)
        if has_session(request):
            response = self.get_response(request)
            if "Cache-Control" not in response:
                patch_cache_control(response, private=True, no_cache=True)
            return response
        key = cache_key(request)
        kept = caches["pages"].get(key) if key else None
        if kept is not None:
            content, headers = kept
            return conditional(request, HttpResponse(content, headers=headers))
        _makeshift.set(False)
        with in_turn():
            response = self.get_response(request)
        if _makeshift.get() or not may_be_kept(request, response):
            return response
        if "Cache-Control" not in response:
            patch_cache_control(response, public=True, no_cache=True)
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        if key and request.method == "GET" and knows_all(request):
            caches["pages"].set(key, (response.content, kept_headers(response)), SECONDS)
        return conditional(request, response)


def is_public_address(request) -> bool:
    if request.method not in ("GET", "HEAD"):
        return False
    first = request.path_info.split("/", 2)[1]
    return first in dict(settings.LANGUAGES) or request.path_info == "/sitemap.xml"


def has_session(request) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def query_pairs(request) -> list[tuple[str, str]]:
    return sorted({(name, value) for name, values in request.GET.lists() for value in values})


def cache_key(request) -> str | None:
    """``None`` for what is not worth a look: a foreign host, an endless query."""
    if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY:
        return None
    pairs = query_pairs(request)
    if len(pairs) > MAX_PARAMETERS:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    parts = [
        current_epoch(),
        timezone.localdate().isoformat(),
        request.scheme,
        host,
        request.path,
        urlencode(pairs),
        "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "plain",
        "part" if "HX-Request" in request.headers else "whole",
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def knows_all(request) -> bool:
    return set(query_pairs(request)) <= getattr(request, "known_parameters", set())


def may_be_kept(request, response) -> bool:
    """A whole, public answer that no cookie had a part in."""
    cache_control = response.get("Cache-Control", "")
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not has_vary_header(response, "Cookie")
        and not any(word in cache_control for word in ("private", "no-store"))
        and response.get("Content-Type", "").startswith(TYPES)
        and len(response.content) <= MAX_BYTES
    )


def kept_headers(response) -> dict[str, str]:
    return {name: value for name, value in response.items() if name.lower() not in NOT_KEPT}


def conditional(request, response):
    return get_conditional_response(request, etag=response["ETag"], response=response)
