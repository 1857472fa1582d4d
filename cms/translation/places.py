"""Where a text stands: the field or block behind a path, what it is called and what it holds.

wagtail-localize keeps a path without keys beside each (``body.section.heading``). Only models and
blocks are read here, no rows: an editor of sixty strings asks sixty times.
"""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.coreutils import resolve_model_string
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock


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
