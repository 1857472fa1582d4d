"""``lang`` and ``dir`` where the words are not in the page's language.

``{% lang_attrs thing %}`` takes a page, snippet, locale or language code and gives
`` lang="fi" dir="ltr"`` when it is in another language than the page, else nothing:
``<h3{% lang_attrs project %}>{{ project.title }}</h3>``. An element that also says ``hreflang``
or must always name its language uses ``{{ code|direction }}`` and ``{{ code|own_name }}``.

A partially translated page says some things still in the source language:

* ``<h1{% field_lang page "title" %}>`` – a text field of the page;
* ``{% stream page "body" %}`` – a stream field, each block rendered by its own template, which
  gets ``source``: the value of the same block on the source page (absent on a source page);
* ``<h2{% passage_lang value.heading source.heading %}>`` – words inside a block's template;
* ``{{ value.text|marked:source.text }}`` – rich text, paragraph by paragraph.
"""

from functools import lru_cache

from django import template
from django.conf import settings
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail.rich_text import RichText

from ..languages import (
    language_direction,
    language_name,
    language_of,
    mark_html,
    passages_of,
    same_words,
)

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


@register.simple_tag
def passage_lang(text, source_text) -> str:
    if translation.get_language() == settings.LANGUAGE_CODE or not same_words(text, source_text):
        return ""
    return lang_attrs(settings.LANGUAGE_CODE)


@register.simple_tag
def field_lang(page, name: str) -> str:
    if not page or page.locale.language_code.split("-")[0] == settings.LANGUAGE_CODE:
        return lang_attrs(page)
    return passage_lang(getattr(page, name, ""), passages_of(page).field(name))


@register.simple_tag(takes_context=True)
def stream(context, page, name: str) -> str:
    sources = passages_of(page).blocks(name)
    parent = context.flatten()
    # Each block's template escapes its own values.
    return mark_safe(  # noqa: S308
        "".join(
            block.render(context={**parent, "source": sources.get(block.id), "block_id": block.id})
            for block in getattr(page, name)
        )
    )


@register.filter
def marked(value, source_value=None) -> str:
    """Rich text as HTML. Takes a ``RichText``, as blocks give it, or its database form."""
    html, source = (
        str(text if isinstance(text, RichText) else RichText(text)) if text else ""
        for text in (value, source_value)
    )
    if source and translation.get_language() != settings.LANGUAGE_CODE:
        html = mark_html(html, source, settings.LANGUAGE_CODE)
    return mark_safe(html)  # noqa: S308  # Wagtail's rich text renderer lets only known tags pass.
