"""What a facet and its values are called, in the reader's language."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.core.languages import language_name
from projects.catalogue import facet_name

from .engines.base import NOT_STATED

FACET_TITLES = {
    "type": _("Type"),
    "status": _("Status"),
    "theme": _("Theme"),
    "target_group": _("Target group"),
    "region": _("Region"),
    "municipality": _("Municipality"),
    "funder": _("Funder"),
    "programme": _("Programme"),
    "year": _("Year"),
    "language": _("Language"),
}
TYPE_TITLES = {
    "project": _("Projects"),
    "publication": _("Publications"),
    "person": _("People"),
    "page": _("Other pages"),
}
KIND_TITLES = {
    "project": _("Project"),
    "publication": _("Publication"),
    "person": _("Person"),
    "page": _("Page"),
    "organisation": _("Organisation"),
    "place": _("Place"),
    "word": _("Search word"),
}


class Labels:
    """Names of facet values in one language. ``parents`` gives a municipality's region code."""

    def __init__(self, values=None, language: str | None = None) -> None:
        self.locale = language or translation.get_language() or "fi"

    def name(self, facet: str, value: str) -> str:
        if facet == "type" and value != NOT_STATED:
            return str(TYPE_TITLES.get(value, value))
        if facet == "language" and value != NOT_STATED:
            return language_name(value)
        return facet_name(facet, value, self.locale)[0]

    def language(self, facet: str, value: str) -> str:
        """The language of the name, where it comes from a record; "" for the reader's own."""
        if facet == "language":
            return value if value != NOT_STATED else ""
        return facet_name(facet, value, self.locale)[1]


def labels_of(values, language: str) -> Labels:
    return Labels(language=language)
