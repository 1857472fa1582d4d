from django import template

from ..admin.lost_updates import OPENED, is_edit_view, opened_token

register = template.Library()


@register.inclusion_tag("wagtailadmin/generic/opened_version.html", takes_context=True)
def opened_version(context):
    """The hidden field that says what an edit form was opened on; nothing in other forms."""
    view = context.get("view")
    is_open = view is not None and is_edit_view(view)
    return {"name": OPENED, "value": opened_token(view) if is_open else ""}
