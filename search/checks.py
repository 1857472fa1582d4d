"""What an operator should know of the search's analysers before visitors do."""

from django.conf import settings
from django.core.checks import Info, Tags, Warning, register

from .analysis import get_analyser, signature


@register(Tags.compatibility)
def finnish_is_analysed_exactly(**kwargs):
    """Without libvoikko the search still works, but finds fewer inflected and compound words."""
    if get_analyser("fi").name == "voikko":
        return []
    return [
        Warning(
            "Finnish is searched without libvoikko: words are analysed less exactly.",
            hint="Install libvoikko1 and voikko-fi from the system's packages, then run "
            "manage.py rebuild_search.",
            id="search.W001",
        )
    ]


@register(Tags.compatibility, deploy=True)
def analysers_in_use(**kwargs):
    used: dict[str, list[str]] = {}
    for locale, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        used.setdefault(signature(locale), []).append(locale)
    said = "; ".join(f"{', '.join(locales)}: {name}" for name, locales in used.items())
    return [Info(f"The search analyses words with {said}.", id="search.I001")]
