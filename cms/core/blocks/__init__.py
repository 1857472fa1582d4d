"""Blocks shared by every room. Rooms subclass :class:`BodyBlock` or use its parts."""

from .body import BodyBlock, DocumentBlock, FigureBlock, HeadingBlock, QuoteBlock, TextBlock

__all__ = [
    "BodyBlock",
    "DocumentBlock",
    "FigureBlock",
    "HeadingBlock",
    "QuoteBlock",
    "TextBlock",
]
