"""Where the public pages of organisations, programmes, places, themes and target groups lie.

An address is ``/<language>/<segment of the kind>/<slug>/``, the same in every language but for its
prefix, so that a reader's language switch is a change of prefix.
"""

from datetime import date
from uuid import UUID

from django.utils import timezone, translation
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from cms.core.content_epoch import held
from cms.core.routing import served_below

from ..models import Organisation, Person, Programme, RecordAddress, TargetGroup, Theme
from . import NAMES, registers
from .catalogue import catalogue

SEGMENTS = {
    "organisation": "organisaatiot",
    "programme": "ohjelmat",
    "municipality": "kunnat",
    "region": "maakunnat",
    "theme": "teemat",
    "target_group": "kohderyhmat",
}
KINDS = {segment: kind for kind, segment in SEGMENTS.items()}
PLACES = ("region", "municipality")
REGISTERS = {
    "organisation": "organisations",
    "programme": "programmes",
    "theme": "themes",
    "target_group": "target_groups",
}
MODELS = {
    "organisation": Organisation,
    "programme": Programme,
    "theme": Theme,
    "target_group": TargetGroup,
}
TERMS = ("theme", "target_group")


class Addresses:
    """``slugs``: kind and value → slug. ``values``: kind and slug, a former one too → value.

    A value is as facets have it: the key of an organisation or programme, the code of a place, the
    slug of a term.
    """

    def __init__(self) -> None:
        self.slugs: dict[tuple[str, str], str] = {}
        self.values: dict[tuple[str, str], str] = {}
        for kind in REGISTERS:
            self._add_keys(kind)
        rows = RecordAddress.objects.order_by("-is_former", "pk")
        for kind, slug, key, is_former in rows.values_list("kind", "slug", "key", "is_former"):
            value = self.values.get((kind, str(key)))
            if value is not None:
                self.values[kind, slug] = value
                if not is_former:
                    self.slugs[kind, value] = slug
        for (kind, code), place in registers().places.items():
            slug = slugify(string_to_ascii(place.name_fi))
            self.slugs[kind, code] = slug
            self.values[kind, code] = self.values[kind, slug] = code

    def _add_keys(self, kind: str) -> None:
        """A key leads to its record too: where a record was made without an address."""
        for key, records in getattr(registers(), REGISTERS[kind]).languages.items():
            value = next(iter(records.values())).slug if kind in TERMS else str(key)
            self.slugs[kind, value] = str(key)
            self.values[kind, str(key)] = value


@held
def addresses() -> Addresses:
    return Addresses()


@held
def shown_keys(model, today: date) -> frozenset[UUID]:
    """Translation keys of the records of a register that visitors meet by name on a day.

    A record that only a draft, a closed or an unpublished project names is as unknown to the
    public as that project. Members of the association are always known.
    """
    keys = catalogue().named[NAMES[model]]
    if model is Organisation:
        people = Person.objects.public(today).filter(show_on_contacts_page=True)
        employers = people.exclude(organisation=None).values_list("organisation", flat=True)
        known = registers().organisations
        keys = keys | known.members | {known.keys[pk] for pk in employers if pk in known.keys}
    return frozenset(keys)


def is_public(kind: str, value: str) -> bool:
    """Whether visitors have a page of it: of a place always, else if something public names it."""
    if kind in PLACES:
        return (kind, value) in registers().places
    return key_of(kind, value) in shown_keys(MODELS[kind], timezone.localdate())


def key_of(kind: str, value: str) -> UUID | None:
    """The key of a record by its value among the facets."""
    if kind in TERMS:
        return getattr(registers(), REGISTERS[kind]).keys_of_slugs.get(value)
    return UUID(value)


def url_of(kind: str, value: str, language: str | None = None) -> str:
    """The address of the page for a reader, or "" where there is none."""
    slug = addresses().slugs.get((kind, str(value)))
    if slug is None or not is_public(kind, str(value)):
        return ""
    language = language or translation.get_language()
    return f"{served_below(language)}{SEGMENTS[kind]}/{slug}/"
