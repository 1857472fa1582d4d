"""Which pages and records stand in the table of languages, for whom, narrowed to what is asked.

A thing stands in the row of the language in which it was first written. Pages are one list, and
each register is one: unlike tables are never one question to the database.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation

from cms.core.admin import any_case
from cms.core.languages import locales
from cms.core.lists import Alphabetical
from cms.users.members import page_policy

from .. import policy
from ..facts.records import FactsRecord
from ..models import RequestedVersion, Work
from .cells import MISSING, OPEN, list_model, list_of

ACTIONS = {"add", "change", "publish"}


@dataclass
class Wanted:
    """What the table is narrowed to."""

    locale: Locale | None = None
    state: str = ""
    kind: str = ""
    title: str = ""
    request: int | None = None
    late: bool = False
    ticked: list[str] | None = None


def record_models() -> list[type[FactsRecord]]:
    return [model for model in get_snippet_models() if issubclass(model, FactsRecord)]


class Things:
    """The pages and records that a user meets here, in the languages that concern the user."""

    def __init__(self, user, wanted: Wanted | None = None) -> None:
        self.user, self.wanted = user, wanted or Wanted()

    @cached_property
    def is_staff(self) -> bool:
        return policy.as_staff(self.user, policy.SUBMIT)

    @property
    def is_open(self) -> bool:
        """Whether there can be anything here for this user."""
        return self.is_staff or bool(policy.language_rights(self.user))

    @cached_property
    def columns(self) -> list[Locale]:
        """All languages for staff, their own for translators."""
        own = policy.language_rights(self.user)
        return [each for each in locales().values() if self.is_staff or each.pk in own]

    @property
    def asked(self) -> list[Locale]:
        """The columns that the filters are about."""
        return [self.wanted.locale] if self.wanted.locale else self.columns

    @property
    def model(self) -> type[Model]:
        """The list that is asked for; pages unless it is a register."""
        found = [each for each in record_models() if list_of(each) == self.wanted.kind]
        return found[0] if found else Page

    def rows(self, model: type[Model] | None = None) -> QuerySet:
        """For :func:`.cells.rows_of`, in the order of their titles: to be counted and sliced."""
        model = model or self.model
        title = F("name")
        if model is Page:
            title = Coalesce(NullIf("draft_title", Value("")), "title")
        found = self._narrowed(self.visible(model)).alias(thing_title=title)
        return found.order_by(Alphabetical("thing_title"), "pk")

    def ticked(self) -> Iterator[Model]:
        """Those of ``wanted.ticked``, whatever lists they are of."""
        for model in (Page, *record_models()):
            if any(value.startswith(f"{list_of(model)}:") for value in self.wanted.ticked):
                yield from self.rows(model)

    def translations(self) -> QuerySet[Translation]:
        """Of the ticked rows, in the languages that are asked for."""
        keys = [each.translation_key for each in self.ticked()]
        found = Translation.objects.filter(
            source__object_id__in=keys, target_locale__in=self.asked, enabled=True
        )
        return found.select_related("source", "target_locale", "work").order_by("pk")

    def changed(self) -> Iterator[tuple[type[Model], int]]:
        """The lists with things that changed since they were translated, and how many."""
        works = Work.objects.filter(state=Work.State.SOURCE_CHANGED, translation__enabled=True)
        kinds = works.values_list("translation__source__specific_content_type", flat=True)
        models = {
            list_model(ContentType.objects.get_for_id(kind).model_class())
            for kind in kinds.distinct()
        }
        self.wanted = Wanted(state=Work.State.SOURCE_CHANGED)
        for model in (Page, *record_models()):
            if model in models:
                yield model, self.rows(model).count()

    def visible(self, model: type[Model]) -> QuerySet:
        """First written versions, as far as the user may see them."""
        things = model.objects.all()
        if model is Page:
            things = things.filter(depth__gt=1, alias_of=None)
        things = _first(things)
        if self.user.is_superuser:
            return things
        if model is Page:
            seen = page_policy.instances_user_has_any_permission_for(self.user, ACTIONS)
        else:
            seen = policy.records_open_to(self.user, model)
        return things.filter(Q(pk__in=seen.order_by().values("pk")) | self._own())

    def _own(self) -> Q:
        own = Translation.objects.filter(
            source__object_id=OuterRef("translation_key"),
            target_locale__in=list(policy.language_rights(self.user)),
            enabled=True,
        )
        return Q(Exists(own))

    def _narrowed(self, things: QuerySet) -> QuerySet:
        wanted, model = self.wanted, things.model
        if wanted.kind and model is Page:
            things = _of_type(things, wanted.kind)
        if wanted.ticked is not None:
            ticked = [value.partition(":") for value in wanted.ticked]
            mine = [pk for name, _colon, pk in ticked if name == list_of(model)]
            things = things.filter(pk__in=[pk for pk in mine if pk.isdecimal() and len(pk) < 19])
        if wanted.title:
            names = ["title", "draft_title"] if model is Page else ["name"]
            things = things.filter(any_case(names, wanted.title))
        if wanted.request:
            asked = RequestedVersion.objects.filter(request=wanted.request)
            things = things.filter(Exists(asked.filter(_named(model), object_id=OuterRef("pk"))))
        if wanted.late:
            late = self._works().filter(state__in=OPEN, due_on__lt=timezone.localdate())
            things = things.filter(Exists(late))
        if wanted.state == MISSING:
            things = things.filter(reduce(or_, map(_lacking(model), self._lackable), Q(pk__in=[])))
        elif wanted.state:
            things = things.filter(Exists(self._works().filter(state=wanted.state)))
        return things

    @property
    def _lackable(self) -> list[Locale]:
        """A language that is written by hand is lacking if that is asked for by name."""
        by_hand = () if self.wanted.locale else policy.WRITTEN_BY_HAND
        return [each for each in self.asked if each.language_code not in by_hand]

    def _works(self) -> QuerySet[Work]:
        return Work.objects.filter(
            translation__source__object_id=OuterRef("translation_key"),
            translation__target_locale__in=self.asked,
            translation__enabled=True,
        )


def _first(things: QuerySet) -> QuerySet:
    """The versions first written, as :func:`..policy.is_source` has it."""
    earlier = things.model._base_manager.filter(
        translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk")
    )
    if things.model is Page:
        earlier = earlier.filter(alias_of=None)
    return things.filter(~Exists(earlier))


def _of_type(pages: QuerySet, kind: str) -> QuerySet:
    """``kind``: the label of a type of pages; ``page``: of whatever type."""
    if kind == "page":
        return pages
    app_label, _dot, name = kind.partition(".")
    return pages.filter(content_type__app_label=app_label, content_type__model=name)


def _named(model: type[Model]) -> Q:
    """Rows of requests that name a thing of this model; a page may be named by its type."""
    if model is Page:
        others = ContentType.objects.get_for_models(*record_models()).values()
        return ~Q(content_type__in=[each.pk for each in others])
    return Q(content_type=ContentType.objects.get_for_model(model))


def _lacking(model: type[Model]) -> Callable[[Locale], Q]:
    there = model._base_manager.filter(translation_key=OuterRef("translation_key"))
    if model is Page:
        there = there.filter(alias_of=None)
    return lambda locale: ~Q(Exists(there.filter(locale=locale)))
