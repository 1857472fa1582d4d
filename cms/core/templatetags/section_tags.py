from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from .. import sections as registry

register = template.Library()


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
