"""Two wordings of one source text beside each other: alike, as good as the same, what differs.

Strings are as wagtail-localize stores them: escaped, with inline tags, whose attributes are not in
them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from html import escape, unescape
from itertools import groupby

from bs4 import BeautifulSoup, NavigableString
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

EMPHASIS = re.compile(r"</?(?:b|strong|i|em)\s*/?>")
ENDS = re.compile(r"[.!?:…]\W*$")
MOST_COMPARED = 1_000_000
"""Pairs of words of two texts; longer ones are shown as changed from beginning to end."""
ALIKE = {"strong": "b", "em": "b", "i": "b"}
"""Emphasis is emphasis: some alphabets have no italics."""
SHOWN_TAGS = {"b": "b", "strong": "b", "i": "i", "em": "i", "code": "code", "a": "u"}


def plain(text: str) -> str:
    return unescape(strip_tags(re.sub(r"<br\s*/?>", "\n", text)))


def tags_of(text: str) -> Counter:
    """Inline tags but links, all emphasis as one."""
    names = (name.lower() for name in re.findall(r"<([a-zA-Z]+)", text))
    return Counter(ALIKE.get(name, name) for name in names if name != "a")


def lost_tags(source: str, text: str) -> list[str]:
    """A line may end elsewhere in another language, or nowhere."""
    there = tags_of(text)
    return sorted(tag for tag in tags_of(source) if tag != "br" and not there[tag])


def bare_words(text: str) -> list[str]:
    """The words without what a minor edit may change: punctuation around them, spaces, emphasis,
    the capital that begins a sentence. Numbers keep their signs, and words a sign within them.
    Other tags stand for themselves.
    """
    words, begins = [], True
    text = re.sub(r"(<[^>]+>)", r" \1 ", EMPHASIS.sub("", text).replace("/>", ">"))
    for token in re.findall(r"<[^>]+>|[^\s<]+", text):
        if token.startswith("<"):
            words.append(re.sub(r"\s", "", token))
            continue
        word = _without_punctuation(unescape(token))
        if word:
            words.append(word[:1].lower() + word[1:] if begins else word)
            begins = False
        if ENDS.search(unescape(token)):
            begins = True
    return words


def _without_punctuation(word: str) -> str:
    def goes(sign: str) -> bool:
        return unicodedata.category(sign).startswith("P") and sign not in "%‰@#&*§"

    while word and goes(word[-1]):
        word = word[:-1]
    while word and goes(word[0]) and not re.match(r"[-−–]\d", word):
        word = word[1:]
    return word


def is_minor(earlier: str, later: str) -> bool:
    """Whether a translation of one says what the other says, as far as words go."""
    words = bare_words(earlier)
    return any(map(str.isalnum, "".join(words))) and words == bare_words(later)


def likeness(earlier: str, later: str) -> float:
    """From 0 to 1. A sentence that grew, or lost a part, is still like what it was."""
    alike = fuzz.ratio(earlier, later) / 100
    old, new = earlier.split(), later.split()
    shorter = min(len(old), len(new))
    if shorter < 3:
        return alike
    shared = fuzz.ratio(old, new) / 200 * (len(old) + len(new))
    return max(alike, 0.9 * shared / shorter)


Token = tuple[str, tuple[str, ...]]
"""A word, a sign or a space, and the tags it stands in."""


def tokens(text: str) -> list[Token]:
    def walk(node, inside: tuple[str, ...]) -> Iterator[Token]:
        for child in node.children:
            if isinstance(child, NavigableString):
                for token in re.findall(r"\s+|\w+|[^\w\s]", str(child)):
                    yield token, inside
            elif child.name == "br":
                yield "\n", inside
            else:
                yield from walk(child, (*inside, child.name))

    return list(walk(BeautifulSoup(text, "html.parser"), ()))


def marked(
    earlier: str, later: str, write: Callable[[str], str] = escape
) -> tuple[SafeString, SafeString]:
    """Both as HTML, what went in ``del`` and what came in ``ins``, said aloud too.

    ``write`` makes HTML of words.
    """
    old, new = tokens(earlier), tokens(later)
    same = [[False] * len(old), [False] * len(new)]
    if len(old) * len(new) <= MOST_COMPARED:
        for start, to, length in SequenceMatcher(
            None, old, new, autojunk=False
        ).get_matching_blocks():
            # A space alone between changed words is no part that stayed.
            if any(not token.isspace() for token, _tags in old[start : start + length]):
                same[0][start : start + length] = [True] * length
                same[1][to : to + length] = [True] * length
    went, came = (
        (_("removed:"), _("end of what was removed")),
        (_("added:"), _("end of what was added")),
    )
    return (
        mark_safe("".join(_html(zip(old, same[0], strict=True), "del", *went, write))),  # noqa: S308
        mark_safe("".join(_html(zip(new, same[1], strict=True), "ins", *came, write))),  # noqa: S308
    )


def _html(
    marks: Iterable[tuple[Token, bool]], tag: str, begin: str, end: str, write: Callable[[str], str]
) -> Iterator[str]:
    """Every word is escaped; tags are those of ``SHOWN_TAGS`` alone."""
    language = escape(get_language() or "en")
    aloud = f'<span class="w-sr-only" lang="{language}">{{}}</span>'
    for stays, run in groupby(marks, key=lambda mark: mark[1]):
        html = "".join(
            _within(tags, write("".join(word for (word, _tags), _stays in words)))
            for tags, words in groupby(run, key=lambda mark: mark[0][1])
        )
        if stays:
            yield html
        else:
            yield (
                f"<{tag}>{aloud.format(escape(begin) + ' ')}{html}"
                f"{aloud.format(' (' + escape(end) + ') ')}</{tag}>"
            )


def _within(tags: tuple[str, ...], html: str) -> str:
    html = html.replace("\n", "<br>")
    for name in reversed(tags):
        if shown := SHOWN_TAGS.get(name):
            html = f"<{shown}>{html}</{shown}>"
    return html
