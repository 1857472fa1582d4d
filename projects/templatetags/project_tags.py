"""A project's facts in words."""

from decimal import Decimal
from html import escape

from django import template
from django.utils import formats, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.templatetags.language_tags import lang_attrs

from ..models import Programme
from ..public.publicity import Publicity, publicity_of

register = template.Library()


@register.filter
def publicity(programme: Programme) -> Publicity | None:
    """What pages of the programme's projects must show, for readers of the record's language."""
    return publicity_of(programme, programme.locale.language_code)


@register.filter
def euro(amount: Decimal | None) -> str:
    """The amount as the reader's language writes it, cents only where there are some."""
    if amount is None:
        return ""
    places = 0 if amount == amount.to_integral_value() else 2
    number = formats.number_format(amount, places, use_l10n=True, force_grouping=True)
    return f"€{number}" if translation.get_language() == "en" else f"{number}\N{NO-BREAK SPACE}€"


@register.simple_tag
def status_mark(status) -> str:
    """The status as a word; its shape is drawn by the style sheet. Nothing where none is known."""
    if not status:
        return ""
    mark = f'<span class="status status--{status}">{escape(str(status.label))}</span> '
    return mark_safe(mark)  # noqa: S308


@register.simple_tag
def facts_line(thing) -> str:
    """Status, years, first place and first funder of a project or of a hit, as on every card."""
    parts = [status_mark(thing.status)]
    if years := thing.years:
        parts.append(_fact(_("Period:"), f"<bdi>{escape(years)}</bdi>"))
    for title, found in ((_("Place:"), thing.places), (_("Funder:"), thing.funders)):
        if found:
            first, more = found[0], and_more(len(found))
            name = f"<bdi{lang_attrs(first.language)}>{escape(first.label)}</bdi>"
            parts.append(_fact(title, f"{name} {more}" if more else name))
    return mark_safe("".join(parts))  # noqa: S308  # every text is escaped above


def _fact(title: str, text: str) -> str:
    return f'<span class="card__fact"><span class="visually-hidden">{title} </span>{text}</span> '


def and_more(number: int) -> str:
    """ "and 2 more" for three of which one is shown; empty where there are no more."""
    more = number - 1
    if more < 1:
        return ""
    return ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
