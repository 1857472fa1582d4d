"""Buttons for the whole translation: those that the user may press, and no others."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from .. import policy
from ..exchange import kinds
from ..models import Work
from ..overview.cells import edit_url
from .service import chosen


@dataclass(frozen=True)
class Button:
    label: str
    url: str
    is_post: bool = False
    is_main: bool = False
    is_new_tab: bool = False
    fields: dict = field(default_factory=dict)


def turns(user, translation: Translation, instance: Model, closed: str) -> Iterator[Button]:
    """Steps of the work: what brings it to its next state."""
    work, back = getattr(translation, "work", None), {"next": edit_url(type(instance), instance.pk)}

    def step(label: str, name: str, pk: int, is_main: bool = False) -> Button:
        url = reverse(f"translation:{name}", args=[pk])
        return Button(label, url, is_post=True, is_main=is_main, fields=back)

    if work and work.state == Work.State.IN_REVIEW:
        if policy.may_review(user, work):
            url = reverse("translation:review", args=[work.pk])
            yield Button(_("Review"), url, is_main=True)
        if policy.may_translate(user, translation):
            yield step(_("Take back"), "withdraw", work.pk)
    elif not closed and not (work and work.is_unfinished):
        is_done = work and work.state == Work.State.UP_TO_DATE
        if not is_done:
            yield step(_("Hand over for review"), "hand_over", translation.pk, is_main=True)
        is_hidden = isinstance(instance, Page) and not (instance.live or instance.go_live_at)
        if work and (is_hidden or not is_done) and policy.may_publish(user, translation):
            yield step(_("Publish"), "publish", work.pk)


def tools(user, translation: Translation, instance: Model, closed: str) -> Iterator[Button]:
    """Ways to look at it and to work on it elsewhere."""
    if isinstance(instance, Page):
        for mode, label in instance.preview_modes:
            arguments = [translation.pk, *([mode] if mode else [])]
            url = reverse("wagtail_localize:preview_translation", args=arguments)
            yield Button(str(label) if mode else _("Preview"), url, is_new_tab=True)
        if instance.live:
            yield Button(_("Published page"), instance.full_url, is_new_tab=True)
    for kind, name in kinds.NAMES.items():
        url = reverse("translation:file_of", args=[translation.pk, kind])
        yield Button(_("Download %(kind)s") % {"kind": name}, url)
    machine = None if closed else chosen()
    if machine and machine.can_translate(translation.source.locale, translation.target_locale):
        yield Button(
            _("Translate with %(name)s") % {"name": machine.display_name},
            reverse("wagtail_localize:machine_translate", args=[translation.pk]),
            is_post=True,
        )


def staff_tools(user, translation: Translation, instance: Model) -> Iterator[Button]:
    """What Wagtail lets this user do with the page or record, which its own editor would offer."""
    if not isinstance(instance, Page):
        if policy_registry.get_by_type(type(instance)).user_has_permission(user, "delete"):
            name = instance.snippet_viewset.get_url_name("delete")
            yield Button(_("Delete"), reverse(name, args=[instance.pk]))
        return
    may = instance.permissions_for_user(user)
    if not (user.is_superuser or may.permissions - {"change"}):
        # Of a translator nothing more has to be asked.
        return
    pages = (
        (may.can_edit(), _("History"), "history"),
        (may.can_unpublish(), _("Unpublish"), "unpublish"),
        (may.can_delete(), _("Delete"), "delete"),
    )
    for allowed, label, name in pages:
        if allowed:
            yield Button(label, reverse(f"wagtailadmin_pages:{name}", args=[instance.pk]))
    may_lock = may.can_unlock() if instance.locked else may.can_lock()
    if may_lock:
        name, label = ("unlock", _("Unlock")) if instance.locked else ("lock", _("Lock"))
        url = reverse(f"wagtailadmin_pages:{name}", args=[instance.pk])
        yield Button(
            label, url, is_post=True, fields={"next": edit_url(type(instance), instance.pk)}
        )
    if policy.may_stop(user, instance):
        yield Button(
            _("Stop translating by strings"),
            reverse("wagtail_localize:stop_translation", args=[translation.pk]),
            is_post=True,
            fields={"next": edit_url(type(instance), instance.pk)},
        )
