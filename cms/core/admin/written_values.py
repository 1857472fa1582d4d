"""What people write into forms, understood or refused: never turned into another value.

E-mail and web addresses come with brackets, a full stop, a name before them: where the text holds
one address, that one is taken. A browser's ``type=number`` drops what it does not know
(``290780,50`` became ``29078050``), so numbers are text with the telephone's keyboard of digits,
read by :mod:`cms.core.numbers`. Django's own fields are mended, for forms of models, filters,
blocks and Wagtail's own forms all use them. Dates are written as the editor's language does.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format, get_format, number_format
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _
from wagtail.admin import widgets

from ..numbers import AmbiguousNumber, UnreadableNumber, read_number

AROUND = " \t\r\n\u00a0\u200b<>\"'“”«»,;"
EMAIL = re.compile(r"[^\s<>()\[\]\"“”«»,;:@]+@[^\s<>()\[\]\"“”«»,;:@]+")
SITE = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»]+", re.IGNORECASE)


def plain_email(text: str) -> str:
    """``Maija Malli <mailto:maija@example.org>.`` is ``maija@example.org``."""
    found = EMAIL.findall(text)
    return found[0].rstrip(".") if len(found) == 1 else text


def plain_url(text: str) -> str:
    """``Sivut: <www.example.org>.`` is ``https://www.example.org``."""
    found = SITE.findall(text)
    if len(found) == 1 and not SITE.search(found[0], 1):
        text = found[0]
    text = text.strip(AROUND).rstrip(".")
    while text.endswith(")") and text.count("(") < text.count(")"):
        text = text[:-1].rstrip(".,;")
    return f"https://{text}" if text.lower().startswith("www.") else text


def read_typed(field_class: type[forms.Field], read: Callable) -> None:
    """Have the forms' fields of a class understand what was typed by ``read(field, text)``."""
    django_to_python = field_class.to_python

    def to_python(self, value) -> Any:
        if isinstance(value, str):
            value = read(self, value)
        return django_to_python(self, value)

    field_class.to_python = to_python


def understand_addresses() -> None:
    read_typed(forms.EmailField, lambda _field, text: plain_email(text))
    read_typed(forms.URLField, lambda _field, text: plain_url(text))
    # A browser would refuse what the server understands, before the server sees it.
    forms.EmailInput.input_type = "text"
    forms.URLInput.input_type = "text"

    def with_keyboard(django_context: Callable, keyboard: str) -> Callable:
        return lambda self, name, value, attrs: django_context(
            self, name, value, {"inputmode": keyboard, **(attrs or {})}
        )

    forms.EmailInput.get_context = with_keyboard(forms.EmailInput.get_context, "email")
    forms.URLInput.get_context = with_keyboard(forms.URLInput.get_context, "url")


def number_of(field: forms.Field, text: str) -> Decimal | int | float | None:
    text = text.strip()
    if not text:
        return None
    whole_only = not isinstance(field, (forms.DecimalField, forms.FloatField))
    try:
        number = read_number(text)
    except AmbiguousNumber as error:
        raise ValidationError(
            _(
                "“%(value)s” can be read in two ways. For %(whole)s write no comma or point; for "
                "cents write two digits after the comma or point."
            ),
            "ambiguous",
            {"value": text, "whole": error.whole},
        ) from error
    except UnreadableNumber as error:
        example = "2026" if whole_only else number_format(Decimal("290780.50"), 2)
        raise ValidationError(
            _("“%(value)s” cannot be read as a number. Write it for example as %(example)s."),
            "invalid",
            {"value": text, "example": example},
        ) from error
    if not whole_only:
        return float(number) if isinstance(field, forms.FloatField) else number
    if number != number.to_integral_value():
        raise ValidationError(_("“%(value)s” is not a whole number."), "invalid", {"value": text})
    return int(number)


def understand_numbers() -> None:
    for field_class in (forms.IntegerField, forms.DecimalField, forms.FloatField):
        read_typed(field_class, number_of)
    django_context = forms.NumberInput.get_context

    def get_context(self, name, value, attrs) -> dict[str, Any]:
        context = django_context(self, name, value, attrs)
        attrs = context["widget"]["attrs"]
        for limit in ("min", "max", "step"):
            attrs.pop(limit, None)
        attrs.setdefault("inputmode", "decimal")
        attrs.setdefault("autocomplete", "off")
        return context

    forms.NumberInput.input_type = "text"
    forms.NumberInput.is_localized = True
    forms.NumberInput.get_context = get_context


# Wagtail has one form of dates for all languages (``WAGTAIL_DATE_FORMAT``), and its picker puts
# today's date in place of what it cannot read. Its three widgets are mended in their classes, for
# Wagtail itself names them in filters, reports, blocks and scheduled publishing. Delete this once
# upstream has replaced the picker (wagtail 8056) and follows the editor's language.
DATE, TIME, DATETIME = "date", "time", "datetime"
# In Django's letters, which are the picker's too; named in cms/formats/ of the admin's languages.
FORMATS = {DATE: "WRITTEN_DATE_FORMAT", TIME: "TIME_FORMAT", DATETIME: "WRITTEN_DATETIME_FORMAT"}
FAULTS = {
    DATE: gettext_noop("This is not a day of the calendar. Write it as %(example)s."),
    TIME: gettext_noop("This is not a time of day. Write it as %(example)s."),
    DATETIME: gettext_noop("This is not a day and a time. Write them as %(example)s."),
}
EXAMPLE = datetime(2026, 12, 31, 14, 30)


def with_example(message: str, kind: str) -> str:
    """The message with a day or time that cannot be misread, in the active language's form."""
    return gettext(message) % {"example": date_format(EXAMPLE, FORMATS[kind])}


def mend_date_widget(widget_class, kind: str) -> None:
    """Have the widget show, say and read dates in the active language."""
    wagtail_config, wagtail_context = widget_class.get_config, widget_class.get_context
    wagtail_media, wagtail_template = widget_class.media, widget_class.template_name

    def format_value(self, value) -> Any:
        return date_format(value, FORMATS[kind]) if isinstance(value, (date, time)) else value

    def get_config(self) -> dict[str, Any]:
        config = {**wagtail_config(self), "format": get_format(FORMATS[kind])}
        if kind != DATE:
            config["formatTime"] = get_format(FORMATS[TIME])
        return {**config, "validateOnBlur": False}

    def get_context(self, name, value, attrs) -> dict[str, Any]:
        context = wagtail_context(self, name, value, attrs)
        attrs = context["widget"]["attrs"]
        hint_id = f"{attrs.get('id', name)}-form"
        context["widget"] |= {
            "wagtail_template": wagtail_template,
            "hint_id": hint_id,
            "hint": with_example(gettext_noop("For example %(example)s"), kind),
        }
        attrs |= {
            "data-date-kind": kind,
            "data-date-form": get_format(FORMATS[kind]),
            "data-date-fault": with_example(FAULTS[kind], kind),
            "aria-describedby": f"{attrs.get('aria-describedby', '')} {hint_id}".strip(),
        }
        return context

    def media(self) -> forms.Media:
        own = forms.Media(js=["admin/dates.js"], css={"all": ["admin/forms.css"]})
        return wagtail_media.fget(self) + own

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
        mend_date_widget(widget_class, kind)
        field_class.default_error_messages = {
            "invalid": lazy(with_example, str)(FAULTS[kind], kind)
        }
