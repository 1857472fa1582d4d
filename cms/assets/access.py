"""Who may open a stored document or picture by its address, and what shows it to the public.

A file lives as long as what shows it. Foreign keys are asked themselves, since the reference index
follows an edit a moment later where a worker keeps it; the index knows texts and blocks.

Pictures can be closed though they are still stored. A room says which it closes on a day
(:func:`closes_pictures`): a person's when the last public day has passed. Their addresses are
closed from that day on, whoever knows them; what something public shows as well stays open.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Field, Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex
from wagtail.permissions import policy_registry

from cms.core.content_epoch import PUBLIC_ROOMS, held
from cms.core.permissions import LocalisedPageQuerySet

from .storage import CLOSED_IMAGES, IMAGES

RIGHTS = ["add", "change", "delete", "choose"]
Users = dict[int, set[int]]
Source = Callable[[date], set[int]]
_sources: list[Source] = []


def may_open(document: AbstractDocument, request: HttpRequest) -> bool:
    """A document lives as long as what shows it.

    In a collection with a restriction, whoever fulfils that may open it (Wagtail has asked). A
    page with a password or for some groups opens its documents to those who may open the page.
    ``request.document_is_public`` says afterwards whether shared caches may keep the answer.
    """
    model = type(document)
    restricted = is_restricted(document, restricted_paths())
    request.document_is_public = not restricted and document.pk in used_in_public(
        model, [document.pk]
    )
    if request.document_is_public or restricted or works_with(request.user, document):
        return True
    return any(
        all(rule.accept_request(request) for rule in page.get_view_restrictions())
        for page in live_pages_with(model, document.pk)
    )


def is_staff_of(user: AbstractBaseUser | AnonymousUser, model: type[Model]) -> bool:
    """Whether somebody works with the site's pictures or documents, and not with some alone."""
    policy = policy_registry.get_by_type(model)
    return policy.collections_user_has_any_permission_for(user, RIGHTS).filter(depth=1).exists()


def works_with(user: AbstractBaseUser | AnonymousUser, file: Model) -> bool:
    policy = policy_registry.get_by_type(type(file))
    return user.is_authenticated and policy.user_has_any_permission_for_instance(user, RIGHTS, file)


@hooks.register("before_serve_document", order=10)
def refuse_documents_that_nothing_shows(document, request) -> None:
    """After Wagtail's own check of private collections."""
    if not may_open(document, request):
        raise Http404("Nothing public shows this document.")


@hooks.register("after_bulk_action")
def tell_of_moved_files(request, action_type, objects, action) -> None:
    """Wagtail moves files between collections by ``update()``, of which nobody hears."""
    if action_type == "add_to_collection":
        for file in objects:
            file.refresh_from_db(fields=["collection"])
            file.save(update_fields=["collection"])


@held
def restricted_paths() -> list[str]:
    """Tree paths of collections that are not open to everybody; what lies below is closed too."""
    return list(
        CollectionViewRestriction.objects.values_list("collection__path", flat=True).distinct()
    )


def is_restricted(document: AbstractDocument, paths: list[str]) -> bool:
    return bool(paths) and document.collection.path.startswith(tuple(paths))


def used_in_public(model: type[Model], keys: Iterable[int]) -> set[int]:
    """Those of the images or documents (primary keys) that something public shows."""
    pages, public = _users(model, set(keys))
    wanted = {page for found in pages.values() for page in found}
    visible = set(
        LocalisedPageQuerySet(Page).visible().filter(pk__in=wanted).values_list("pk", flat=True)
    )
    return public | {key for key, found in pages.items() if found & visible}


def live_pages_with(model: type[Model], key: int) -> list[Page]:
    """Published pages that show it, restricted ones among them."""
    pages, _public = _users(model, {key})
    return list(Page.objects.live().filter(pk__in=pages.get(key, ())))


def _users(model: type[Model], keys: set[int]) -> tuple[Users, set[int]]:
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


def _ask(field: Field, keys: set[int], pages: Users, public: set[int]) -> str:
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


def _public_records(model: type[Model]) -> QuerySet:
    """All records of a public room's model, or those whose last day has not passed."""
    manager = model._default_manager
    return manager.public() if hasattr(manager, "public") else model._base_manager.all()


def _ask_index(
    model: type[Model], keys: set[int], asked: set[str], pages: Users, public: set[int]
) -> None:
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


def closes_pictures(source: Source) -> None:
    """Ask ``source`` for the primary keys of the pictures that it does not show on a day."""
    if source not in _sources:
        _sources.append(source)


def closed_pictures() -> set[int]:
    """Primary keys of all closed pictures, worked out once for each day and state of the site."""
    return _closed_on(timezone.localdate())


@held
def _closed_on(day: date) -> set[int]:
    wanted = {pk for source in _sources for pk in source(day)}
    return wanted - used_in_public(get_image_model(), wanted) if wanted else set()


@held
def pictures_with_a_last_day() -> set[int]:
    """Primary keys of pictures that are closed, or will be: nobody may keep copies of them."""
    return {pk for source in _sources for pk in source(date.max)}


def is_one_of(path: str, pictures: set[int]) -> bool:
    """Whether the file at ``path`` in the media is one of these, or a rendition of one."""
    if not pictures:
        return False
    model = get_image_model()
    renditions = model.get_rendition_model().objects
    return (
        model.objects.filter(pk__in=pictures, file=path).exists()
        or renditions.filter(image__in=pictures, file=path).exists()
    )


def move_closed_pictures() -> int:
    """Put closed pictures where no bucket or web server gives them out, and open ones back.

    Their renditions are deleted, and made anew when somebody may see them again. Returns how many
    were moved.
    """
    model, closed = get_image_model(), closed_pictures()
    leaving = model.objects.filter(pk__in=closed).exclude(file__startswith=f"{CLOSED_IMAGES}/")
    coming = model.objects.filter(file__startswith=f"{CLOSED_IMAGES}/").exclude(pk__in=closed)
    moved = [*((image, CLOSED_IMAGES) for image in leaving), *((image, IMAGES) for image in coming)]
    return sum(_move(image, folder) for image, folder in moved)


def _move(image: AbstractImage, folder: str) -> bool:
    storage, name = image.file.storage, image.file.name
    try:
        with storage.open(name) as stream:
            data = stream.read()
    except OSError:
        return False
    image.file.name = storage.save(f"{folder}/{name.rpartition('/')[2]}", ContentFile(data))
    image.save(update_fields=["file"])
    storage.delete(name)
    for rendition in image.renditions.all():
        rendition.file.delete(save=False)
        rendition.delete()
    return True
