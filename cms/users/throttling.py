"""Trying passwords, and asking for reset letters, gets slow."""

import ipaddress
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac


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


def locked_out(request, response=None, credentials=None):
    """The page after too many wrong passwords: the same whether or not the user exists."""
    return too_many(request, int(settings.AXES_COOLOFF_TIME.total_seconds()))


def too_many(request, seconds: int):
    """A 429 that says when to come back. ``seconds`` is the time until then."""
    minutes = -(-seconds // 60)
    response = render(request, "users/too_many.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response


def limit_posts(view, name: str, times: int, seconds: int):
    """``view``, answering 429 to the POST after ``times`` from one address in ``seconds``."""

    @wraps(view)
    def limited(request, *args, **kwargs):
        if request.method == "POST":
            # The address itself is not kept.
            key = f"limit-{name}-{salted_hmac('limit_posts', client_ip(request)).hexdigest()}"
            cache.add(key, 0, seconds)
            try:
                tries = cache.incr(key)
            except ValueError:
                tries = 1
            if tries > times:
                return too_many(request, seconds)
        return view(request, *args, **kwargs)

    return limited
