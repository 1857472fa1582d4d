"""What shared records are called in each language: a reader asks by the names that she reads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from cms.core.querysets import language_chain

OFFICIAL = ("fi", "sv")
"""Languages in which every place has a name of its own."""


class Names:
    """Names of terms, programmes and organisations by translation key and language.

    Registers are small: each is read whole, once for a run of documents.
    """

    def __init__(self) -> None:
        self._registers: dict = {}

    def _register(self, model) -> dict:
        if model not in self._registers:
            names: dict = defaultdict(dict)
            rows = model.objects.order_by().values_list(
                "translation_key", "locale__language_code", "name"
            )
            for key, code, name in rows:
                names[key][code] = name
            self._registers[model] = names
        return self._registers[model]

    def of(self, record, *languages: str) -> Iterator[str]:
        """The record's name as readers of each language meet it."""
        names = self._register(type(record)).get(record.translation_key, {})
        for language in languages:
            chain = language_chain(language)
            yield next((names[code] for code in chain if code in names), record.name)

    def all(self, records: Iterable, *languages: str) -> list[str]:
        """The names of several records in these languages, once each."""
        return list(dict.fromkeys(n for record in records for n in self.of(record, *languages)))


def place_names(places: Iterable, *languages: str) -> list[str]:
    """Names of municipalities and regions in these languages and in the official ones."""
    wanted = (*languages, *OFFICIAL)
    return list(dict.fromkeys(place.name_in(code) for place in places for code in wanted))
