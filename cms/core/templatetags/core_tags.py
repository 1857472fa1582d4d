"""What public templates show of other rooms, say in data, and mark as another language.

``{% sections "home" %}`` (:mod:`cms.core.presenters`), ``{% json_ld frame %}``, addresses,
telephone numbers, dates and money (:mod:`cms.core.formatting`); for the admin's edit forms
``{% opened_version %}``.

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

import json
import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail.rich_text import RichText

from .. import formatting, numbers, stylesheet
from ..admin.lost_updates import OPENED, is_edit_view, opened_token
from ..languages import (
    language_direction,
    language_name,
    language_of,
    mark_html,
    passages_of,
    same_words,
)
from ..presenters import graph_of, sections_for

register = template.Library()
register.simple_tag(stylesheet.stylesheet_url)
register.filter("telephone_parts", numbers.telephone_parts)
# ``{{ page.publication_date|day }}``, ``{{ amount|euro }}``, ``{{ parts|listed }}``
for written in ("day", "month", "number", "percent", "euro", "size", "listed"):
    register.filter(written, getattr(formatting, written))

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
            for section, own in sections_for(place, page, request)
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


@register.filter
def at(values, place: int) -> Any:
    """One of a list; nothing where there are not so many."""
    return values[place] if values and place < len(values) else None


@register.simple_tag
def field_lang(page, name: str) -> str:
    own = page.locale.language_code if page else ""
    if not page or own.split("-")[0] == settings.LANGUAGE_CODE:
        return lang_attrs(page)
    if own != translation.get_language():
        said, source = getattr(page, name, ""), passages_of(page).field(name)
        return lang_attrs(settings.LANGUAGE_CODE if same_words(said, source) else own)
    return passage_lang(getattr(page, name, ""), passages_of(page).field(name))


@register.simple_tag(takes_context=True)
def stream(context, page, name: str) -> str:
    """In the language of the page, headings that the site gives to sections too."""
    sources = passages_of(page).blocks(name)
    parent = context.flatten()
    with translation.override(page.locale.language_code if page.locale_id else None):
        # Each block's template escapes its own values.
        return mark_safe(  # noqa: S308
            "".join(
                block.render(
                    context={**parent, "source": sources.get(block.id), "block_id": block.id}
                )
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


@register.inclusion_tag("wagtailadmin/generic/opened_version.html", takes_context=True)
def opened_version(context) -> dict[str, str]:
    """The hidden field that says what an edit form was opened on; nothing in other forms."""
    view = context.get("view")
    is_open = view is not None and is_edit_view(view)
    return {"name": OPENED, "value": opened_token(view) if is_open else ""}
