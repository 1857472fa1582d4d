"""Names of one register, found by what is the same in them, or nearly."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from .names import Name, plain

ENOUGH = 70
"""Of 100, the likeness of letters from which two names are compared word by word."""
MOST = 40
"""Names that are compared with one, the likeliest."""
SHORTEST_WORD = 4


@dataclass(frozen=True)
class Entry:
    """One name of a thing: ``key`` is the same for all of the thing's names."""

    key: Hashable
    name: Name


class Index:
    """Held in memory and asked a thousand times. ``likeness`` compares two names, from 0 to 1."""

    def __init__(self, entries: Iterable[Entry], likeness: Callable[[Name, Name], float]) -> None:
        self.entries = list(entries)
        self.likeness = likeness
        self.by_key: dict[str, list[Entry]] = defaultdict(list)
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(self.entries):
            for key in entry.name.keys:
                self.by_key[key].append(entry)
            for word in set(entry.name.words):
                self.by_word[plain(word)].append(place)
        self.letters = [plain(entry.name.key) for entry in self.entries]

    def same(self, name: Name) -> dict[Hashable, bool]:
        """Things with this name, however it is spelt; False where the legal form is another."""
        found: dict[Hashable, bool] = {}
        for key in name.keys:
            for entry in self.by_key.get(key, ()):
                agree = not (name.form and entry.name.form) or name.form == entry.name.form
                found[entry.key] = found.get(entry.key, False) or agree
        return found

    def near(self, name: Name) -> dict[Hashable, float]:
        """Things with nearly this name, each with how nearly."""
        found: dict[Hashable, float] = {}
        for place in self._candidates(name):
            entry = self.entries[place]
            score = self.likeness(name, entry.name)
            if score > found.get(entry.key, 0):
                found[entry.key] = score
        return found

    def _candidates(self, name: Name) -> list[int]:
        shared = Counter(
            place for word in set(name.words) for place in self.by_word.get(plain(word), ())
        )
        by_words = [place for place, _count in shared.most_common(MOST)]
        by_letters = process.extract(
            plain(name.key), self.letters, scorer=fuzz.ratio, score_cutoff=ENOUGH, limit=MOST
        )
        return list(dict.fromkeys([*by_words, *(place for _text, _score, place in by_letters)]))
