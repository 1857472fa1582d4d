"""A project's facts in words."""

from html import escape

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.numbers import euro
from cms.core.templatetags.language_tags import lang_attrs

from ..period import Period

register = template.Library()
register.filter(euro)


@register.filter
def period(project) -> Period:
    return Period.of(project.facts)


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
