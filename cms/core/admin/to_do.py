"""What waits for somebody, on the front page of the admin: each line leads to what it counts.

The rooms tell: a function registered for the hook ``to_do_lines`` is given the request and yields
:class:`Line` for what this user may do something about. A line without a number is a beginning
(“Add a project”) and becomes a button; a line whose number is 0 is left out.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component


@dataclass(frozen=True)
class Line:
    label: str
    url: str
    count: int | None = None
    of: int | None = None
    icon: str = "plus"


class ToDoPanel(Component):
    name = "to_do"
    template_name = "core/admin/to_do.html"
    order = 105

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        lines = [line for tell in hooks.get_hooks("to_do_lines") for line in tell(self.request)]
        return {
            "id": "to-do",
            "heading": _("What needs doing"),
            "what": _("What"),
            "how_many": _("How many"),
            "beginnings": [line for line in lines if line.count is None],
            "waiting": [line for line in lines if line.count],
        }
