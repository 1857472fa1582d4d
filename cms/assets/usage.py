"""Who uses a picture or a document, and whether the public may see any of them.

A file lives as long as what shows it. Foreign keys are asked themselves, since the reference index
follows an edit a moment later where a worker keeps it; the index knows texts and blocks.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from modelcluster.fields import ParentalKey
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex

from cms.core.content_epoch import PUBLIC_ROOMS, held
from cms.core.permissions import LocalisedPageQuerySet

Users = dict[int, set[int]]


def used_in_public(model, keys: Iterable[int]) -> set[int]:
    """Those of the images or documents (primary keys) that something public shows."""
    pages, public = _users(model, set(keys))
    wanted = {page for found in pages.values() for page in found}
    visible = set(
        LocalisedPageQuerySet(Page).visible().filter(pk__in=wanted).values_list("pk", flat=True)
    )
    return public | {key for key, found in pages.items() if found & visible}


def live_pages_with(model, key: int) -> list[Page]:
    """Published pages that show it, restricted ones among them."""
    pages, _public = _users(model, {key})
    return list(Page.objects.live().filter(pk__in=pages.get(key, ())))


def _users(model, keys: set[int]) -> tuple[Users, set[int]]:
    """For each the pages that name it; and those that a public record names."""
    pages: Users = defaultdict(set)
    public: set[int] = set()
    asked: set[str] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.one_to_many or relation.related_model._meta.app_label == "assets":
            continue  # Renditions and tags are parts of the file's own record.
        if relation.related_model._meta.app_label in PUBLIC_ROOMS:
            asked.add(_ask(relation.field, keys, pages, public))
    _ask_index(model, keys, asked, pages, public)
    return pages, public


def _ask(field, keys: set[int], pages: Users, public: set[int]) -> str:
    """Who has the file in this foreign key; what the reference index calls the key."""
    user = field.model
    parent = next((other for other in user._meta.fields if isinstance(other, ParentalKey)), None)
    if issubclass(user, Page):
        owner, path = "pk", field.name
    elif parent is not None and issubclass(parent.related_model, Page):
        owner, path = parent.attname, f"{parent.remote_field.related_name}.item.{field.name}"
    else:
        rows = _public_records(user).filter(**{f"{field.name}__in": keys})
        public.update(rows.values_list(field.attname, flat=True))
        return field.name
    rows = user._base_manager.filter(**{f"{field.name}__in": keys})
    for key, page in rows.values_list(field.attname, owner):
        pages[key].add(page)
    return path


def _public_records(model):
    """All records of a public room's model, or those whose last day has not passed."""
    manager = model._default_manager
    return manager.public() if hasattr(manager, "public") else model._base_manager.all()


def _ask_index(model, keys: set[int], asked: set[str], pages: Users, public: set[int]) -> None:
    page_type = ContentType.objects.get_for_model(Page).pk
    rows = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model), to_object_id__in=map(str, keys)
    ).exclude(model_path__in=asked)
    for kind, user, key in rows.values_list("base_content_type", "object_id", "to_object_id"):
        if kind == page_type:
            pages[int(key)].add(int(user))
            continue
        source = ContentType.objects.get_for_id(kind).model_class()
        if source is None or source._meta.app_label not in PUBLIC_ROOMS:
            continue  # Logs and translators' strings show nothing.
        if _public_records(source).filter(pk=user).exists():
            public.add(int(key))


@held
def restricted_paths() -> list[str]:
    """Tree paths of collections that are not open to everybody; what lies below is closed too."""
    return list(
        CollectionViewRestriction.objects.values_list("collection__path", flat=True).distinct()
    )


def is_restricted(document, paths: list[str]) -> bool:
    return bool(paths) and document.collection.path.startswith(tuple(paths))
