"""A project's facts in words, and the markup of facets.

Hundreds of choices stand on every list: they are written straight, without a template.
"""

from decimal import Decimal
from html import escape

from django import template
from django.utils import formats, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.languages import language_direction
from cms.core.templatetags.language_tags import lang_attrs

from ..models import Programme
from ..public.facets import Choice, Facet, Facets, Menu
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


@register.simple_tag
def facet_boxes(facets: Facets) -> str:
    """Every facet, to be opened and closed, with its choices as checkboxes or in a menu."""
    return mark_safe("".join(map(_box, facets.shown)))  # noqa: S308  # every text is escaped below


def _box(facet: Facet) -> str:
    title = escape(facet.title)
    rows = []
    for choice in facet.choices:
        rows.append(_checkbox(choice))
        rows += [_checkbox(town, ' class="town"') for town in choice.towns]
    return (
        f'<details class="facet" id="f-{facet.name}"{" open" if facet.open else ""}>'
        f"<summary>{title}</summary>"
        f'<div role="group" aria-label="{title}" aria-describedby="numbers">{"".join(rows)}</div>'
        f"{_menu(facet.menu) if facet.menu else ''}</details>"
    )


def _checkbox(choice: Choice, attributes: str = "") -> str:
    text, language = escape(choice.name.label), choice.name.language
    if language:
        text = f'<span lang="{language}" dir="{language_direction(language)}">{text}</span>'
    if not choice.count:
        attributes = ' class="none"'
    return (
        f'<label{attributes}><input type="checkbox" name="{choice.facet}" '
        f'value="{escape(choice.value)}"{" checked" if choice.chosen else ""}> '
        f"{text} <small>{choice.count}</small></label>"
    )


def _menu(menu: Menu) -> str:
    options = "".join(
        f'<optgroup label="{escape(title)}">{_options(choices)}</optgroup>'
        if title
        else _options(choices)
        for title, choices in menu.groups
    )
    return (
        f'<p class="facet__menu"><label>{escape(menu.title)}<select class="field" '
        f'name="{menu.facet}" aria-describedby="numbers">'
        f'<option value="">{escape(_("Choose"))}{options}</select></label>'
        f'<button class="button button--quiet" type="submit">{escape(_("Add"))}</button></p>'
    )


def _options(choices: list[Choice]) -> str:
    return "".join(
        f'<option value="{escape(choice.value)}"'
        f"{_lang(choice.name.language)}>{escape(choice.name.label)}: {choice.count}"
        for choice in choices
    )


def _lang(language: str) -> str:
    return f' lang="{language}"' if language else ""
