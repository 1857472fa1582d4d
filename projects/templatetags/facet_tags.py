"""The markup of facets. Hundreds of choices on every list: written straight, without a template."""

from html import escape

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cms.core.languages import language_direction

from ..public.facets import Choice, Facet, Facets, Menu

register = template.Library()


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
