"""Blocks shared by every room. Rooms subclass :class:`BodyBlock` or use its parts."""

from .body import BodyBlock, DocumentBlock, FigureBlock, HeadingBlock, QuoteBlock, TextBlock

RICH_TEXT_FEATURES = TextBlock.FEATURES

__all__ = [
    "RICH_TEXT_FEATURES",
    "BodyBlock",
    "DocumentBlock",
    "FigureBlock",
    "HeadingBlock",
    "QuoteBlock",
    "TextBlock",
]
