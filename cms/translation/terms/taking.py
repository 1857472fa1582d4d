"""Terms from outside, a file or the sample: what taking them would do, and doing it.

A term is known again by its agreed words. What is said of a language takes the place of that
language's words; of what is not said nothing changes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from ..models import Term, TermWord
from .rules import AGREED, clashes, same


@dataclass(frozen=True)
class Brought:
    """A word in a language, by its code; ``kind`` as :class:`TermWord.Kind` has it."""

    language: str
    text: str
    kind: str = AGREED
    note: str = ""


@dataclass
class BroughtTerm:
    """``line``: of the file, from 1. ``fault``: why it can't be taken, if that is known already."""

    line: int
    note: str = ""
    words: list[Brought] = field(default_factory=list)
    fault: str = ""

    @property
    def name(self) -> str:
        agreed = [word.text for word in self.words if word.kind == AGREED]
        return next(iter(agreed or [word.text for word in self.words]), "")


@dataclass
class Plan:
    """``changed``: with what is there now."""

    new: list[BroughtTerm] = field(default_factory=list)
    changed: list[tuple[Term, BroughtTerm]] = field(default_factory=list)
    unchanged: list[BroughtTerm] = field(default_factory=list)
    skipped: list[tuple[BroughtTerm, str]] = field(default_factory=list)


class Known:
    """The glossary as it is, and what of it has been met in a file already."""

    def __init__(self) -> None:
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.terms = {term.pk: term for term in Term.objects.prefetch_related("words__locale")}
        self.met: dict[int, int] = {}
        self.by_word = defaultdict(set)
        for term in self.terms.values():
            for word in term.words.all():
                if word.kind == AGREED:
                    self.by_word[word.locale.language_code, same(word.text)].add(term.pk)

    def like(self, brought: BroughtTerm) -> list[Term]:
        """Those that share the most agreed words with it."""
        shared: Counter = Counter()
        for word in brought.words:
            if word.kind == AGREED:
                shared.update(self.by_word.get((word.language, same(word.text)), ()))
        most = max(shared.values(), default=0)
        return [self.terms[pk] for pk, count in shared.items() if count == most]

    def fault(self, brought: BroughtTerm) -> str:
        if brought.fault:
            return brought.fault
        if not brought.words:
            return _("There is no word.")
        for word in brought.words:
            if word.language not in self.locales:
                return _("This site has no language “%s”.") % word.language
        rows = [self.row(word) for word in brought.words]
        try:
            Term(note=brought.note).clean_fields()
            for row in rows:
                row.clean_fields(exclude=["term"])
                row.clean()
        except ValidationError as error:
            return " ".join(error.messages)
        found = clashes((row.locale_id, row.text, row.kind) for row in rows)
        return next((f"“{rows[number].text}”: {sentence}" for number, sentence in found), "")

    def row(self, word: Brought) -> TermWord:
        return TermWord(
            locale=self.locales[word.language], text=word.text, kind=word.kind, note=word.note
        )


def plan(terms: Iterable[BroughtTerm]) -> Plan:
    """What :func:`take` would do; nothing is changed."""
    made, known = Plan(), Known()
    for one in terms:
        if fault := known.fault(one):
            made.skipped.append((one, fault))
            continue
        like = known.like(one)
        if len(like) > 1:
            names = ", ".join(f"“{term}”" for term in like[:3])
            made.skipped.append((one, _("It may be several terms that are there: %s.") % names))
        elif like and like[0].pk in known.met:
            line = known.met[like[0].pk]
            made.skipped.append((one, _("Line %s is about the same term.") % line))
        elif like:
            known.met[like[0].pk] = one.line
            if _says_new(one, like[0]):
                made.changed.append((like[0], one))
            else:
                made.unchanged.append(one)
        else:
            made.new.append(one)
    return made


Said = dict[str, set[tuple[str, str, str]]]
"""By language: text, kind and note of each word."""


def said(term: Term) -> Said:
    found = defaultdict(set)
    for word in term.words.all():
        found[word.locale.language_code].add((word.text, word.kind, word.note))
    return found


def brought(one: BroughtTerm) -> Said:
    found = defaultdict(set)
    for word in one.words:
        text, note = " ".join(word.text.split()), " ".join(word.note.split())
        found[word.language].add((text, word.kind, note))
    return found


def _says_new(one: BroughtTerm, term: Term) -> bool:
    there = said(term)
    if one.note.strip() and one.note.strip() != term.note.strip():
        return True
    return any(there[language] != words for language, words in brought(one).items())


@transaction.atomic
def take(wanted: Plan) -> None:
    """All of it or nothing. Raises what the database says where somebody was quicker."""
    known = Known()
    for one in wanted.new:
        _write(known, Term.objects.create(note=one.note.strip()), one)
    for term, one in wanted.changed:
        if one.note.strip():
            term.note = one.note.strip()
        term.save()
        languages = {word.language for word in one.words}
        TermWord.objects.filter(term=term, locale__language_code__in=languages).delete()
        _write(known, term, one)


def _write(known: Known, term: Term, one: BroughtTerm) -> None:
    for word in one.words:
        row = known.row(word)
        row.term = term
        row.clean()
        row.save()
