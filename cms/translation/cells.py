"""A row of the table: one page or record, and where each of its languages stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from cms.core.languages import locales

from .models import Work

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
    model: type[Model]
    pk: int
    key: UUID
    locale: Locale
    title: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def value(self) -> str:
        """By which a ticked row is known."""
        return (
            f"{'page' if issubclass(self.model, Page) else self.model._meta.label_lower}:{self.pk}"
        )

    @property
    def kind(self) -> str:
        return capfirst(str(self.model._meta.verbose_name))

    @property
    def url(self) -> str:
        return edit_url(self.model, self.pk)


def list_of(model: type[Model]) -> str:
    """Pages are one list, and each register is one."""
    return "page" if issubclass(model, Page) else model._meta.label_lower


def edit_url(model: type[Model], pk: int) -> str:
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[pk])


def rows_of(found: Iterable[tuple], columns: list[Locale]) -> list[Row]:
    """The rows of ``table.Things.rows()`` with their cells, in two queries."""
    known = locales()
    rows = [
        Row(ContentType.objects.get_for_id(kind).model_class(), pk, key, known[locale], title)
        for kind, pk, key, locale, title, _order in found
    ]
    versions, works = _versions(rows), _works(rows)
    for row in rows:
        for locale in columns:
            place = row.key, locale.pk
            row.cells.append(_cell(row, locale, versions.get(place), works.get(place)))
    return rows


def _versions(rows: list[Row]) -> dict[tuple[UUID, int], int]:
    """Primary keys of what is there, by thing and language."""
    keys: dict[type, list[UUID]] = {}
    for row in rows:
        model = Page if issubclass(row.model, Page) else row.model
        keys.setdefault(model, []).append(row.key)
    parts = []
    for model, wanted in keys.items():
        things = model._base_manager.filter(translation_key__in=wanted).order_by()
        if model is Page:
            things = things.filter(alias_of=None)
        parts.append(things.values_list("translation_key", "locale_id", "pk"))
    found = parts[0].union(*parts[1:], all=True) if parts else ()
    return {(key, locale): pk for key, locale, pk in found}


def _works(rows: list[Row]) -> dict[tuple[UUID, int], Work]:
    found = Work.objects.filter(
        translation__source__object_id__in=[row.key for row in rows], translation__enabled=True
    )
    names = ("translation__source__object_id", "translation__target_locale_id")
    return {
        (key, locale): Work(state=state, words_left=left, to_check=checks, due_on=due, pk=pk)
        for key, locale, state, left, checks, due, pk in found.values_list(
            *names, "state", "words_left", "to_check", "due_on", "pk"
        )
    }


def _cell(row: Row, locale: Locale, pk: int | None, work: Work | None) -> Cell:
    if locale == row.locale:
        return Cell(locale, ORIGINAL, url=row.url)
    if pk is None:
        return Cell(locale, MISSING)
    url = edit_url(row.model, pk)
    if work is None:
        return Cell(locale, BY_HAND, url=url)
    if work.state == State.IN_REVIEW:
        url = reverse("translation:review", args=[work.pk])
    return Cell(locale, work.state, work.words_left, work.to_check, work.due_on, url, work.pk)
