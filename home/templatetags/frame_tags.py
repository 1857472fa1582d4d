from django import template

from ..frame import PageFrame

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context) -> PageFrame:
    """What surrounds the page (see :class:`home.frame.PageFrame`); one per rendering."""
    page = context.get("page") or context.get("self")
    return PageFrame(
        request=context.get("request"),
        page=page if hasattr(page, "translation_key") else None,
        found=context.get("found_elsewhere") or [],
    )
