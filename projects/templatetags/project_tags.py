"""A project's facts in words."""

from decimal import Decimal

from django import template
from django.utils import formats, translation
from django.utils.translation import ngettext

from ..period import Period

register = template.Library()


@register.filter
def period(project) -> Period:
    return Period.of(project.facts)


@register.filter
def euro(amount: Decimal | None) -> str:
    """The amount as the reader's language writes it, cents only where there are some."""
    if amount is None:
        return ""
    places = 0 if amount == amount.to_integral_value() else 2
    number = formats.number_format(amount, places, use_l10n=True, force_grouping=True)
    return f"€{number}" if translation.get_language() == "en" else f"{number}\N{NO-BREAK SPACE}€"


@register.filter
def and_more(count: int | None) -> str:
    """ "and 2 more" for three of which one is shown; empty where there are no more."""
    more = (count or 0) - 1
    if more < 1:
        return ""
    return ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
