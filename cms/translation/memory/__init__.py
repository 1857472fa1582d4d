"""Earlier translations of like texts, from this site and from elsewhere."""

from .matching import Match, matches

__all__ = ["Match", "matches"]
