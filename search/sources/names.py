"""What shared records are called in each language: a reader asks by the names that she reads."""

from collections.abc import Iterable

from projects.public.registers import registers

OFFICIAL = ("fi", "sv")
"""Languages in which every place has a name of its own."""


class Names:
    """Names of terms, programmes and organisations, as the registers have them at its beginning."""

    def __init__(self) -> None:
        self._shelf = registers()

    def all(self, records: Iterable, *languages: str) -> list[str]:
        """The records' names as readers of each language meet them, once each."""
        met = (
            self._shelf.of(record).by_key(record.translation_key, language)
            for record in records
            for language in languages
        )
        return list(dict.fromkeys(record.name for record in met))


def place_names(places: Iterable, *languages: str) -> list[str]:
    """Names of municipalities and regions in these languages and in the official ones."""
    wanted = (*languages, *OFFICIAL)
    return list(dict.fromkeys(place.name_in(code) for place in places for code in wanted))
