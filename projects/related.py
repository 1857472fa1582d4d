"""Projects that a reader of one may want next: those that share the most with it."""

from .cards import cards
from .catalogue import catalogue

NUMBER = 3


def related_projects(facts) -> list:
    """At most three, the best first."""
    return cards(catalogue().related(facts.values, NUMBER), facts.language)
