"""What is stored of a thing's strings: of its source, and of their translations."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from cms.core.languages import has_words

Key = tuple[int, int]
"""String and context."""


@dataclass(frozen=True)
class Segment:
    pk: int
    string: int
    context: int
    path: str
    kind: str
    text: str

    @property
    def key(self) -> Key:
        return self.string, self.context

    @property
    def block(self) -> str:
        return block_of(self.path)


@dataclass(frozen=True)
class Made:
    """A translation as it was made: for which string, where, and what it says."""

    pk: int
    string: int
    context: int
    path: str
    kind: str
    text: str
    data: str
    locale: int
    has_error: bool
    needs_check: bool
    earlier: str

    @property
    def key(self) -> Key:
        return self.string, self.context

    @property
    def is_good(self) -> bool:
        return not self.has_error and has_words(self.data)


def block_of(path: str) -> str:
    """A block of a body, or the field itself."""
    return ".".join(path.split(".")[:2])


def segments_of(source: TranslationSource) -> list[Segment]:
    rows = StringSegment.objects.filter(source=source).order_by("order")
    names = ("string_id", "context_id", "context__path", "context__field_path", "string__data")
    return [Segment(*row) for row in rows.values_list("pk", *names)]


def made_of(rows) -> list[Made]:
    names = ("translation_of_id", "context_id", "context__path", "context__field_path")
    names += ("translation_of__data", "data", "locale_id", "has_error")
    names += ("carried__needs_check", "carried__earlier_source")
    return [
        Made(*row, bool(check), earlier or "")
        for *row, check, earlier in rows.order_by("pk").values_list("pk", *names)
    ]


class Thing:
    """The strings of a source and what there is of them in some languages; two queries.

    ``before``: what its segments were until just now, as far as that is known. ``segments``: what
    they are, where somebody has them in hand.
    """

    def __init__(
        self, source: TranslationSource, locales: Iterable[int], before=(), segments=None
    ) -> None:
        self.source, self.before = source, set(before)
        self.segments = segments_of(source) if segments is None else segments
        self.keys = {segment.key for segment in self.segments}
        rows = StringTranslation.objects.filter(
            context__object_id=source.object_id,
            locale__in=locales,
            translation_of__locale=source.locale_id,
        )
        self.made: dict[int, list[Made]] = {locale: [] for locale in locales}
        for made in made_of(rows):
            self.made[made.locale].append(made)

    @cached_property
    def strings_in_block(self) -> dict[str, set[int]]:
        found = defaultdict(set)
        for segment in self.segments:
            found[segment.block].add(segment.string)
        return found

    def elsewhere(self, strings: set[int]) -> dict[int, list[Made]]:
        """What these strings were translated to in other pages and records, by language."""
        found: dict[int, list[Made]] = defaultdict(list)
        if strings:
            rows = StringTranslation.objects.filter(
                translation_of__in=strings, locale__in=self.made, has_error=False
            ).exclude(context__object_id=self.source.object_id)
            for made in made_of(rows.exclude(context=None)):
                if made.is_good:
                    found[made.locale].append(made)
        return found
