"""What the values of facets are called and how they are ordered, kept for one content epoch."""

from typing import NamedTuple
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.alphabet import sort_key
from cms.core.content_epoch import held

from .catalogue import NOT_KNOWN, catalogue
from .models import Status
from .registers import named, place_name, registers

COURSE = (Status.RUNNING, Status.UPCOMING, Status.ENDED)


class Name(NamedTuple):
    """``language`` is that of ``label`` where it is not the reader's own; ``order`` sorts names.

    ``region`` is the code of the one that a municipality lies in.
    """

    label: str
    language: str
    order: tuple[bool, str, str]
    region: str = ""


class FacetNames:
    """Names for the readers of one language: ``names("theme", "work").label``."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._shelf = registers()
        self._catalogue = catalogue()
        self._found: dict[tuple[str, str], Name] = {}

    def __call__(self, facet: str, value: str) -> Name:
        found = self._found.get((facet, value))
        if found is None and facet == "year" and value.isdecimal():
            # From the newest.
            return Name(value, "", (False, f"{9999 - int(value):04}", value))
        if found is None:
            with translation.override(self.language):
                label, language = self.name(facet, value)
            language = "" if language == self.language else language
            order = (value in NOT_KNOWN, self._order(facet, value, label), value)
            town = self._shelf.places.get((facet, value)) if facet == "municipality" else None
            found = Name(label, language, order, town.region.code if town else "")
            # Made-up values of an address are called what they are, and not kept.
            if label != value:
                self._found[facet, value] = found
        return found

    def _order(self, facet: str, value: str, label: str) -> str:
        """By name, but status by course of time."""
        if facet == "status":
            return str(COURSE.index(value)) if value in COURSE else "9"
        return sort_key(label, self.language)

    def name(self, facet: str, value: str) -> tuple[str, str]:
        """The name and its language.

        The value itself where the public does not know it: a draft's funder has no name here.
        """
        if value in NOT_KNOWN:
            return _("Not stated"), ""
        if facet == "status":
            return (str(Status(value).label) if value in COURSE else value), ""
        if facet in ("region", "municipality"):
            place = self._shelf.places.get((facet, value))
            return place_name(place, self.language) if place else (value, "")
        if facet == "year" or value not in self._catalogue.masks.get(facet, ()):
            return value, ""
        if facet in ("theme", "target_group"):
            register = self._shelf.themes if facet == "theme" else self._shelf.target_groups
            key = register.keys_of_slugs[value]
        else:
            register = self._shelf.organisations if facet == "funder" else self._shelf.programmes
            key = UUID(value)
        return named(register.by_key(key, self.language))


@held
def facet_names(language: str) -> FacetNames:
    return FacetNames(language)
