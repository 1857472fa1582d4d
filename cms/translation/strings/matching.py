"""Which earlier translation belongs to which string of a source that has changed.

A string is the same by its text, wherever it stands. Nothing is deleted by wagtail-localize when a
source changes: a translation stays under its string and context, and is *left* if no segment has
both any more.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from .stored import Made, Segment, Thing, block_of
from .wording import bare_words, is_minor, likeness, plain

ALIKE = 0.6
"""From here on, one text is taken for an edited other one."""
RATHER_ALIKE = 0.45
"""The same within one block of text, where less is needed."""
SAME_PLACE = 0.15
"""How much more alike the place makes two texts."""


@dataclass(frozen=True)
class Match:
    """``is_own``: beyond doubt an earlier wording of the same place or text."""

    segment: Segment
    made: Made
    is_own: bool


class Language:
    """One language of a thing: what it lacks, what is left, and what goes together."""

    def __init__(self, thing: Thing, locale: int) -> None:
        self.thing, self.made = thing, thing.made[locale]
        self.there = {made.key: made for made in self.made if made.key in thing.keys}
        self.left = [m for m in self.made if m.key not in thing.keys and m.is_good]

    @cached_property
    def missing(self) -> list[Segment]:
        """Nobody has written anything for these; each string and context once."""
        lacking = {s.key: s for s in self.thing.segments if s.key not in self.there}
        return list(lacking.values())

    @cached_property
    def untranslated(self) -> list[Segment]:
        good = {key for key, made in self.there.items() if made.is_good}
        return [segment for segment in self.thing.segments if segment.key not in good]

    @cached_property
    def not_public(self) -> list[Segment]:
        """What would be published in the language of the source."""
        unread = {key for key, made in self.there.items() if made.is_unread}
        lacking = {segment.key for segment in self.untranslated} | unread
        return [segment for segment in self.thing.segments if segment.key in lacking]

    @cached_property
    def _strings_of_old_block(self) -> dict[str, set[int]]:
        found = defaultdict(set)
        for made in self.made:
            found[block_of(made.path)].add(made.string)
        return found

    def _rank(self, segment: Segment, made: Made) -> tuple:
        """What has just left its place goes first, then what is in use."""
        left = made.key not in self.thing.keys
        use = 2 if left and made.key in self.thing.before else 0 if left else 1
        # A pasted block has strings in common with the one that it was.
        strings_of_old = self._strings_of_old_block[block_of(made.path)]
        return (
            use,
            made.context == segment.context,
            made.kind == segment.kind,
            len(strings_of_old & self.thing.strings_in_block[segment.block]),
        )

    def same_text(self, segment: Segment) -> list[Made]:
        """The best translations of an equal text of this thing, which may differ."""
        found = [m for m in self.made if m.string == segment.string and m.is_good]
        return _best(found, lambda made: self._rank(segment, made))

    def same_words(self, segment: Segment) -> list[Made]:
        """The best of what is left of a text from which this one differs by a minor edit."""
        found = [
            made
            for made in self._left_by_words.get(tuple(bare_words(segment.text)), ())
            if is_minor(made.text, segment.text)
        ]
        return _best(found, lambda made: self._rank(segment, made))

    @cached_property
    def _left_by_words(self) -> dict[tuple[str, ...], list[Made]]:
        found = defaultdict(list)
        for made in self.left:
            found[tuple(bare_words(made.text))].append(made)
        return found

    def edited(self) -> list[Match]:
        """What is left, beside the strings that are most probably new wordings of it.

        The place counts first, then likeness; each old one belongs to one new one at most.
        """
        lacking = list({segment.key: segment for segment in self.untranslated}.values())
        place = Counter(segment.context for segment in lacking)
        alone = Counter(segment.context for segment in self.thing.segments)
        left = self._not_taken_over()
        left_in = Counter(made.context for made in left)
        plains = {one.text: plain(one.text) for one in [*lacking, *left]}
        found = []
        for segment in lacking:
            for made in left:
                alike = likeness(plains[made.text], plains[segment.text])
                here = made.context == segment.context
                single = here and alone[segment.context] == 1
                only = here and place[segment.context] == left_in[segment.context] == 1
                if alike >= ALIKE:
                    score = alike + SAME_PLACE * here
                elif single or only or (here and alike >= RATHER_ALIKE):
                    # Of a field with one text the newest wording, else the most alike.
                    score = 0.0 if single else alike / 2
                else:
                    continue
                own = alike >= ALIKE or single or only
                rank = (score, made.kind == segment.kind, made.pk)
                found.append((rank, Match(segment, made, own)))
        return _each_once(found)

    def _not_taken_over(self) -> list[Made]:
        """Without what a minor edit has left behind, since its new wording has it already, and
        without texts that are there again.
        """
        again = {segment.string for segment in self.untranslated}
        taken = {
            (segment.context, tuple(bare_words(segment.text)))
            for segment in self.thing.segments
            if segment.key in self.there
        }
        return [
            made
            for made in self.left
            if (made.context, tuple(bare_words(made.text))) not in taken
            and made.string not in again
        ]


def _best(found: list[Made], rank) -> list[Made]:
    top = max(map(rank, found), default=None)
    return [made for made in found if rank(made) == top]


def _each_once(found: list[tuple[tuple, Match]]) -> list[Match]:
    new, old, matches = set(), set(), []
    for _rank, match in sorted(found, key=lambda pair: pair[0], reverse=True):
        if match.segment.key not in new and match.made.pk not in old:
            new.add(match.segment.key)
            old.add(match.made.pk)
            matches.append(match)
    return matches


def elsewhere_best(found: list[Made], segment: Segment) -> list[Made]:
    """Of translations of other pages: a copied page has its texts under the same paths."""
    same = [made for made in found if made.string == segment.string]
    return _best(same, lambda made: (made.path == segment.path, made.kind == segment.kind))
