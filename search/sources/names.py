"""What shared records are called in each language: a reader asks by the names that she reads."""

from collections.abc import Iterable, Iterator

from cms.core.querysets import language_chain
from projects.models import Organisation, Programme, TargetGroup, Theme
from projects.registers import registers

OFFICIAL = ("fi", "sv")
"""Languages in which every place has a name of its own."""


class Names:
    """Names of terms, programmes and organisations, as the registers have them at its beginning."""

    def __init__(self) -> None:
        shelf = registers()
        self._registers = {
            Organisation: shelf.organisations,
            Programme: shelf.programmes,
            TargetGroup: shelf.target_groups,
            Theme: shelf.themes,
        }

    def of(self, record, *languages: str) -> Iterator[str]:
        """The record's name as readers of each language meet it."""
        known = self._registers[type(record)].languages.get(record.translation_key, {})
        for language in languages:
            codes = language_chain(language)
            yield next((known[code].name for code in codes if code in known), record.name)

    def all(self, records: Iterable, *languages: str) -> list[str]:
        """The names of several records in these languages, once each."""
        return list(dict.fromkeys(n for record in records for n in self.of(record, *languages)))


def place_names(places: Iterable, *languages: str) -> list[str]:
    """Names of municipalities and regions in these languages and in the official ones."""
    wanted = (*languages, *OFFICIAL)
    return list(dict.fromkeys(place.name_in(code) for place in places for code in wanted))
