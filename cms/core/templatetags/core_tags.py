"""What public templates show of other rooms and say in data, and small helpers for their words.

``{% sections "home" %}`` (:mod:`cms.core.sections`), ``{% json_ld frame %}``, addresses and
telephone numbers; for the admin's edit forms ``{% opened_version %}``.
"""

import json
import re
from urllib.parse import urlsplit

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from .. import numbers, stylesheet
from .. import sections as registry
from ..admin.lost_updates import OPENED, is_edit_view, opened_token
from ..presenters import graph_of

register = template.Library()
register.simple_tag(stylesheet.stylesheet_url)
register.filter("telephone_parts", numbers.telephone_parts)

# So that no text in it can end the script element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def sections(context, place: str) -> str:
    """Everything that rooms registered for this place of the current page."""
    request, page = context.get("request"), context.get("page")
    parent = {key: value for key, value in context.flatten().items() if key != "block"}
    return mark_safe(  # noqa: S308  # each template escapes its own values
        "".join(
            render_to_string(section.template, {**parent, **own}, request=request)
            for section, own in registry.sections_for(place, page, request)
        )
    )


@register.simple_tag(takes_context=True)
def json_ld(context, frame) -> str:
    """What the page is, in schema.org's words."""
    graph = graph_of(frame, context.get("request"))
    if not graph:
        return ""
    document = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.filter
def short_url(url: str) -> str:
    """An address as people say it: without scheme, ``www.`` and the last slash."""
    return re.sub(r"^https?://(www\.)?", "", str(url or "")).rstrip("/")


@register.filter
def host_of(url: str) -> str:
    """The host that a link leads to, so that a reader knows before following it."""
    try:
        host = urlsplit(str(url or "")).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


@register.filter
def unbroken(text: str) -> str:
    """With no-break spaces: a telephone number stays on one line where it fits on one."""
    return str(text or "").replace(" ", "\N{NO-BREAK SPACE}")


@register.inclusion_tag("wagtailadmin/generic/opened_version.html", takes_context=True)
def opened_version(context) -> dict[str, str]:
    """The hidden field that says what an edit form was opened on; nothing in other forms."""
    view = context.get("view")
    is_open = view is not None and is_edit_view(view)
    return {"name": OPENED, "value": opened_token(view) if is_open else ""}
