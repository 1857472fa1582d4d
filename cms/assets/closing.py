"""Pictures that the public may no longer see, though they are still stored.

A room says which pictures it closes on a day (:func:`closes_pictures`): a person's when the last
public day has passed. Their addresses are closed from that day on, whoever knows them; what
something public shows as well stays open.
"""

from collections.abc import Callable
from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images import get_image_model

from cms.core.content_epoch import held

from .usage import used_in_public

# Not given out by the application, and not public in a bucket.
FOLDER = "closed_images"
OPEN_FOLDER = "original_images"

Source = Callable[[date], set[int]]
_sources: list[Source] = []


def closes_pictures(source: Source) -> None:
    """Ask ``source`` for the primary keys of the pictures that it does not show on a day."""
    if source not in _sources:
        _sources.append(source)


def closed_pictures() -> set[int]:
    """Primary keys of all closed pictures, worked out once for each day and state of the site."""
    return _closed_on(timezone.localdate())


@held
def _closed_on(day: date) -> set[int]:
    wanted = _closing(day)
    return wanted - used_in_public(get_image_model(), wanted) if wanted else set()


def _closing(day: date) -> set[int]:
    return {pk for source in _sources for pk in source(day)}


@held
def pictures_with_a_last_day() -> set[int]:
    """Primary keys of pictures that are closed, or will be: nobody may keep copies of them."""
    return _closing(date.max)


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
    leaving = model.objects.filter(pk__in=closed).exclude(file__startswith=f"{FOLDER}/")
    coming = model.objects.filter(file__startswith=f"{FOLDER}/").exclude(pk__in=closed)
    moved = [*((image, FOLDER) for image in leaving), *((image, OPEN_FOLDER) for image in coming)]
    return sum(_move(image, folder) for image, folder in moved)


def _move(image, folder: str) -> bool:
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
