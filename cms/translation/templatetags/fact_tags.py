from typing import Any

from django import template

from ..fact_panels import fact_context

register = template.Library()


@register.inclusion_tag("translation/admin/facts_folded.html", takes_context=True)
def folded_facts(context, instance) -> dict[str, Any]:
    """The facts that a translation leaves to the language first written; nothing if it has them."""
    return fact_context(instance, context["request"].user)
