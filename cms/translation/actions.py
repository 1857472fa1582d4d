"""What a user may do with a language version as a whole: the editor's buttons, and no others."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import Translation

from . import policy
from .models import Work


@dataclass(frozen=True)
class Button:
    label: str
    url: str
    icon: str = ""
    is_post: bool = False
    is_main: bool = False
    is_new_tab: bool = False
    fields: dict = field(default_factory=dict)


def _url(name: str, *args) -> str:
    try:
        return reverse(f"translation:{name}", args=args)
    except NoReverseMatch:
        return ""


def edit_url(instance: Model) -> str:
    """Wagtail's own address of a page or record."""
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    return reverse(instance.snippet_viewset.get_url_name("edit"), args=[instance.pk])


def turns(user, translation: Translation, instance: Model, closed: str) -> Iterator[Button]:
    """Steps of the work: what brings it to its next state."""
    work = getattr(translation, "work", None)
    if work and work.state == Work.State.IN_REVIEW:
        if policy.may_review(user, work):
            yield Button(_("Review"), _url("review", work.pk), "glasses", is_main=True)
        if work.handed_over_by_id == user.pk:
            yield Button(_("Take back"), _url("withdraw", work.pk), is_post=True)
        return
    if closed:
        return
    yield Button(
        _("Hand over for review"),
        _url("hand_over", translation.pk),
        "check",
        is_post=True,
        is_main=True,
    )
    if policy.may_publish(user, translation):
        yield Button(
            _("Publish"), edit_url(instance), "upload", is_post=True, fields={"action": "publish"}
        )


def tools(user, translation: Translation, instance: Model, closed: str) -> Iterator[Button]:
    """Ways to look at it and to work on it elsewhere."""
    if isinstance(instance, Page):
        for mode, label in instance.preview_modes:
            arguments = [translation.pk, *([mode] if mode else [])]
            url = reverse("wagtail_localize:preview_translation", args=arguments)
            yield Button(str(label) if mode else _("Preview"), url, "view", is_new_tab=True)
        if instance.live:
            yield Button(_("Published page"), instance.full_url, "link-external", is_new_tab=True)
    yield Button(
        _("Download PO"),
        reverse("wagtail_localize:download_pofile", args=[translation.pk]),
        "download",
    )
    machine = None if closed else get_machine_translator()
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
            yield Button(_("Delete"), reverse(name, args=[instance.pk]), "bin")
        return
    may = instance.permissions_for_user(user)
    pages = (
        (may.can_edit(), _("History"), "history", "history"),
        (may.can_unpublish(), _("Unpublish"), "unpublish", "download"),
        (may.can_delete(), _("Delete"), "delete", "bin"),
    )
    for allowed, label, name, icon in pages:
        if allowed:
            yield Button(label, reverse(f"wagtailadmin_pages:{name}", args=[instance.pk]), icon)
    may_lock = may.can_unlock() if instance.locked else may.can_lock()
    if may_lock:
        name, label = ("unlock", _("Unlock")) if instance.locked else ("lock", _("Lock"))
        url = reverse(f"wagtailadmin_pages:{name}", args=[instance.pk])
        yield Button(label, url, "lock", is_post=True, fields={"next": edit_url(instance)})
    if may.can_publish():
        yield Button(
            _("Stop translating by strings"),
            reverse("wagtail_localize:stop_translation", args=[translation.pk]),
            "cross",
            is_post=True,
            fields={"next": edit_url(instance)},
        )
