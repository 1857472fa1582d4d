"""Rows of one project that say the same twice: refused where they are typed, merged where two
records become one.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from modelcluster.forms import BaseChildFormSet

from cms.translation.facts.panels import FactRowsPanel

WIDEST = {"public_until": max, "end_date": max, "start_date": min}
"""Days of which none makes another row; of two, which one counts."""
APART = {"sort_order", "translation_key", "locale", *WIDEST}


def empty(value: object) -> bool:
    return value is None or value == ""


def own_fields(model: type[Model]) -> list[Field]:
    """What a row says by itself."""
    return [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.name in APART or isinstance(field, ParentalKey))
    ]


def identity(model: type[Model]) -> set[str]:
    """Fields by which a row is what it is: what it names, in which role, of which year."""
    return {
        field.name
        for field in own_fields(model)
        if field.many_to_one or field.choices or field.name == "year"
    }


def is_double(row: Model, other: Model) -> bool:
    """Whether two rows say the same, but for what one of them leaves empty.

    Two grants of one funder are two where year, kind or amount tell them apart.
    """
    names = identity(type(row))
    for field in own_fields(type(row)):
        one, two = _value(row, field), _value(other, field)
        if one != two and (field.name in names or not (empty(one) or empty(two))):
            return False
    return True


def _value(row: Model, field: Field) -> Any:
    """A record is the same in all its languages."""
    if not field.many_to_one or getattr(row, field.attname) is None:
        return getattr(row, field.attname)
    named = getattr(row, field.name)
    return getattr(named, "translation_key", named.pk)


def named_by(row: Model) -> Any:
    """What the row is about, for a message."""
    keys = [field for field in own_fields(type(row)) if field.many_to_one]
    return getattr(row, keys[0].name) if keys and getattr(row, keys[0].attname) else row


class OnceFormSet(BaseChildFormSet):
    """Each contact, funder, partner and place once; the row that comes second is told so."""

    def clean(self) -> None:
        super().clean()
        kept: list[Model] = []
        for form in self.forms:
            gone = form in self.deleted_forms or (not form.has_changed() and not form.instance.pk)
            if gone or not form.is_valid():
                continue
            if any(is_double(form.instance, row) for row in kept):
                names = [field.name for field in own_fields(self.model)]
                field = next((name for name in names if name in form.fields), None)
                form.add_error(field, ValidationError(message_of(form.instance)))
            else:
                kept.append(form.instance)


class OnceRowsPanel(FactRowsPanel):
    """Rows of which each says something of its own."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = OnceFormSet
        return options


def message_of(row: Model) -> str:
    told = {"name": named_by(row)}
    if hasattr(row, "amount"):
        return (
            _(
                "“%(name)s” stands here twice in the same way. Put both into one row, or tell the "
                "rows apart by year, kind or amount."
            )
            % told
        )
    return _("“%(name)s” stands here twice. One row is enough.") % told
