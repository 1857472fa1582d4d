"""What a facet and its values are called, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from cms.core.content_epoch import held
from cms.core.languages import language_name
from projects.public import filters as projects
from projects.public.facets import FacetNames

from .engines.base import NOT_STATED

FACET_TITLES = {
    "type": _("Type"),
    **projects.FACET_TITLES,
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


class SearchNames(FacetNames):
    """Names of the values of every facet, of those that only the search has too."""

    def name(self, facet: str, value: str) -> tuple[str, str]:
        if value != NOT_STATED:
            if facet == "type":
                return str(TYPE_TITLES.get(value, value)), ""
            if facet == "language":
                return language_name(value), value
        return super().name(facet, value)


@held
def search_names(language: str) -> SearchNames:
    return SearchNames(language)
