"""Who may have an uploaded file: files live as long as what shows them.

A file is public while something that the public sees shows it: a live page in the open, a person
whose details are public, the site's settings. Records say who may see them by a ``visible()`` of
their queryset; those without one are public. Nothing has to be kept in step: the rows themselves
are asked, and for files inside texts and blocks Wagtail's reference index.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import ManyToOneRel, QuerySet
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.models import Page, ReferenceIndex

from cms.core.content_epoch import current_epoch
from cms.core.querysets import LocalisedPageQuerySet

SECONDS = 24 * 60 * 60


def is_public(file) -> bool:
    """Whether everybody may have this image or document; a yes is kept until the site changes."""
    parts = (current_epoch(), timezone.localdate(), file._meta.model_name, file.pk)
    key = "public-file-" + "-".join(map(str, parts))
    if cache.get(key):
        return True
    if found := any(_visible(rows).exists() for rows in _showing(file)):
        cache.set(key, True, SECONDS)
    return found


def is_open_to(file, request) -> bool:
    """Whether this visitor may have it all the same: staff, and readers of a closed page."""
    if is_staff(request):
        return True
    return any(
        all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
        for rows in _showing(file)
        if issubclass(rows.model, Page)
        for page in rows.filter(live=True)
    )


def is_personal(file) -> bool:
    """Whether it shows somebody whose details are public for a time only."""
    return any(rows.exists() for rows in _showing(file) if hasattr(rows.model, "public_until"))


def is_staff(request) -> bool:
    return request.user.has_perm("wagtailadmin.access_admin")


def is_private(document) -> bool:
    """Whether the document's collection asks its readers for something."""
    return document.collection.get_view_restrictions().exists()


def _visible(rows: QuerySet) -> QuerySet:
    return rows.visible() if hasattr(rows, "visible") else rows


def _showing(file) -> Iterator[QuerySet]:
    """The pages and records that show a file, by model."""
    renditions = file.renditions.model if hasattr(file, "renditions") else None
    for relation in file._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and relation.related_model is not renditions:
            yield _owners(relation.related_model, relation.field.name, file)
    inside = defaultdict(set)
    references = ReferenceIndex.get_references_to(file)
    for kind, pk in references.values_list("base_content_type_id", "object_id"):
        inside[kind].add(pk)
    for kind, pks in inside.items():
        if model := ContentType.objects.get_for_id(kind).model_class():
            yield _rows(model).filter(pk__in=pks)


def _owners(model, field: str, file) -> QuerySet:
    """The records whose field it is; a child, such as a row of a list, is its page's."""
    rows = _rows(model).filter(**{field: file.pk})
    parent = next((f for f in model._meta.fields if isinstance(f, ParentalKey)), None)
    if parent is None:
        return rows
    return _rows(parent.related_model).filter(pk__in=rows.values(parent.attname))


def _rows(model) -> QuerySet:
    """Pages, plain ones too, with the queryset that knows which are visible."""
    return LocalisedPageQuerySet(model) if issubclass(model, Page) else model._default_manager.all()


__all__ = ["is_open_to", "is_personal", "is_private", "is_public", "is_staff"]
