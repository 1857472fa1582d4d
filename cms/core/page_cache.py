"""Public pages of visitors without a session, answered without a query.

A key names the content epoch (:mod:`cms.core.content_epoch`), the date in Finland (status and last
public days turn at midnight), the address and the encoding. A page rendered before a change and
stored after it lies under the old epoch, where nobody looks.

Addresses with a query are kept only if the page says that it knows every parameter
(:func:`know_parameters`), so that made-up ones cannot fill the cache.
"""

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, has_vary_header, patch_cache_control

from .content_epoch import epoch_of_second, near_memory

SECONDS = 24 * 60 * 60
AT_ONCE = 2
"""Pages that a process makes at the same time for visitors without a session."""
MOST_PATIENCE = 5
_turns = threading.BoundedSemaphore(AT_ONCE)
MAX_QUERY = 500
MAX_PARAMETERS = 6
MAX_BYTES = 2_000_000
TYPES = ("text/html", "text/calendar", "application/atom+xml", "application/xml")
# Added by middleware outside this one, or true of one answer only.
NOT_KEPT = {"date", "server", "connection", "set-cookie"}
PROXY = "X-Accel-Expires"
"""The one header by which nginx may keep an answer, if the site itself does: until the end of the
second in which the site looked at the epoch. Nginx takes it off (docs/proxy.md)."""


def know_parameters(request, pairs) -> None:
    """Say that the answer depends on these ``(name, value)`` pairs of the query, and no others.

    A request with any other pair is answered but not kept.
    """
    request.known_parameters = {(str(name), str(value)) for name, value in pairs}


# Whether the answer in the making is one that nobody should be given later.
_provisional: ContextVar[bool] = ContextVar("provisional", default=False)


def do_not_cache() -> None:
    """Say that the answer in the making is less than it will be, for want of a disk or the like."""
    _provisional.set(True)


@contextmanager
def in_turn() -> Iterator[None]:
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

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        first = request.path_info.removeprefix("/").partition("/")[0]
        is_public = first in dict(settings.LANGUAGES) or request.path_info == "/sitemap.xml"
        if request.method not in ("GET", "HEAD") or not is_public:
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response = self.get_response(request)
            if "Cache-Control" not in response:
                patch_cache_control(response, private=True, no_cache=True)
            return response
        second = int(time.time())  # before the epoch is looked at
        key = cache_key(request)
        response = look_up(key)
        if response is None:
            with in_turn():
                # Who had to wait finds what others made meanwhile.
                response = look_up(key, shared=False) or self.make(request, key)
        if response.get(PROXY):
            response[PROXY] = f"@{second}"
        if "ETag" not in response:
            return response
        answer = get_conditional_response(request, etag=response["ETag"], response=response)
        if PROXY in response and answer.status_code == 304:
            answer[PROXY] = response[PROXY]
        return answer

    def make(self, request, key) -> HttpResponse:
        _provisional.set(False)
        response = self.get_response(request)
        if _provisional.get() or not may_be_kept(request, response):
            return response
        if "Cache-Control" not in response:
            patch_cache_control(response, public=True, no_cache=True)
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        knows_all = set(query_pairs(request)) <= getattr(request, "known_parameters", set())
        if key and request.method == "GET" and knows_all:
            keep(key, response)
        return response


def query_pairs(request) -> list[tuple[str, str]]:
    if not request.META.get("QUERY_STRING"):
        return []
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
        epoch_of_second(),
        timezone.localdate().isoformat(),
        request.scheme,
        host,
        request.path,
        urlencode(pairs),
        "gzip" if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "") else "plain",
        "part" if "HTTP_HX_REQUEST" in request.META else "whole",
        "back" if "HTTP_HX_HISTORY_RESTORE_REQUEST" in request.META else "",
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


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


def keep(key: str, response) -> None:
    response[PROXY] = "0"  # set anew in each answer
    headers = {name: value for name, value in response.items() if name.lower() not in NOT_KEPT}
    page = response.content, headers
    caches["pages"].set(key, page, SECONDS)
    if near := near_memory():
        near.set(key, page)


def look_up(key: str | None, shared: bool = True) -> HttpResponse | None:
    """What is kept: near, or else in the cache that is shared with other processes."""
    if key is None:
        return None
    near = near_memory()
    page = near.get(key) if near else None
    if page is None and shared:
        page = caches["pages"].get(key)
        if page and near:
            near.set(key, page)
    return page and HttpResponse(page[0], headers=page[1])
