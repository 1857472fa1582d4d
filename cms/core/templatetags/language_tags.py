"""``lang`` and ``dir`` where the words are not in the page's language.

``{% lang_attrs thing %}`` takes a page, snippet, locale or language code and gives
`` lang="fi" dir="ltr"`` when it is in another language than the page, else nothing:
``<h3{% lang_attrs project %}>{{ project.title }}</h3>``. An element that also says ``hreflang``
or must always name its language uses ``{{ code|direction }}`` and ``{{ code|own_name }}``.
"""

from functools import lru_cache

from django import template
from django.utils import translation
from django.utils.html import format_html

from ..languages import language_direction, language_name, language_of

register = template.Library()


@register.simple_tag
def lang_attrs(thing) -> str:
    code = language_of(thing) if thing else ""
    if not code or code == translation.get_language():
        return ""
    return _attributes(code)


@lru_cache(maxsize=256)
def _attributes(code: str) -> str:
    return format_html(' lang="{}" dir="{}"', code, language_direction(code))


@register.filter
def direction(code: str) -> str:
    return language_direction(code or "")


@register.filter
def own_name(code: str) -> str:
    return language_name(code or "")
