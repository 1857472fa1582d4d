"""A visitor's question as one object that ignores nonsense: the whole state is in the address."""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from cms.core.hygiene import clean
from cms.core.lists import page_number

from .documents import FACETS
from .engines.base import SORTS

MAX_QUERY = 300
"""Characters of a query that are read; nobody's question is longer."""
MAX_VALUES = 40
"""Values of one facet that are read."""
VALUE = re.compile(r"[\w-]{1,64}")
MARKS = re.compile(r"[\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean_query(text: str) -> str:
    """The question without what nobody sees: control characters, direction marks, lone halves."""
    return " ".join(clean(MARKS.sub(" ", text[: 4 * MAX_QUERY])).split())[:MAX_QUERY].strip()


@dataclass(frozen=True)
class SearchParameters:
    """What is asked: words, chosen facet values (any of a facet, all facets), order, page."""

    query: str = ""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1

    @classmethod
    def from_query(cls, data: QueryDict) -> "SearchParameters":
        facets = {}
        for name in FACETS:
            values = (value for value in data.getlist(name)[: 4 * MAX_VALUES])
            kept = dict.fromkeys(value for value in values if VALUE.fullmatch(value))
            if kept:
                facets[name] = tuple(list(kept)[:MAX_VALUES])
        sort = data.get("sort", "")
        return cls(
            query=clean_query(data.get("q", "")),
            facets=facets,
            sort=sort if sort in SORTS else "relevance",
            page=page_number(data.get("page", "")),
        )

    @property
    def order(self) -> str:
        """How to sort: without words nothing is more relevant than the newest."""
        return "newest" if self.sort == "relevance" and not self.query else self.sort

    def query_string(self) -> str:
        """The address of this state, in one fixed order; "" for the empty one."""
        pairs = [("q", self.query)] if self.query else []
        pairs += [(name, value) for name in FACETS for value in self.facets.get(name, ())]
        if self.sort != "relevance":
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", self.page))
        return urlencode(pairs)

    @property
    def url(self) -> str:
        """Relative to the search page, so that one state has one address in each language."""
        return f"?{self.query_string()}"

    def on_page(self, page: int) -> "SearchParameters":
        return replace(self, page=page)

    def toggled(self, name: str, value: str) -> "SearchParameters":
        """The state after choosing the value, or after letting go of it."""
        values = self.facets.get(name, ())
        chosen = tuple(item for item in values if item != value)
        if len(chosen) == len(values):
            chosen = (*values, value)
        facets = {**self.facets, name: chosen}
        kept = {key: values for key, values in facets.items() if values}
        return replace(self, facets=kept, page=1)
