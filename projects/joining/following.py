"""What refers to a thing goes on to refer to the one that it was joined into.

Found from the models themselves: a foreign key that anybody adds later follows by itself.
"""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models import Field, Model
from modelcluster.fields import ParentalKey
from wagtail.models import BaseLogEntry, Page, ReferenceIndex, Revision, TranslatableMixin

from ..models.doubles import APART, WIDEST, empty, is_double
from .journal import Journal

RIGHTS = {
    "wagtailcore.GroupPagePermission",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.WorkflowPage",
}
"""Who may do what on a page is no matter of another page."""
OWN = {
    "wagtailcore.WorkflowState",
    "wagtailcore.Site",
    "wagtailcore.Comment",
    "wagtailsearch.IndexEntry",
    "search.PendingDocument",
    "search.IndexedDocument",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    *(model._meta.label for model in (Revision, ReferenceIndex)),
}
"""What is of the thing that is gone, and goes with it."""


def _follows(model: type[Model]) -> bool:
    return not (
        model._meta.proxy
        or issubclass(model, BaseLogEntry)
        or model._meta.label in RIGHTS | OWN
        or model._meta.app_label == "wagtail_localize"
    )


def references(model: type[Model]) -> Iterator[Field]:
    """Foreign keys of any model to this one, hidden ones of many-to-many tables too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        is_own = getattr(relation, "parent_link", False) or relation.field.name == "alias_of"
        if not is_own and _follows(relation.related_model):
            yield relation.field


def follow(gone: Model, stays: Model, journal: Journal) -> list[Model]:
    """Repoint every row; what may stand there only once is left to go with ``gone``.

    Returns the rows that moved.
    """
    moved = []
    for field in references(type(gone)):
        old = getattr(gone, field.target_field.attname)
        for row in field.model._base_manager.filter(**{field.attname: old}).order_by("pk"):
            if _repoint(row, field, stays, journal):
                moved.append(row)
    for model in apps.get_models():
        for key in model._meta.private_fields:
            if isinstance(key, GenericForeignKey) and _follows(model):
                moved += _follow_generic(model, key, gone, stays, journal)
    return moved


def _repoint(row: Model, field: Field, stays: Model, journal: Journal) -> bool:
    if isinstance(field, ParentalKey) and hasattr(stays, "carrier"):
        stays = stays.carrier
    try:
        with transaction.atomic():
            journal.set(row, **{field.attname: getattr(stays, field.target_field.attname)})
    except IntegrityError:
        return False
    return True


def _follow_generic(
    model: type[Model], key: GenericForeignKey, gone: Model, stays: Model, journal: Journal
) -> list[Model]:
    kind = ContentType.objects.get_for_model(gone, for_concrete_model=key.for_concrete_model)
    rows = model._base_manager.filter(**{key.ct_field: kind, key.fk_field: gone.pk})
    moved = []
    for row in rows.order_by("pk"):
        field = model._meta.get_field(key.fk_field)
        try:
            with transaction.atomic():
                journal.set(row, **{field.attname: field.to_python(stays.pk)})
        except IntegrityError:
            continue
        moved.append(row)
    return moved


def follow_key(gone: Model, stays: Model, journal: Journal) -> None:
    """Rows that name a thing by the key that its languages share.

    What project files told of it is kept apart: they go on finding it by their own id.
    """
    for model in apps.get_models():
        if issubclass(model, (TranslatableMixin, Page, BaseLogEntry)) or not _follows(model):
            continue
        is_memory = any(field.name == "is_former" for field in model._meta.fields)
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.UUIDField) or field.primary_key:
                continue
            for row in model._base_manager.filter(**{field.name: gone.translation_key}):
                values = {field.name: stays.translation_key}
                journal.set(row, **values | ({"is_former": True} if is_memory else {}))


def merge_doubles(rows: list[Model], journal: Journal) -> None:
    """Children of one page that have come to say the same twice: one stays, with all they said."""
    for row in rows:
        parent = next((f for f in row._meta.fields if isinstance(f, ParentalKey)), None)
        if parent is None or not type(row)._base_manager.filter(pk=row.pk).exists():
            continue
        same = {parent.attname: getattr(row, parent.attname)}
        for other in type(row)._base_manager.filter(**same).exclude(pk=row.pk).order_by("pk"):
            if is_double(row, other):
                first, second = sorted((row, other), key=lambda one: one.pk)
                journal.set(first, **fillings(first, second), **_days(first, second))
                journal.remove(second)
                break


def _days(row: Model, other: Model) -> dict:
    """The widest period of two."""
    found = {}
    for name, choose in WIDEST.items():
        days = [day for one in (row, other) if (day := getattr(one, name, None))]
        if days and hasattr(row, name):
            found[name] = choose(days)
    return found


def fillings(stays: Model, gone: Model, names: set[str] | None = None) -> dict:
    """What the one that stays leaves empty and the other has, of these fields or of all."""
    found = {}
    for field in stays._meta.concrete_fields:
        apart = field.primary_key or field.name in APART or isinstance(field, ParentalKey)
        if apart or (names is not None and field.name not in names):
            continue
        own, other = getattr(stays, field.attname), getattr(gone, field.attname)
        is_tick = isinstance(field, models.BooleanField) and field.default is False
        if (empty(own) and not empty(other)) or (is_tick and other and not own):
            found[field.attname] = other
    return found
