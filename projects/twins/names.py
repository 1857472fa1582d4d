"""Names as people write them, brought to what is the same in all ways of writing one.

Case, spaces, hyphens, quotes, the legal form (``ry``, ``r.y.``, ``rf``, ``Oy``), ``|`` for commas,
an abbreviation in brackets or behind the name: none of it makes another organisation. A number, a
place or a point of the compass does.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from cms.analysis.base import words as words_of

from .places import place_of, town_of

ASSOCIATION, COMPANY, FOUNDATION, COOPERATIVE = (
    "association",
    "company",
    "foundation",
    "cooperative",
)
FORMS = {
    **dict.fromkeys(("ry", "rf", "rp"), ASSOCIATION),
    **dict.fromkeys(("oy", "ab", "oyj", "abp", "ky", "kb", "tmi", "ltd", "gmbh", "oü"), COMPANY),
    **dict.fromkeys(("sr", "rs"), FOUNDATION),
    **dict.fromkeys(("osk", "anl"), COOPERATIVE),
}
"""Legal forms as they stand in names; ``ry`` and ``rf`` are one in two languages."""
SWEDISH = ("rf", "ab", "abp", "rs", "kb", "anl")
HEAD_ENDS = ("säätiö", "stiftelse", "stiftelsen", "kaupunki", "kunta", "kuntayhtymä", "yliopisto")
"""Words after which a name may go on with one of its units."""
DOTTED = re.compile(r"\b(r|o|s)\s?\.\s?(y|f|r)\b\.?", re.IGNORECASE)
INFLECTED = re.compile(r"\b(ry|rf|oy|oyj|sr)\s?[:’'`´]\s?\w+", re.IGNORECASE)
BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
QUOTES = re.compile("[\"'`´‘’‚‛“”„‟«»‹›′″]")
ROMAN = {"ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"}
ROMAN_AT_END = {"i", "v", "x"}
SAME = {
    ("elinkeino", "liikenne", "ja", "ympäristökeskus"): ("ely", "keskus"),
    ("närings", "trafik", "och", "miljöcentralen"): ("ntm", "centralen"),
    ("ammattikorkeakoulu",): ("amk",),
    ("kehittämisyhtiö",): ("kehitys",),
}
"""What everybody shortens in the same way."""
DIRECTIONS = words_of(
    "pohjois etelä itä länsi keski koillis kaakkois lounais luoteis ylä ala uusi vanha iso pikku "
    "varsinais sisä suur päijät kanta norra södra östra västra mellersta nya gamla "
    "north south east west"
)


@dataclass(frozen=True)
class Name:
    """``words`` are those that tell it from another.

    ``unit``: the words of a part of it, behind the legal form. ``others``: further keys of the same
    name (with its abbreviation, in its other language). ``short``: abbreviations. ``form``: the
    kind of legal person, or an empty string.
    """

    words: tuple[str, ...]
    unit: tuple[str, ...] = ()
    others: frozenset[str] = field(default_factory=frozenset)
    short: frozenset[str] = field(default_factory=frozenset)
    form: str = ""

    @property
    def head(self) -> str:
        return "".join(self.words)

    @property
    def key(self) -> str:
        """All words without spaces."""
        return "".join((*self.words, *self.unit))

    @property
    def keys(self) -> frozenset[str]:
        return self.others | ({self.key} if self.words else set())

    @property
    def numbers(self) -> list[str]:
        return numbers((*self.words, *self.unit))


def folded(text: str) -> str:
    """Letters and digits in one case, of one shape, with single spaces between."""
    text = QUOTES.sub("", unicodedata.normalize("NFKC", html.unescape(text))).casefold()
    text = unicodedata.normalize("NFC", text).replace("&", " ja ")
    signs = (char if char.isalnum() or unicodedata.combining(char) else " " for char in text)
    return " ".join("".join(signs).split())


def plain(text: str) -> str:
    """Without any marks above and below letters, which hurried people leave out."""
    marked = unicodedata.normalize("NFD", text)
    return "".join(char for char in marked if not unicodedata.combining(char))


def numbers(words: Iterable[str]) -> list[str]:
    """Phases, years and figures: names that differ in them are names of different things."""
    words = list(words)
    found = [word for word in words if word in ROMAN or any(map(str.isdigit, word))]
    if len(words) > 1 and words[-1] in ROMAN_AT_END:
        found.append(words[-1])
    return sorted(found)


def title(text: str) -> Name:
    """The name of a project: *hanke* and *projekti* at its end tell nothing."""
    words = folded(BRACKETS.sub(" ", text)).split() or folded(text).split()
    while len(words) > 1 and words[-1] in ("hanke", "projekti", "project", "projektet"):
        words.pop()
    short = {folded(inside) for inside in BRACKETS.findall(text) if _is_short(inside)}
    return Name(tuple(words), short=frozenset(short - {""}))


def term(text: str) -> Name:
    """A word of a vocabulary."""
    return Name(tuple(folded(text).split()))


def person(text: str) -> Name:
    """First name and surname in either order."""
    return Name(tuple(folded(BRACKETS.sub(" ", text)).split()))


def organisation(text: str) -> Name:
    text = INFLECTED.sub(r"\1", DOTTED.sub(r"\1\2", text))
    inside = BRACKETS.findall(text)
    short = {folded(one) for one in inside if _is_short(one)}
    # A place in brackets tells two branches apart, a remark tells nothing.
    kept = [word for one in inside for word in folded(one).split() if place_of(word)]
    outside = BRACKETS.sub(" ", text)
    words, unit, mark = _divided(folded(outside).split())
    if not words:
        return Name(tuple(folded(text).split()))
    others = set()
    second, rest, second_mark = _divided(unit)
    if second_mark and not rest and (mark in SWEDISH) != (second_mark in SWEDISH):
        unit = []
        others.add("".join(_shortened(second)))
    if last := _abbreviation_behind(outside, words):
        others.add("".join((*words, *unit)))
        short.add(last)
        words = words[:-1]
    shortened = _shortened([*words, *kept])
    if not unit and (town := town_of(shortened)):
        others.add(f"town {town}")
    form = FORMS.get(mark, "")
    return Name(shortened, tuple(unit), frozenset(others), frozenset(short - {""}), form)


def _is_short(inside: str) -> bool:
    """Whether what stands in brackets is an abbreviation (*4H*, *PHLU*, *Josna ry*)."""
    words = [word for word in folded(inside).split() if word not in FORMS]
    capitals = sum(char.isupper() for char in inside)
    return len(words) == 1 and len(words[0]) <= 8 and (capitals > 1 or words[0][0].isdigit())


def _divided(words: list[str]) -> tuple[list[str], list[str], str]:
    """The name, what follows its legal form, and the form as written: ``Oy X Ab`` is X."""
    mark = next((word for word in words if word in FORMS), "")
    while len(words) > 1 and words[0] in FORMS:
        words = words[1:]
    ends = [place for place, word in enumerate(words) if place and word in FORMS]
    if ends:
        return words[: ends[0]], _without_forms_before(words[ends[0] + 1 :]), mark
    ends = [place for place, word in enumerate(words) if place and word in HEAD_ENDS]
    end = ends[0] + 1 if ends else len(words)
    return words[:end], words[end:], mark


def _without_forms_before(words: list[str]) -> list[str]:
    while words and words[0] in FORMS:
        words = words[1:]
    return words


def _abbreviation_behind(text: str, words: list[str]) -> str:
    """*TSL* of *Työväen Sivistysliitto TSL*: capitals that the words before them have in order."""
    if len(words) < 3 or text.isupper():
        return ""
    last, before = words[-1], "".join(words[:-1])
    if not 2 <= len(last) <= 8 or not re.search(rf"\b{re.escape(last.upper())}\b", text):
        return ""
    letters = iter(before)
    in_order = before[0] == last[0] and all(char in letters for char in last)
    return last if in_order else ""


def _shortened(words: list[str]) -> tuple[str, ...]:
    for long, short in SAME.items():
        for start in range(len(words) - len(long) + 1):
            if tuple(words[start : start + len(long)]) == long:
                words = [*words[:start], *short, *words[start + len(long) :]]
    return tuple(words)
