"""What is stored of a thing's strings, of its source and of their translations, and where each
stands: the field or block behind a path, what it is called and what it holds.

wagtail-localize keeps a path without keys beside each (``body.section.heading``). Of a place only
models and blocks are read, no rows: an editor of sixty strings asks sixty times.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.coreutils import resolve_model_string
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from cms.core.languages import has_words

Key = tuple[int, int]
"""String and context."""


@dataclass(frozen=True)
class Placed:
    """A text of the source, and where it stands or stood."""

    pk: int
    string: int
    context: int
    path: str
    kind: str
    text: str

    @property
    def key(self) -> Key:
        return self.string, self.context


@dataclass(frozen=True)
class Segment(Placed):
    @property
    def block(self) -> str:
        return block_of(self.path)


@dataclass(frozen=True)
class Made(Placed):
    """A translation as it was made: for which string, where, and what it says."""

    data: str
    locale: int
    has_error: bool
    needs_check: bool
    earlier: str
    is_unread: bool = False
    """A machine wrote it, and nobody has read it yet."""

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
    names += ("carried__needs_check", "carried__earlier_source", "translation_type")
    return [
        Made(*row, bool(check), earlier or "", kind == StringTranslation.TRANSLATION_TYPE_MACHINE)
        for *row, check, earlier, kind in rows.order_by("pk").values_list("pk", *names)
    ]


def in_hand(segments, translations) -> tuple[list[Segment], list[Made]]:
    """The same of rows that were fetched with what they refer to."""
    found = []
    for one in segments:
        place = one.context_id, one.context.path, one.context.field_path
        found.append(Segment(one.pk, one.string_id, *place, one.string.data))
    made = []
    for one in translations:
        place = one.context_id, one.context.path, one.context.field_path
        says = one.translation_of.data, one.data, one.locale_id, one.has_error
        carried = getattr(one, "carried", None)
        check = bool(carried and carried.needs_check), carried.earlier_source if carried else ""
        made.append(Made(one.pk, one.translation_of_id, *place, *says, *check))
    return found, made


class Thing:
    """The strings of a source and what there is of them in some languages; two queries.

    ``before``: what its segments were until just now, as far as that is known. ``known``: segments
    and translations, where somebody has them in hand.
    """

    def __init__(
        self, source: TranslationSource, locales: Iterable[int], before=(), known=None
    ) -> None:
        self.source, self.before = source, set(before)
        self.segments, found = known or (segments_of(source), self._made(source, locales))
        self.keys = {segment.key for segment in self.segments}
        self.made: dict[int, list[Made]] = {locale: [] for locale in locales}
        for made in found:
            self.made[made.locale].append(made)

    @staticmethod
    def _made(source: TranslationSource, locales: Iterable[int]) -> list[Made]:
        rows = StringTranslation.objects.filter(
            context__object_id=source.object_id,
            locale__in=locales,
            translation_of__locale=source.locale_id,
        )
        return made_of(rows)

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


@dataclass(frozen=True)
class Place:
    """``names``: of the field, then of each block inside it, from the outside in."""

    names: list[str] = field(default_factory=list)
    limit: int | None = None
    is_rich: bool = False
    is_one_line: bool = False
    target: Any = None
    """The model of what is chosen here; ``None`` where something is written."""
    kind: str = "text"


def place_of(model, path: str) -> Place:
    """Of a path without keys; an empty one where the model has changed and knows it no more."""
    try:
        return _in_model(model, path.split("."))
    except (FieldDoesNotExist, KeyError, AttributeError, IndexError):
        return Place()


def _in_model(model, names: list[str]) -> Place:
    found = model._meta.get_field(names[0])
    if isinstance(found, StreamField):
        return _in_block(found.stream_block, names[1:], [])
    if found.one_to_many:
        inner = _in_model(found.related_model, names[1:])
        outer = capfirst(str(found.related_model._meta.verbose_name))
        return Place(**{**vars(inner), "names": [outer, *inner.names]})
    chosen = found.related_model if found.is_relation else None
    return Place(
        names=[capfirst(str(found.verbose_name))],
        limit=getattr(found, "max_length", None),
        is_rich=isinstance(found, RichTextField),
        is_one_line=isinstance(found, models.CharField),
        target=chosen,
        kind="url" if isinstance(found, models.URLField) else "text",
    )


def _in_block(block, names: list[str], above: list[str]) -> Place:
    """A block's own name counts unless it is the stream that holds all of them."""
    if names and names[0]:
        if isinstance(block, blocks.ListBlock):
            return _in_block(block.child_block, names[1:], above)
        child = block.child_blocks[names[0]]
        # A picture within a figure says nothing more than the figure does.
        is_same = isinstance(child, ImageBlock) and above
        is_same = is_same or (isinstance(block, ImageBlock) and names[0] == "image")
        return _in_block(
            child, names[1:], above if is_same else [*above, capfirst(str(child.label))]
        )
    widget = getattr(block, "field", None)
    is_rich = isinstance(block, blocks.RichTextBlock)
    chosen = getattr(block, "target_model", None)
    return Place(
        names=above,
        limit=None if is_rich else getattr(widget, "max_length", None),
        is_rich=is_rich,
        is_one_line=isinstance(block, blocks.CharBlock),
        target=resolve_model_string(chosen) if chosen else None,
        kind="url" if isinstance(block, blocks.URLBlock) else "text",
    )
