"""Small helpers for words and numbers in public templates."""

import re

from django import template

register = template.Library()


@register.filter
def tel(number: str) -> str:
    """The number as a ``tel:`` link wants it: digits, and a plus sign if it begins with one."""
    number = str(number or "").strip()
    return ("+" if number.startswith("+") else "") + re.sub(r"\D", "", number)


@register.filter
def short_url(url: str) -> str:
    """An address as people say it: without scheme, ``www.`` and the last slash."""
    return re.sub(r"^https?://(www\.)?", "", str(url or "")).rstrip("/")
