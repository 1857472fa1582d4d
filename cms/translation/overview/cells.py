"""A row of the table: one page or record, and where each of its languages stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import F, IntegerField, Model, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from cms.core.languages import locales

from ..models import Work

State = Work.State
MISSING, BY_HAND, ORIGINAL = "missing", "by_hand", "original"
OPEN = (State.REQUESTED, State.IN_PROGRESS, State.SOURCE_CHANGED)
"""States in which something waits for the translator."""
LABELS = {
    MISSING: _("Missing"),
    BY_HAND: _("Written by hand"),
    ORIGINAL: _("First written"),
    **{state.value: state.label for state in State},
}
ICONS = {
    MISSING: "cross",
    BY_HAND: "edit",
    ORIGINAL: "doc-full-inverse",
    State.REQUESTED: "mail",
    State.IN_PROGRESS: "clipboard-list",
    State.IN_REVIEW: "view",
    State.UP_TO_DATE: "success",
    State.SOURCE_CHANGED: "warning",
}


def is_late(state: str, due_on: date | None) -> bool:
    return bool(due_on and state in OPEN and due_on < timezone.localdate())


@dataclass
class Cell:
    locale: Locale
    state: str
    words_left: int = 0
    to_check: int = 0
    due_on: date | None = None
    url: str = ""
    work: int | None = None
    is_hidden: bool = False
    """Finished, and yet not public."""
    changed: int = 0
    """Sections of easy Finnish whose Finnish has changed."""

    @property
    def label(self) -> str:
        return str(LABELS[self.state])

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def late(self) -> bool:
        return is_late(self.state, self.due_on)


@dataclass
class Row:
    thing: Model
    cells: list[Cell] = field(default_factory=list)

    @property
    def model(self) -> type[Model]:
        """A page is of its own type, though the list knows it as a page."""
        return self.thing.specific_class if isinstance(self.thing, Page) else type(self.thing)

    @property
    def title(self) -> str:
        is_page = isinstance(self.thing, Page)
        return self.thing.get_admin_display_title() if is_page else self.thing.name

    @property
    def value(self) -> str:
        """By which a ticked row is known."""
        return f"{list_of(type(self.thing))}:{self.thing.pk}"

    @property
    def locale(self) -> Locale:
        return locales()[self.thing.locale_id]

    @property
    def kind(self) -> str:
        return capfirst(str(self.model._meta.verbose_name))

    @property
    def url(self) -> str:
        return edit_url(type(self.thing), self.thing.pk)


def list_model(model: type[Model]) -> type[Model]:
    """Pages are one list, and each register is one."""
    return Page if issubclass(model, Page) else model


def list_of(model: type[Model]) -> str:
    """The name of a model's list."""
    return "page" if issubclass(model, Page) else model._meta.label_lower


def edit_url(model: type[Model], pk: int) -> str:
    """Wagtail's own address of a page or record."""
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[pk])


def rows_of(things: Iterable[Model], columns: list[Locale]) -> list[Row]:
    """Rows of things from one list, with their cells, in two queries."""
    rows = [Row(thing) for thing in things]
    if not rows:
        return []
    keys = [row.thing.translation_key for row in rows]
    versions, works = _versions(type(rows[0].thing), keys), _works(keys)
    for row in rows:
        for locale in columns:
            place = row.thing.translation_key, locale.pk
            row.cells.append(_cell(row, locale, versions.get(place), works.get(place)))
    return rows


Version = tuple[int, bool, int | None]


def _versions(model: type[Model], keys: list[UUID]) -> dict[tuple[UUID, int], Version]:
    """Of what is there, by thing and language: the primary key, whether it is public, and of easy
    Finnish how many sections wait because the Finnish has changed.
    """
    things = model._base_manager.filter(translation_key__in=keys).order_by()
    if model is Page:
        things = things.filter(alias_of=None)
    is_public = F("live") if model is Page else ~F("is_draft")
    changed = F("easy_finnish__changed") if model is Page else Value(None, IntegerField())
    found = things.values_list("translation_key", "locale_id", "pk", is_public, changed)
    return {(key, locale): version for key, locale, *version in found}


def _works(keys: list[UUID]) -> dict[tuple[UUID, int], Work]:
    found = Work.objects.filter(translation__source__object_id__in=keys, translation__enabled=True)
    names = ("translation__source__object_id", "translation__target_locale_id")
    return {
        (key, locale): Work(state=state, words_left=left, to_check=checks, due_on=due, pk=pk)
        for key, locale, state, left, checks, due, pk in found.values_list(
            *names, "state", "words_left", "to_check", "due_on", "pk"
        )
    }


def _cell(row: Row, locale: Locale, version: Version | None, work: Work | None) -> Cell:
    if version is None:
        return Cell(locale, MISSING)
    pk, is_public, changed = version
    url = edit_url(type(row.thing), pk)
    if locale.pk == row.thing.locale_id:
        return Cell(locale, ORIGINAL, url=url, is_hidden=not is_public)
    if work is None:
        url = url if changed is None else reverse("easy_write", args=[pk])
        return Cell(locale, BY_HAND, url=url, is_hidden=not is_public, changed=changed or 0)
    if work.state == State.IN_REVIEW:
        url = reverse("translation:review", args=[work.pk])
    hidden = work.state == State.UP_TO_DATE and not is_public
    left, check, due = work.words_left, work.to_check, work.due_on
    return Cell(locale, work.state, left, check, due, url, work.pk, hidden)
