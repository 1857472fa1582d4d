"""Putting a cleaned file in the place of a stored one."""

import logging

from django.core.files.base import ContentFile

from .cleaning import clean_document, clean_image

logger = logging.getLogger(__name__)


def clean_stored(asset) -> str:
    """Clean the file of an image or document: ``"cleaned"``, ``"clean"`` or ``"missing"``.

    The address stays, unless the kind of file changes. Renditions are made anew when asked for.
    """
    is_image = hasattr(asset, "renditions")
    try:
        with asset.file.open("rb") as stream:
            data = stream.read()
    except OSError:
        return "missing"
    given = ContentFile(data, name=asset.file.name)
    found = (clean_image if is_image else clean_document)(given)
    if found is given:
        return "clean"
    _exchange(asset, data, found)
    if is_image:
        asset._set_image_file_metadata()
        for rendition in asset.renditions.all():
            rendition.file.delete(save=False)
            rendition.delete()
    else:
        asset._set_document_file_metadata()
    asset.save()
    return "cleaned"


def _exchange(asset, data: bytes, found) -> None:
    """Write the new file under the old name, or its own; the old one is back if that fails."""
    storage, name = asset.file.storage, asset.file.name
    new = name.rpartition(".")[0] + "." + found.name.rpartition(".")[2]
    storage.delete(name)
    try:
        asset.file = storage.save(new, ContentFile(found.read()))
    except BaseException:
        storage.save(name, ContentFile(data))
        raise
