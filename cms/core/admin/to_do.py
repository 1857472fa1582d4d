"""What needs doing today: one list on the front page of the admin, and the same in a weekly letter.

Every room tells what it knows of, with a function registered for the hook ``to_do_lines``::

    @hooks.register("to_do_lines", order=40)
    def missed_lines(request) -> Iterator[Line]:
        if may_handle(request.user):
            yield Line(_("Searches without an answer"), url, count)

The request is there to say who asks, and nothing else: a letter has none but that of
:func:`lines_for`. A line tells ``request.user`` of nothing that this user may neither see nor do
something about; its number is what stands behind its address, and 0 once all of that is done.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy


@dataclass(frozen=True)
class Line:
    """Something that waits for somebody: it leads to what it counts.

    A line without a number is a beginning (“Add a project”) and becomes a button; a line whose
    number is 0 is left out. ``of``: how many there are in all, done or not. ``parts``: the same
    things sorted, each part with its own address; one thing may be in several.
    """

    label: str
    url: str
    count: int | None = None
    of: int | None = None
    icon: str = "plus"
    parts: tuple["Line", ...] = ()

    @property
    def waiting_parts(self) -> list["Line"]:
        return [part for part in self.parts if part.count]


def told_to(request) -> list[Line]:
    return [line for tell in hooks.get_hooks("to_do_lines") for line in tell(request)]


def lines_for(user) -> list[Line]:
    """What waits for the user, in the language that is active; nothing that is done."""
    request = HttpRequest()
    request.user = user
    return [line for line in told_to(request) if line.count]


class ToDoPanel(Component):
    """On the front page of the admin: buttons for beginnings, and one list of all that waits."""

    name = "to_do"
    template_name = "core/admin/to_do.html"
    order = 105

    def __init__(self, request) -> None:
        self.request = request

    def get_context_data(self, parent_context) -> dict[str, Any]:
        lines = told_to(self.request)
        return {
            "heading": _("What needs doing today"),
            "beginnings": [line for line in lines if line.count is None],
            "waiting": [line for line in lines if line.count],
            "is_all_done": any(line.count is not None for line in lines),
        }


def among(pages, permitted, user, *actions) -> QuerySet:
    """Those of the pages that the user is permitted; whoever may all is not asked page by page."""
    if user.is_superuser:
        return pages
    return pages.filter(pk__in=permitted(user, *actions).values("pk"))


def changeable(pages, user) -> QuerySet:
    """Those of the pages that the user may change as one of the staff."""
    permitted = page_permission_policy.instances_user_has_permission_for
    return among(pages, permitted, user, "change")


def waiting_drafts(pages) -> dict[str, int]:
    """How many of the pages were changed since they were published, and how many never were."""
    return pages.order_by().aggregate(
        changed=Count("pk", filter=Q(live=True, has_unpublished_changes=True)),
        drafts=Count("pk", filter=Q(live=False)),
    )


def page_lines(user, model, index_model, listing: str, labels: dict[str, str]) -> Iterator[Line]:
    """To do with pages of one type: add one, publish drafts, publish changes. Two queries.

    ``listing`` is the name space of the type's listing; ``labels`` are the words for "add",
    "changed" and "drafts".
    """
    permitted = page_permission_policy.instances_user_has_permission_for
    if among(index_model.objects.all(), permitted, user, "add").exists():
        yield Line(labels["add"], reverse(f"{listing}:choose_parent"))
    pages = Page.objects.filter(
        content_type=ContentType.objects.get_for_model(model), locale=Locale.get_default()
    )
    counts = waiting_drafts(changeable(pages, user))
    url = reverse(f"{listing}:index")
    yield Line(labels["changed"], f"{url}?live=changed", counts["changed"])
    yield Line(labels["drafts"], f"{url}?live=false", counts["drafts"])
