"""Taking out of pictures what is no picture. Knows no Django: pictures lie in documents too."""

from .pictures import stripped
from .svg import stripped_svg

__all__ = ["stripped", "stripped_svg"]
