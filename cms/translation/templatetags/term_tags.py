"""Terms of the glossary in a text that somebody translates."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..terms import Found, terms_in
from .translation_tags import isolated

register = template.Library()


@register.simple_tag
def terms_of(text: str, source: dict, target: dict) -> list[Found]:
    """Terms of a text; ``source`` and ``target`` as the editor describes its languages."""
    return terms_in(text, source["code"], target["code"])


@register.simple_tag
def with_terms(text: str, direction: str, found: list[Found], row: Any, closed: str) -> SafeString:
    """The text with its terms marked, letter for letter: who copies it gets no more than that.

    Where something can be written, a term is a button that does it; ``closed`` says why not.
    """
    parts, end = [], 0
    for number, term in enumerate(found, 1):
        parts += [isolated(text[end : term.start], direction)]
        parts += [_mark(term, isolated(term.text, direction), f"term-{row}-{number}", closed)]
        end = term.end
    parts.append(isolated(text[end:], direction))
    return format_html_join("", "{}", ((part,) for part in parts))


def _mark(term: Found, text: SafeString, described: str, closed: str) -> SafeString:
    if closed or not term.agreed:
        return format_html('<span class="term-mark">{}</span>', text)
    return format_html(
        '<button type="button" class="term-mark" data-insert="{}" aria-describedby="{}">{}'
        "</button>",
        term.agreed[0].text,
        described,
        text,
    )
