"""Marks what a partially translated page still says in the source language.

* ``<h1{% field_lang page "title" %}>`` – a text field of the page;
* ``{% stream page "body" %}`` – a stream field, each block rendered by its own template, which
  gets ``source``: the value of the same block on the source page (absent on a source page);
* ``<h2{% passage_lang value.heading source.heading %}>`` – words inside a block's template;
* ``{{ value.text|marked:source.text }}`` – rich text, paragraph by paragraph.
"""

from django import template
from django.conf import settings
from django.utils import translation
from django.utils.safestring import mark_safe
from wagtail.rich_text import RichText

from ..languages import mark_html, passages_of, same_words
from .language_tags import lang_attrs

register = template.Library()


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
    html = _html(value)
    if source_value and translation.get_language() != settings.LANGUAGE_CODE:
        html = mark_html(html, _html(source_value), settings.LANGUAGE_CODE)
    return mark_safe(html)  # noqa: S308  # Wagtail's rich text renderer lets only known tags pass.


def _html(value) -> str:
    if not value:
        return ""
    return str(value if isinstance(value, RichText) else RichText(value))
