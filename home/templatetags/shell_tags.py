from django import template

from ..shell import Shell

register = template.Library()


@register.simple_tag(takes_context=True)
def shell(context) -> Shell:
    """What surrounds the page (see :class:`home.shell.Shell`); one per rendering."""
    page = context.get("page") or context.get("self")
    return Shell(
        request=context.get("request"),
        page=page if hasattr(page, "translation_key") else None,
        found=context.get("found_elsewhere") or [],
    )
