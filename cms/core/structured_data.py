"""What a page is, in schema.org's words, for search engines.

A page type says what it is in ``structured_data(request) -> dict`` (or a list of them): nodes
without ``@context``. Values that are ``None``, empty strings or empty lists are left out, so
builders need no conditions. Nothing here may name a person whose details are not public now.
"""

from typing import Any

from .numbers import telephone_numbers


def prune(value) -> Any:
    """``value`` without what is unknown: ``None``, ``""``, ``[]`` and nodes with only a type."""
    if isinstance(value, dict):
        node = {key: prune(item) for key, item in value.items()}
        node = {key: item for key, item in node.items() if item not in (None, "", [], {})}
        return node if set(node) - {"@type"} else {}
    if isinstance(value, list | tuple):
        return [item for item in map(prune, value) if item not in (None, "", [], {})]
    return value


def absolute(request, url: str) -> str:
    """An address of the site with scheme and host; "" for none."""
    if not url.startswith("/") or url.startswith("//"):
        return request.build_absolute_uri(url) if url else ""
    if not hasattr(request, "_site_address"):
        request._site_address = request.build_absolute_uri("/")[:-1]
    return request._site_address + url


def organisation_id(request) -> str:
    """The ``@id`` of the association itself, to point at from other nodes."""
    return absolute(request, "/#association")


def association(frame, request) -> dict:
    settings = frame.settings
    return {
        "@type": "NGO",
        "@id": organisation_id(request),
        "name": frame.name,
        "url": absolute(request, "/"),
        "email": settings.email,
        "telephone": telephone_numbers(settings.phone) or settings.phone,
        "address": settings.postal_address,
        "identifier": settings.business_id,
        "logo": absolute(request, settings.logo.file.url) if settings.logo else "",
    }


def breadcrumb(frame, request) -> dict:
    trail = [*frame.crumbs, frame.page] if frame.crumbs else []
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": page.title,
                "item": absolute(request, page.get_url(request)),
            }
            for position, page in enumerate(trail, start=1)
        ],
    }


def graph_of(frame, request) -> list[dict]:
    """The nodes for the page in ``frame``; empty for views that are not pages."""
    page = frame.page
    if not (page and request):
        return []
    own = page.structured_data(request) if hasattr(page, "structured_data") else []
    own = own if isinstance(own, list) else [own]
    nodes = [association(frame, request), *own, breadcrumb(frame, request)]
    return [node for node in map(prune, nodes) if node]
