import re
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .. import policy
from ..facts.panels import fact_context

register = template.Library()

TAGS = r"(?P<tag></?[a-z][^<>]*>)"
# Runs of Latin letters and digits with the signs inside them: 2021–2027, S22354, +358 40 123.
# Brackets belong to the words around them.
RUNS = re.compile(TAGS + r"|[+#]?[A-Za-z0-9](?:[A-Za-z0-9]|[ .,:/+\-–—@_#&=?%]+(?=[A-Za-z0-9]))*%?")
_TAGS = re.compile(TAGS)


@register.inclusion_tag("translation/admin/facts_folded.html", takes_context=True)
def folded_facts(context, instance) -> dict[str, Any]:
    """The facts that a translation leaves to the language first written; nothing if it has them."""
    return fact_context(instance, context["request"].user)


@register.simple_tag(takes_context=True)
def may_ask_for(context, alias) -> bool:
    """Whether a page that only mirrors another may be asked for in its language."""
    user, original = context["request"].user, alias.alias_of.specific
    if not policy.may_request(user, original):
        return False
    return policy.open_locales(user, original).filter(pk=alias.locale_id).exists()


@register.filter
def isolated(text: str, direction: str) -> SafeString:
    """Codes, numbers and tags stay from left to right and whole: Arabic around them would turn
    2021–2027 into 2027–2021. In text from left to right tags alone are marked.
    """
    parts, end = [], 0
    for run in (RUNS if direction == "rtl" else _TAGS).finditer(text):
        kind = ' class="translation-tag"' if run["tag"] else ""
        parts.append(escape(text[end : run.start()]))
        parts.append(f'<bdi dir="ltr"{kind}>{escape(run[0])}</bdi>')
        end = run.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 (escaped piece by piece)
