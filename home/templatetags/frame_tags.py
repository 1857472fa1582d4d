from django import template

from cms.core.presenters import ViewPage

from ..frame import Alternate, PageFrame

register = template.Library()

EASY = {"fi": "fi-simple", "fi-simple": "fi"}
"""Finnish and easy Finnish, one tap apart."""


@register.simple_tag(takes_context=True)
def frame(context) -> PageFrame:
    """What surrounds the page (see :class:`home.frame.PageFrame`); one per rendering."""
    page = context.get("page") or context.get("self")
    return PageFrame(
        request=context.get("request"),
        page=page if hasattr(page, "translation_key") else None,
        found=context.get("found_elsewhere") or [],
        view=page if isinstance(page, ViewPage) else None,
    )


@register.simple_tag(takes_context=True)
def easy_switch(context) -> Alternate | None:
    """The page in easy Finnish from Finnish, and back: where both are there."""
    found = context.get("frame")
    code = EASY.get(found.language) if found and found.page else None
    if code is None or found.page.locale.language_code != found.language:
        return None
    other = (alternate for alternate in found.alternates if alternate.code == code)
    return next((alternate for alternate in other if alternate.exists), None)
