"""Dates in the admin's forms: written as the editor's language does, never turned into another.

Wagtail has one form of dates for all languages (``WAGTAIL_DATE_FORMAT``), and its picker puts
today's date in place of what it cannot read. Its three widgets are mended in their classes, for
Wagtail itself names them in filters, reports, blocks and scheduled publishing. Delete this once
upstream has replaced the picker (wagtail 8056) and follows the editor's language.
"""

from datetime import date, datetime, time

from django import forms
from django.utils.formats import date_format, get_format
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_noop
from wagtail.admin import widgets

DATE, TIME, DATETIME = "date", "time", "datetime"
# In Django's letters, which are the picker's too.
FORMATS = {DATE: "SHORT_DATE_FORMAT", TIME: "TIME_FORMAT", DATETIME: "SHORT_DATETIME_FORMAT"}
FAULTS = {
    DATE: gettext_noop("This is not a day of the calendar. Write it as %(example)s."),
    TIME: gettext_noop("This is not a time of day. Write it as %(example)s."),
    DATETIME: gettext_noop("This is not a day and a time. Write them as %(example)s."),
}
EXAMPLE = datetime(2026, 12, 31, 14, 30)


def example(kind: str) -> str:
    """A day or time that cannot be misread, in the form of the active language."""
    return date_format(EXAMPLE, FORMATS[kind])


def fault(kind: str) -> str:
    return gettext(FAULTS[kind]) % {"example": example(kind)}


lazy_fault = lazy(fault, str)


def mend(widget_class, kind: str) -> None:
    """Have the widget show, say and read dates in the active language."""
    wagtail_config = widget_class.get_config
    wagtail_context = widget_class.get_context
    wagtail_media = widget_class.media
    wagtail_template = widget_class.template_name

    def format_value(self, value):
        return date_format(value, FORMATS[kind]) if isinstance(value, (date, time)) else value

    def get_config(self):
        config = {**wagtail_config(self), "format": get_format(FORMATS[kind])}
        if kind != DATE:
            config["formatTime"] = get_format(FORMATS[TIME])
        return {**config, "validateOnBlur": False}

    def get_context(self, name, value, attrs):
        context = wagtail_context(self, name, value, attrs)
        attrs = context["widget"]["attrs"]
        hint_id = f"{attrs.get('id', name)}-form"
        context["widget"] |= {
            "wagtail_template": wagtail_template,
            "hint_id": hint_id,
            "hint": gettext("For example %(example)s") % {"example": example(kind)},
        }
        attrs |= {
            "data-date-kind": kind,
            "data-date-form": get_format(FORMATS[kind]),
            "data-date-fault": fault(kind),
            "aria-describedby": f"{attrs.get('aria-describedby', '')} {hint_id}".strip(),
        }
        return context

    def media(self):
        return wagtail_media.fget(self) + forms.Media(
            js=["admin/dates.js"], css={"all": ["admin/forms.css"]}
        )

    widget_class.template_name = "core/admin/date_input.html"
    widget_class.format_value = format_value
    widget_class.get_config = get_config
    widget_class.get_context = get_context
    widget_class.media = property(media)


def understand_dates() -> None:
    for widget_class, kind, field_class in (
        (widgets.AdminDateInput, DATE, forms.DateField),
        (widgets.AdminTimeInput, TIME, forms.TimeField),
        (widgets.AdminDateTimeInput, DATETIME, forms.DateTimeField),
    ):
        mend(widget_class, kind)
        field_class.default_error_messages = {"invalid": lazy_fault(kind)}
