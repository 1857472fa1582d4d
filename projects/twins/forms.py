"""Likely twins are told where a name is typed, and asked about once when it is saved.

``static/admin/twins.js`` fetches them while somebody types, and says by ``twins_seen`` which ones
were shown. Where there is no script, the form comes back once with them, and a box to tick.
"""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from . import KINDS, Known, Reason, Twin

SEEN = "twins_seen"
MOST = 5
"""Twins that are shown; who has more than these has found none."""


def likely(known: Known, name: str, but: UUID | None, marks: dict[str, str]) -> list[Twin]:
    """At most :data:`MOST`, for a name that has been typed so far."""
    if len(name.strip()) < 2 and not any(marks.values()):
        return []
    return known.twins(name, but=but, **marks)[:MOST]


def keys_of(found: list[Twin]) -> set[str]:
    return {str(twin.record.translation_key) for twin in found}


def title_of(record: Model) -> str:
    return record.get_admin_display_title() if isinstance(record, Page) else str(record)


def told(found: list[Twin], user: Any) -> list[dict]:
    """For a template: title, reason, and where the record is edited if the user may."""
    finder = AdminURLFinder(user)
    return [
        {
            "title": title_of(twin.record),
            "why": twin.reason.label,
            "url": finder.get_edit_url(twin.record),
        }
        for twin in found
    ]


class TwinsForm:
    """Mixed into forms of what has twins. ``for_user``: who fills it in; nobody else is told."""

    for_user: Any = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        model = self._meta.model
        self.kind = KINDS.get(model)
        self.name_field = "title" if issubclass(model, Page) else "name"
        if self.kind is None or self.name_field not in self.fields:
            self.kind = None
            return
        marks = [f"{reason}:{field}" for reason, field in self.kind.marks.items()]
        self.fields[self.name_field].widget.attrs |= {
            "data-twins": reverse("twins", args=[model._meta.model_name]),
            "data-twins-marks": " ".join(marks),
            "data-twins-but": self._own_key(),
        }

    def _own_key(self) -> str:
        return str(self.instance.translation_key) if self.instance.pk else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        if self.kind and self.for_user and self._is_new(cleaned):
            found = self._twins(cleaned)
            if not keys_of(found) <= self._seen():
                self.add_error(self.name_field, ValidationError(self._question(found)))
        return cleaned

    def _seen(self) -> set[str]:
        """Twins that were shown: by the script, or by the form the last time."""
        sent = self.data.getlist(SEEN) if hasattr(self.data, "getlist") else ()
        return {key for text in sent for key in text.split()}

    def _is_new(self, cleaned: dict[str, Any]) -> bool:
        """The name, of something new or renamed; old twins are no matter of every save."""
        name = cleaned.get(self.name_field)
        return bool(name) and (not self.instance.pk or self.name_field in self.changed_data)

    def _twins(self, cleaned: dict[str, Any]) -> list[Twin]:
        marks = {str(one): cleaned.get(name) or "" for one, name in self.kind.marks.items()}
        but = self.instance.translation_key if self.instance.pk else None
        found = likely(self.kind(self.for_user), cleaned[self.name_field], but, marks)
        # Of codes the form of projects has a rule of its own, which knows programmes.
        return [twin for twin in found if twin.reason is not Reason.CODE]

    def _question(self, found: list[Twin]) -> SafeString:
        rows = (
            (
                format_html(
                    '<a href="{}" target="_blank" rel="noopener">{}</a>', one["url"], one["title"]
                ),
                one["why"],
            )
            if one["url"]
            else (one["title"], one["why"])
            for one in told(found, self.for_user)
        )
        names = format_html_join(", ", "{} ({})", rows)
        return format_html(
            '{} {} <label><input type="checkbox" name="{}" value="{}"> {}</label>',
            _("Is it one of these that are there already?"),
            names,
            SEEN,
            " ".join(sorted(keys_of(found))),
            _("No, it is another one: save it."),
        )
