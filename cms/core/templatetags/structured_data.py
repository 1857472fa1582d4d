"""JSON-LD (schema.org), escaped so that no text in it can end the script element."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import mark_safe

from ..structured_data import graph_of

register = template.Library()

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def json_ld(context, shell) -> str:
    graph = graph_of(shell, context.get("request"))
    if not graph:
        return ""
    document = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
