"""What people write into forms, understood or refused: never turned into another value.

E-mail and web addresses come with brackets, a full stop, a name before them: where the text holds
one address, that one is taken. A browser's ``type=number`` drops what it does not know
(``290780,50`` became ``29078050``), so numbers are text with the telephone's keyboard of digits,
read by :mod:`cms.core.numbers`. Django's own fields are mended, for forms of models, filters,
blocks and Wagtail's own forms all use them.
"""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

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


def read_typed(field_class, read) -> None:
    """Have the forms' fields of a class understand what was typed by ``read(field, text)``."""
    django_to_python = field_class.to_python

    def to_python(self, value):
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
    for widget_class, keyboard in ((forms.EmailInput, "email"), (forms.URLInput, "url")):
        _give_keyboard(widget_class, keyboard)


def _give_keyboard(widget_class, keyboard: str) -> None:
    django_context = widget_class.get_context

    def get_context(self, name, value, attrs):
        return django_context(self, name, value, {"inputmode": keyboard, **(attrs or {})})

    widget_class.get_context = get_context


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

    def get_context(self, name, value, attrs):
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
