"""The lists of organisations and of members, narrowed by words and by region."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from wagtail.coreutils import string_to_ascii

from cms.core.content_epoch import held
from cms.core.hygiene import one_line
from cms.core.lists import page_at, page_number, sort_key
from projects.models import Organisation
from projects.public import place_name, registers
from projects.public.addresses import shown_keys, url_of
from projects.public.catalogue import catalogue

LONGEST = 100


def plain(text: str) -> str:
    """Small letters without signs, so that what is typed without dots is found."""
    return string_to_ascii(text).casefold()


@dataclass(frozen=True)
class Entry:
    """An organisation of the list. ``regions``: where its town is and where its projects work."""

    key: UUID
    name: str
    language: str
    url: str
    kind: str
    city: str
    words: str
    regions: frozenset[str]
    projects: int


@held
def entries(language: str, members: bool, today) -> list[Entry]:
    register, known = registers().organisations, catalogue()
    towns = {
        name.casefold(): town.region.code
        for town in registers().municipalities.values()
        for name in (town.name_fi, town.name_sv)
    }
    keys: Iterable[UUID] = register.members if members else shown_keys(Organisation, today)
    found = []
    for key in keys:
        record = register.by_key(key, language)
        mask = known.masks["organisation"].get(str(key), 0)
        regions = {code for code, each in known.masks["region"].items() if each & mask}
        regions |= {towns[record.city.casefold()]} if record.city.casefold() in towns else set()
        names = {
            name
            for each in register.languages[key].values()
            for name in (each.name, each.short_name, each.city)
        }
        found.append(
            Entry(
                key,
                record.name,
                record.locale.language_code,
                url_of("organisation", str(key), language),
                str(record.get_kind_display()),
                record.city,
                plain(" ".join(sorted(names))),
                frozenset(regions - {"none"}),
                mask.bit_count(),
            )
        )
    return sorted(found, key=lambda entry: (sort_key(entry.name, language), str(entry.key)))


class Directory:
    """One page of the list, and what it can be narrowed by. Nonsense in the address is ignored."""

    def __init__(self, query: QueryDict, language: str, members: bool) -> None:
        self.language = language
        self.members = members
        self.everyone = entries(language, members, timezone.localdate())
        self.words = one_line(query.get("q", ""))[:LONGEST]
        region = query.get("region", "")
        self.region = region if region in dict(self.regions) else ""
        self.page = page_at(self.found, page_number(query.get("page", "")))

    @cached_property
    def regions(self) -> list[tuple[str, str]]:
        """Code and name of those in which any of them is, by name."""
        codes = {code for entry in self.everyone for code in entry.regions}
        places = ((code, registers().places["region", code]) for code in codes)
        named = [(code, place_name(place, self.language)[0]) for code, place in places]
        return sorted(named, key=lambda pair: sort_key(pair[1], self.language))

    @cached_property
    def found(self) -> list[Entry]:
        asked = plain(self.words).split()
        return [
            entry
            for entry in self.everyone
            if (not self.region or self.region in entry.regions)
            and all(word in entry.words for word in asked)
        ]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.region)

    @property
    def query(self) -> str:
        return urlencode([pair for pair in self._pairs if pair[1]])

    @property
    def _pairs(self) -> list[tuple[str, str]]:
        return [("q", self.words), ("region", self.region)]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The pairs that mean something here; made-up words are answered and not kept."""
        page = ("page", str(self.page.number))
        return [("q", ""), ("region", ""), ("region", self.region), page]
