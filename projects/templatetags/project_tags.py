"""A project's facts in words, and the markup of facets.

Hundreds of choices stand on every list: they are written straight, without a template.
"""

from html import escape

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.formatting import number
from cms.core.languages import language_direction
from cms.core.templatetags.core_tags import lang_attrs

from ..models import Programme
from ..public import registers
from ..public.addresses import url_of
from ..public.facets import Choice, Facet, Facets, Menu
from ..public.publicity import Publicity, publicity_of

register = template.Library()


@register.filter
def publicity(programme: Programme) -> Publicity | None:
    """What pages of the programme's projects must show, for readers of the record's language."""
    return publicity_of(programme, programme.locale.language_code)


@register.simple_tag
def subject_url(kind: str, value) -> str:
    """Where the page of an organisation, programme, place, theme or target group lies, or ""."""
    return url_of(kind, str(value or ""))


@register.simple_tag
def subject_links(links) -> str:
    """Names of subjects as links, each with the number of its projects; often hundreds."""
    items = "".join(
        f'<li><a href="{escape(link.url)}"{lang_attrs(link.language)}>{escape(link.label)}</a> '
        f'<span class="muted">{number(link.count)}</span></li>'
        for link in links
    )
    return mark_safe(f'<ul role="list" class="subject__links">{items}</ul>')  # noqa: S308


@register.simple_tag
def members_known() -> bool:
    """Whether any organisation is a member of the association."""
    return bool(registers().organisations.members)


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
    facts = [(_("Period:"), f"<bdi>{escape(years)}</bdi>")] if (years := thing.years) else []
    for title, kind, found in (
        (_("Place:"), thing.places_kind, thing.places),
        (_("Funder:"), "organisation", thing.funders),
    ):
        if found:
            first, more = found[0], len(found) - 1
            text = f"<bdi{lang_attrs(first.language)}>{escape(first.label)}</bdi>"
            if url := url_of(kind, first.value):
                text = f'<a href="{url}">{text}</a>'
            if more:
                more_of = ngettext("and %(count)s more", "and %(count)s more", more)
                text = f"{text} {more_of % {'count': number(more)}}"
            facts.append((title, text))
    lines = (
        f'<span class="card__fact"><span class="visually-hidden">{title} </span>{text}</span> '
        for title, text in facts
    )
    # Every text is escaped above.
    return mark_safe(status_mark(thing.status) + "".join(lines))  # noqa: S308


@register.simple_tag
def facet_boxes(facets: Facets) -> str:
    """Every facet, to be opened and closed, with its choices as checkboxes or in a menu."""
    kept = (
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in facets.kept
    )
    # Every text is escaped, here and below.
    return mark_safe("".join([*kept, *map(_box, facets.shown)]))  # noqa: S308


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
        f"{text} <small>{number(choice.count)}</small></label>"
    )


def _menu(menu: Menu) -> str:
    groups = []
    for title, choices in menu.groups:
        options = ""
        for choice in choices:
            lang = f' lang="{choice.name.language}"' if choice.name.language else ""
            name = f"{escape(choice.name.label)}: {number(choice.count)}"
            options += f'<option value="{escape(choice.value)}"{lang}>{name}'
        groups.append(
            f'<optgroup label="{escape(title)}">{options}</optgroup>' if title else options
        )
    return (
        f'<p class="facet__menu"><label>{escape(menu.title)}<select class="field" '
        f'name="{menu.facet}" aria-describedby="numbers">'
        f'<option value="">{escape(_("Choose"))}{"".join(groups)}</select></label>'
        f'<button class="button button--quiet" type="submit">{escape(_("Add"))}</button></p>'
    )
