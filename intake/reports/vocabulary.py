"""What reports in Finnish, Swedish and English call their parts, and what they call each fact.

The words stand in ``vocabulary.toml``, as regular expressions.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

VOCABULARY = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))
LONGEST_LABEL = 75


def joined(written: str) -> str:
    """An expression that was divided into lines."""
    return re.sub(r"\n\s*", "", written)


def pattern(part: str, name: str) -> re.Pattern:
    return re.compile(joined(VOCABULARY[part][name]))


def cues(part: str, before: str = "") -> list[tuple[str, re.Pattern]]:
    """The kinds of a part with their expressions, in any case, each after ``before``."""
    return [
        (kind, re.compile(f"{before}(?:{joined(written)})", re.IGNORECASE))
        for kind, written in VOCABULARY[part].items()
    ]


def without_dots(signs: list[tuple[str, re.Pattern]]) -> list[tuple[str, re.Pattern]]:
    """The same for words whose dots a scanner has lost."""
    dotless = {"ä": "[äa]", "ö": "[öo]"}
    return [
        (kind, re.compile(re.sub("[äö]", lambda x: dotless[x[0]], sign.pattern), sign.flags))
        for kind, sign in signs
    ]


LABELS = cues("labels")
SECTIONS = cues("sections_by_heading", before=r"(?<![^\W_])")
DOTLESS_LABELS, DOTLESS_SECTIONS = without_dots(LABELS), without_dots(SECTIONS)
LEAD = pattern("vocabulary", "LEAD")
FREE = pattern("vocabulary", "FREE")
NUMBERING = pattern("vocabulary", "NUMBERING")
OF_PROJECT = pattern("vocabulary", "OF_PROJECT")
MORE_THAN_LABEL = pattern("vocabulary", "MORE_THAN_LABEL")


def bare(label: str) -> str:
    """A heading or label without its number and its colon."""
    return NUMBERING.sub("", " ".join(label.split())).strip(" :–—-•*.").strip()


@lru_cache(5_000)
def label_kinds(label: str) -> frozenset[str]:
    """Which facts a label announces; none if it is rather a sentence."""
    words = bare(label)
    if not words or len(words) > LONGEST_LABEL or len(words.split()) > 8:
        return frozenset()
    announces = label.rstrip().endswith(":") and len(words.split()) <= 8
    if (
        MORE_THAN_LABEL.search(words)
        and not announces
        and not re.match(r"(?:mukana|myönnetty)\b", words, re.I)
    ):
        return frozenset()
    if re.search(r"@|\d{5}|raportti|selvitys$|report$", words, re.IGNORECASE):
        return frozenset()
    found = {kind for kind, sign in LABELS if sign.search(words)}
    found = found or {kind for kind, sign in DOTLESS_LABELS if sign.search(words)}
    return frozenset(_without_doubles(found, words))


def _without_doubles(found: set[str], words: str) -> set[str]:
    """A more exact kind outweighs the one that its word belongs to as well."""
    for exact, general in (
        ("own", "funder"),
        ("co_funder", "funder"),
        ("own", "co_funder"),
        ("lead", "funder"),
        ("implementer", "lead"),
        ("total", "funder"),
        ("lead", "partner"),
        ("contact", "lead"),
        ("extension", "period"),
        ("code", "title"),
        ("contact", "programme"),
        ("programme", "funder"),
        ("official_name", "title"),
        ("award_date", "funder"),
        ("priority_axis", "programme"),
        ("start", "end"),
        ("website", "title"),
    ):
        if (
            exact in found
            and general in found
            and not re.search(r"\b(?:ja|och|and|&)\b|,|/", words)
        ):
            found.discard(general)
    return found


def _places(signs: list[tuple[str, re.Pattern]], words: str) -> dict[str, tuple[int, int]]:
    """Kind → where its word begins, and how long it is, the longest first."""
    found = ((kind, sign.search(words)) for kind, sign in signs)
    return {kind: (match.start(), -len(match[0])) for kind, match in found if match}


@lru_cache(5_000)
def section_kind(heading: str) -> str:
    """The kind of section under this heading, by the word that comes first; nothing if unknown."""
    words = OF_PROJECT.sub("", bare(heading))
    if not words or len(words) > 90 or len(words.split()) > 10:
        return ""
    found = _places(SECTIONS, words) or _places(DOTLESS_SECTIONS, words)
    if re.match(r"kohderyhmän|målgruppens", words, re.I) and len(found) > 1:
        found.pop("target_groups", None)
    return min(found, key=found.get) if found else ""
