"""Small helpers for words and numbers in public templates."""

import re

from django import template

register = template.Library()


@register.filter
def tel(number: str) -> str:
    """The number as a ``tel:`` link wants it: digits, and a plus sign if it begins with one."""
    number = str(number or "").strip()
    return ("+" if number.startswith("+") else "") + re.sub(r"\D", "", number)
