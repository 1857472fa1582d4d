"""What the editor shows: each string as a translator meets it, and the buttons for the whole.

A row is what the source says, what has been said for it, and its state. Buttons are those that the
user may press, and no others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

from cms.core.hygiene import one_line

from .. import policy
from ..models import Work
from ..overview.cells import edit_url
from ..strings import version_of
from ..strings.checks import clean_words
from ..strings.stored import Place
from ..templatetags.translation_tags import RUNS

ALL, EMPTY, CHANGED, CHECK, FAULTY, DONE = (
    "all",
    "untranslated",
    "changed",
    "check",
    "errors",
    "done",
)
FILTERS = {
    ALL: gettext_lazy("All"),
    EMPTY: gettext_lazy("Untranslated"),
    CHANGED: gettext_lazy("Changed in the source"),
    CHECK: gettext_lazy("To check"),
    FAULTY: gettext_lazy("With errors"),
}
STATES = {
    EMPTY: gettext_lazy("Untranslated"),
    CHANGED: gettext_lazy("The source has changed"),
    CHECK: gettext_lazy("Check: the source has changed a little"),
    FAULTY: gettext_lazy("Error"),
    DONE: gettext_lazy("Translated"),
}


@dataclass(eq=False)
class Row:
    """A string. Running text keeps its tags, all else is shown as it is read."""

    segment: StringSegment
    place: Place
    stored: StringTranslation | None = None
    offer: Any = None
    carried: Any = None
    label: str = ""
    # What the last save brought, if it came back.
    typed: str | None = None
    fault: str = ""
    is_stale: bool = False

    def readable(self, text: str) -> str:
        return text if self.place.is_rich else StringValue(text).render_text()

    def storable(self, text: str) -> str:
        """As wagtail-localize stores it. A browser sends ends of lines in its own way."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = one_line(text) if self.place.is_one_line else text
        return text if self.place.is_rich else StringValue.from_plaintext(text).data

    @property
    def source(self) -> str:
        return self.readable(self.segment.string.data)

    @property
    def said(self) -> str:
        return self.readable(self.stored.data) if self.stored else ""

    @property
    def is_offered(self) -> bool:
        return bool(self.offer) and not self.stored and self.typed is None

    @property
    def text(self) -> str:
        """In the field: what was typed, what is stored, or the old translation to go on from."""
        if self.typed is not None:
            return self.typed
        return self.readable(self.offer.text) if self.is_offered else self.said

    @property
    def earlier(self) -> str:
        return self.readable(self.carried.earlier_source) if self.carried else ""

    @property
    def by(self) -> str:
        user = self.stored and self.stored.last_translated_by
        return (user.get_full_name() or user.get_username()) if user else ""

    @property
    def shows_reading(self) -> bool:
        """Codes and numbers can't be kept from turning round inside a field."""
        return bool(RUNS.search(self.text))

    @property
    def version(self) -> str:
        return version_of(self.stored)

    @property
    def state(self) -> str:
        if self.stored_fault:
            return FAULTY
        if self.stored:
            return CHECK if self.carried and self.carried.needs_check else DONE
        return CHANGED if self.offer else EMPTY

    @property
    def state_text(self) -> str:
        return str(STATES[self.state])

    @property
    def is_open(self) -> bool:
        return self.state in (EMPTY, CHANGED, FAULTY)

    @cached_property
    def stored_fault(self) -> str:
        """Looked for anew: a string may be from before anything was checked."""
        if not self.stored:
            return ""
        try:
            clean_words(self.segment.string.data, self.stored.data, self.place)
        except ValidationError as fault:
            return " ".join(fault.messages)
        if self.stored.has_error:
            return self.stored.field_error or _("This could not be published.")
        return ""

    @property
    def lines(self) -> int:
        """Height of the field."""
        longest = max(len(self.source), len(self.text))
        return min(12, 1 + longest // 60 + self.source.count("\n"))

    @property
    def group(self) -> tuple:
        parts = self.segment.context.path.split(".")
        return tuple(parts[:2]) if len(parts) > 1 else (parts[0],)


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
    yield Button(
        _("Download PO"),
        reverse("wagtail_localize:download_pofile", args=[translation.pk]),
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
