"""Small helpers for words and numbers in public templates."""

import re
from urllib.parse import urlsplit

from django import template

from .. import numbers, stylesheet

register = template.Library()
register.simple_tag(stylesheet.stylesheet_url)


register.filter("telephone_parts", numbers.telephone_parts)


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
