"""What a text must have in common with its source: each check says what is missing or too much."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from ..strings.wording import lost_tags, plain, tags_of
from .contents import Contents, Figure, contents_of
from .findings import Finding
from .numerals import MIDNIGHT


def compared(source: str, target: str, languages: tuple[str, str]) -> Iterator[Finding]:
    """``source`` and ``target`` as they are stored, ``languages`` of both."""
    yield from tags(source, target)
    here, there = (
        contents_of(plain(text), language)
        for text, language in zip((source, target), languages, strict=True)
    )
    wanted, found = Counter(here.placeholders), Counter(there.placeholders)
    yield from _both("placeholder", (wanted - found).keys(), (found - wanted).keys())
    addresses = _without_language(here.addresses, there.addresses, languages)
    for name, wanted, found in (
        ("e-mail", here.emails, there.emails),
        ("address", *addresses),
        ("code", here.codes, there.codes),
        ("telephone", here.telephones, there.telephones),
    ):
        yield from _both(name, wanted - found, found - wanted)
    lost = _months_lost(here, there), _months_lost(there, here)
    yield from _both("month", *({str(MONTHS[month]) for month in each} for each in lost))
    yield from figures(here, there)


def tags(source: str, target: str) -> Iterator[Finding]:
    """A link that was lost is refused by the door of strings, which knows its words."""
    wanted, found = tags_of(source), tags_of(target)
    lost = lost_tags(source, target)
    for tag in lost:
        message = _("The source has <%(tag)s>…</%(tag)s>, the translation has not.")
        yield Finding("tags", message % {"tag": tag}, tag, blocks=True)
    if wanted["br"] and not found["br"]:
        yield Finding("tags", _("The source has a line break, the translation has none."), "br")
    for tag in sorted(found.keys() - wanted.keys()):
        message = _("The translation has <%(tag)s>, the source has not.")
        yield Finding("tags", message % {"tag": tag}, f"+{tag}")


def _without_language(
    wanted: set[str], found: set[str], languages: tuple[str, str]
) -> tuple[set[str], set[str]]:
    """A page of the same site in the reader's language is the right one to name."""

    def bare(address: str, language: str) -> str:
        address = re.sub(r"^(https?://)?(www\.)?", "", address.rstrip("/"), flags=re.IGNORECASE)
        return re.sub(rf"/(?:{language}|fi|sv|en|ru|ar|so)(?=/|$)", "/*", address, count=1)

    known = {bare(one, languages[0]) for one in wanted}
    said = {bare(one, languages[1]) for one in found}
    return (
        {one for one in wanted if bare(one, languages[0]) not in said},
        {one for one in found if bare(one, languages[1]) not in known},
    )


def _both(name: str, missing: Iterable[str], extra: Iterable[str]) -> Iterator[Finding]:
    for one in sorted(missing):
        yield Finding(name, MISSING[name]() % {"what": one}, f"-{one}"[:64])
    for one in sorted(extra):
        yield Finding(name, EXTRA[name]() % {"what": one}, f"+{one}"[:64])


MISSING = {
    "placeholder": lambda: _("%(what)s is missing: a program puts something there."),
    "e-mail": lambda: _("The e-mail address %(what)s of the source is missing."),
    "address": lambda: _("The web address %(what)s of the source is missing."),
    "code": lambda: _("The code %(what)s of the source is missing."),
    "telephone": lambda: _("The telephone number %(what)s of the source is missing."),
    "number": lambda: _("The number %(what)s of the source is missing."),
    "month": lambda: _("The source says %(what)s, the translation does not."),
}
EXTRA = {
    "placeholder": lambda: _("%(what)s is not in the source: no program puts anything there."),
    "e-mail": lambda: _("The e-mail address %(what)s is not in the source."),
    "address": lambda: _("The web address %(what)s is not in the source."),
    "code": lambda: _("The code %(what)s is not in the source."),
    "telephone": lambda: _("The telephone number %(what)s is not in the source."),
    "number": lambda: _("The number %(what)s is not in the source."),
    "month": lambda: _("The translation says %(what)s, the source does not."),
}


def _months_lost(here: Contents, there: Contents) -> set[int]:
    """Of a day without a year the month counts only where the other text has one, too."""
    said = there.months | there.perhaps
    return (here.months - said) | (here.perhaps - said if said else set())


def figures(here: Contents, there: Contents) -> Iterator[Finding]:
    missing, extra = _unmatched(here, there), _unmatched(there, here)
    texts = ({figure.text for figure in missing}, {figure.text for figure in extra})
    yield from _both("number", *texts)
    if missing or extra or _mixes(here, there) or _mixes(there, here):
        return
    # Both write words: different ones are a fault, as far as words tell.
    lost, new = _lone_words(here, there), _lone_words(there, here)
    if lost and new:
        wanted = {f"{value:g}" for value in lost}
        yield from _both("number", wanted, ())


def _mixes(here: Contents, there: Contents) -> bool:
    """Times, and figures that the other text says in words: words alone tell nothing then."""
    return any(
        figure.values & there.words or any(value >= MIDNIGHT for value in figure.values)
        for figure in here.figures
    )


def _unmatched(here: Contents, there: Contents) -> list[Figure]:
    """Figures of one text whose value the other has neither as a figure nor as a word.

    With a half: *2 ja puoli* is *2.5*.
    """
    values = {value for figure in there.figures for value in figure.values} | there.words
    if 0.5 in there.words:
        values = values | {value + 0.5 for value in values}
    return [figure for figure in here.figures if not figure.values & values]


def _lone_words(here: Contents, there: Contents) -> set[float]:
    """Small numbers that one text alone says in words."""
    values = {value for figure in there.figures for value in figure.values} | there.words
    return here.lone_words - values
