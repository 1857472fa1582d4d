"""A string as a translator meets it: what the source says, what has been said, and its state."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import StringSegment, StringTranslation
from wagtail_localize.strings import StringValue

from cms.core.hygiene import one_line

from ..quality.dismissing import Shown
from ..strings import version_of
from ..strings.checks import clean_words, is_unread
from ..strings.stored import Place
from ..templatetags.translation_tags import RUNS

ALL, EMPTY, CHANGED, CHECK, MACHINE, FAULTY, DONE, WARNED = (
    "all",
    "untranslated",
    "changed",
    "check",
    "machine",
    "errors",
    "done",
    "warned",
)
FILTERS = {
    ALL: gettext_lazy("All"),
    EMPTY: gettext_lazy("Untranslated"),
    CHANGED: gettext_lazy("Changed in the source"),
    CHECK: gettext_lazy("To check"),
    MACHINE: gettext_lazy("Machine translations to read"),
    FAULTY: gettext_lazy("With errors"),
    WARNED: gettext_lazy("With warnings"),
}
STATES = {
    EMPTY: gettext_lazy("Untranslated"),
    CHANGED: gettext_lazy("The source has changed"),
    CHECK: gettext_lazy("Check: the source has changed a little"),
    MACHINE: gettext_lazy("Machine translation: read it"),
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
    fault_of_reason: str = ""
    reason_typed: tuple[str, str] = ("", "")
    is_stale: bool = False
    findings: list[Shown] = field(default_factory=list)
    """What the checks say of what is stored."""

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
        if self.stored and is_unread(self.stored):
            return MACHINE
        if self.stored:
            return CHECK if self.carried and self.carried.needs_check else DONE
        return CHANGED if self.offer else EMPTY

    @property
    def state_text(self) -> str:
        return str(STATES[self.state])

    @property
    def is_open(self) -> bool:
        return self.state in (EMPTY, CHANGED, FAULTY)

    @property
    def warnings(self) -> list[Shown]:
        return [one for one in self.findings if not one.dismissal]

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
