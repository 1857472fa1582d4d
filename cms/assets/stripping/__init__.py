"""Taking out of pictures what is no picture. Knows no Django: pictures lie in documents too."""

from .pictures import stripped

__all__ = ["stripped"]
