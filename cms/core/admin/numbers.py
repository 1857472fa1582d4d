"""Number fields that take what people write, or say why not: never another number.

A browser's ``type=number`` drops what it does not know: ``290780,50`` became ``29078050``. So
they are text here, with the telephone's keyboard of digits, read by :mod:`cms.core.numbers`.
Django's own fields are mended, for forms of models, filters, blocks and Wagtail's own forms all
use them.
"""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ..numbers import AmbiguousNumber, UnreadableNumber, read_number
from .addresses import mend


def read(field: forms.Field, text: str) -> Decimal | int | float | None:
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


def install() -> None:
    for field_class in (forms.IntegerField, forms.DecimalField, forms.FloatField):
        mend(field_class, read)
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
