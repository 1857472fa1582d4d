"""The kinds of things that have twins, and what each is known by.

One query reads a register's names, held for as long as nothing public changes; one more asks which
of the twins somebody may see. Scores are from 0 to 1, and from :data:`SURE` a person would say that
it is the same.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from cms.analysis.base import words as words_of
from cms.core.content_epoch import held
from cms.translation.policy import records_open_to, records_to_choose

from ..models import Organisation, Person, Programme, TargetGroup, Theme
from . import likeness, names
from .index import Entry, Index
from .names import Name

SURE = 0.9
SAME_MARK, SAME_NAME, SHORT, ONLY_MARK, AT_ODDS = 1.0, 0.97, 0.93, 0.75, 0.7
SHARED_MAILBOXES = words_of(
    "info toimisto office posti kirjaamo asiakaspalvelu palaute neuvonta hallinto kansli"
)


class Reason(TextChoices):
    """Why two things are likely one."""

    BUSINESS_ID = "business_id", _("the same business ID")
    EMAIL = "email", _("the same e-mail address")
    CODE = "code", _("the same code")
    NAME = "name", _("the same name")
    SHORT_NAME = "short_name", _("the same short name")
    NEARLY = "nearly", _("nearly the same name")


@dataclass(frozen=True)
class Twin:
    """``record`` is in the site's own language where it is there."""

    record: Model
    score: float
    reason: Reason

    @property
    def sure(self) -> bool:
        return self.score >= SURE


class Known:
    """What is known of one kind: made once for many questions. ``user``: who asks; None for
    commands, which see everything.
    """

    model: type[Model]
    likeness = staticmethod(likeness.of_terms)
    parse = staticmethod(names.term)
    short_field = ""
    marks: dict[Reason, str] = {}

    def __init__(self, user: Any = None) -> None:
        self.user = user
        self.table = self.read()
        self.records: dict[UUID, Model | None] = {}

    @classmethod
    def read(cls) -> "Table":
        return table_of(cls)

    @classmethod
    def rows(cls) -> Iterable[tuple]:
        """(key, names, short names, marks) of every version of every thing."""
        fields = [name for name in ("name", cls.short_field, *cls.marks.values()) if name]
        records = cls.model._base_manager.filter(is_draft=False).order_by("pk")
        for key, *values in records.values_list("translation_key", *fields):
            row = dict(zip(fields, values, strict=True))
            marks = {reason: row[name] for reason, name in cls.marks.items()}
            yield key, [row["name"]], [row.get(cls.short_field, "")], marks

    def open_records(self) -> QuerySet:
        """Whose names the user may see: those that she may choose for a project."""
        if self.user is None:
            return self.model._default_manager.all()
        return records_to_choose(self.user, self.model)

    def keys_shown_whole(self, keys: Iterable[UUID]) -> set[UUID]:
        """Of which the user may know more than the name."""
        if self.user is None:
            return set(keys)
        found = records_open_to(self.user, self.model).filter(translation_key__in=keys)
        return set(found.order_by().values_list("translation_key", flat=True))

    def twins(self, name: str = "", *, but: UUID | None = None, **marks: str) -> list[Twin]:
        """The likeliest first. ``but``: the translation key of the thing itself."""
        told = {Reason(mark): folded(text) for mark, text in marks.items() if text}
        scores = self._scores(name, told)
        scores.pop(but, None)
        if told and self.user is not None:
            scores = self._without_hidden_marks(name, scores)
        records = self._seen(scores)
        found = [Twin(records[key], *scores[key]) for key in scores if records[key]]
        return sorted(found, key=lambda twin: (-twin.score, twin.record.pk))

    def _without_hidden_marks(self, name: str, scores: dict) -> dict:
        """Nobody learns whose an address or a business ID is by trying it."""
        by_name, whole = self._scores(name, {}), self.keys_shown_whole(scores)
        shown = {key: scores[key] if key in whole else by_name.get(key) for key in scores}
        return {key: found for key, found in shown.items() if found}

    def _scores(self, text: str, marks: dict[Reason, str]) -> dict[UUID, tuple[float, Reason]]:
        name, scores = self.parse(text), {}
        for key, score, reason in (*self._by_name(name), *self._by_short(text, name)):
            if score > scores.get(key, (0, ""))[0]:
                scores[key] = (score, reason)
        for key, (score, reason) in scores.items():
            scores[key] = (self.weigh(score, marks, self.table.marks[key]), reason)
        for reason, value in marks.items():
            for key in self.table.by_mark[reason].get(value, ()) if value else ():
                known = scores.get(key, (0, reason))[0]
                score = self.of_mark(reason, value, known)
                if score > known:
                    scores[key] = (score, reason)
        return {key: found for key, found in scores.items() if found[0]}

    def _by_name(self, name: Name) -> Iterator[tuple]:
        for key, score in self.table.index.near(name).items():
            yield key, score, Reason.NEARLY
        for key, agree in self.table.index.same(name).items():
            yield key, SAME_NAME if agree else likeness.DOUBTFUL_SLIP, Reason.NAME

    def _by_short(self, text: str, name: Name) -> Iterator[tuple]:
        """Known by its short name alone; that in brackets behind another name is no proof."""
        whole = self.table.by_short.get(folded(text), ())
        for key in whole:
            yield key, SHORT if len(whole) == 1 else ONLY_MARK, Reason.SHORT_NAME
        for short in name.short:
            for key in self.table.by_short.get(short, ()) if len(short) > 2 else ():
                yield key, AT_ODDS, Reason.SHORT_NAME

    def weigh(self, score: float, marks: dict, theirs: dict[Reason, set[str]]) -> float:
        """The score of a name, when other marks of the two are known as well."""
        return score

    def of_mark(self, reason: Reason, value: str, score: float) -> float:
        """The score of the same mark, where the names had ``score``."""
        return SAME_MARK

    def _seen(self, keys: Iterable[UUID]) -> dict[UUID, Model | None]:
        missing = [key for key in keys if key not in self.records]
        if missing:
            self.records |= dict.fromkeys(missing)
            own = Locale.get_default().pk
            found = self.open_records().filter(translation_key__in=missing)
            for record in sorted(found, key=lambda one: (one.locale_id != own, one.pk)):
                self.records[record.translation_key] = (
                    self.records[record.translation_key] or record
                )
        return self.records


def folded(text: str) -> str:
    """A short name or a mark, without case and blanks."""
    return "".join(text.casefold().split())


class Table:
    """The names, short names and marks of one kind. Shared by threads: nobody changes it."""

    def __init__(self, rows: Iterable[tuple], parse: Callable, compare: Callable) -> None:
        entries = []
        self.by_short: dict[str, dict[UUID, None]] = {}
        self.by_mark: dict[Reason, dict[str, dict[UUID, None]]] = {one: {} for one in Reason}
        self.marks: dict[UUID, dict[Reason, set[str]]] = {}
        for key, own_names, short, marks in rows:
            entries += [Entry(key, parse(name)) for name in own_names if name]
            for text in filter(None, map(folded, short)):
                self.by_short.setdefault(text, {})[key] = None
            known = self.marks.setdefault(key, {})
            for reason, value in marks.items():
                if value := folded(value or ""):
                    self.by_mark[reason].setdefault(value, {})[key] = None
                    known.setdefault(reason, set()).add(value)
        self.index = Index(entries, compare)


@held
def table_of(kind: type[Known]) -> Table:
    return Table(kind.rows(), kind.parse, kind.likeness)


def differ(reason: Reason, ours: dict[Reason, str], theirs: dict[Reason, set[str]]) -> bool:
    """Both have this mark, and not the same."""
    return bool(ours.get(reason) and theirs.get(reason) and ours[reason] not in theirs[reason])


class Organisations(Known):
    model = Organisation
    parse = staticmethod(names.organisation)
    likeness = staticmethod(likeness.of_organisations)
    short_field = "short_name"
    marks = {Reason.BUSINESS_ID: "business_id", Reason.EMAIL: "email"}

    def weigh(self, score: float, marks: dict, theirs: dict) -> float:
        """Two business IDs are two organisations, unless one of them is wrong."""
        if differ(Reason.BUSINESS_ID, marks, theirs):
            return AT_ODDS if score >= SURE else 0
        return score

    def of_mark(self, reason: Reason, value: str, score: float) -> float:
        """Branches share a mailbox."""
        if reason == Reason.BUSINESS_ID:
            return SAME_MARK
        return SAME_MARK if score >= AT_ODDS else ONLY_MARK


class People(Known):
    model = Person
    parse = staticmethod(names.person)
    likeness = staticmethod(likeness.of_people)
    marks = {Reason.EMAIL: "email"}

    def weigh(self, score: float, marks: dict, theirs: dict) -> float:
        """Namesakes have addresses of their own."""
        return min(score, 0.85) if differ(Reason.EMAIL, marks, theirs) else score

    def of_mark(self, reason: Reason, value: str, score: float) -> float:
        if score:
            return SAME_MARK
        return 0 if value.partition("@")[0] in SHARED_MAILBOXES else ONLY_MARK


class Programmes(Known):
    model = Programme
    short_field = "short_name"


class Themes(Known):
    model = Theme


class TargetGroups(Known):
    model = TargetGroup
