from django.core.files import File
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.assets.metadata import clean_document, clean_image


class Command(BaseCommand):
    help = (
        "Take position, camera, owner and author out of the pictures and documents that were "
        "stored before this was done on their way in. May be run again: what is clean stays."
    )

    def handle(self, *, verbosity: int, **options) -> None:
        for model in (get_image_model(), get_document_model()):
            counts = {"cleaned": 0, "clean": 0, "missing": 0}
            for asset in model.objects.order_by("pk").iterator():
                result = clean_stored(asset)
                counts[result] += 1
                if verbosity and result != "clean":
                    self.stdout.write(f"{model._meta.model_name} {asset.pk}: {result}")
            self.stdout.write(
                f"{model._meta.model_name}: {counts['cleaned']} cleaned, {counts['clean']} were "
                f"clean, {counts['missing']} without a file."
            )


def clean_stored(asset: Model) -> str:
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


def _exchange(asset: Model, data: bytes, found: File) -> None:
    """Write the new file under the old name, or its own; the old one is back if that fails."""
    storage, name = asset.file.storage, asset.file.name
    new = name.rpartition(".")[0] + "." + found.name.rpartition(".")[2]
    storage.delete(name)
    try:
        asset.file = storage.save(new, ContentFile(found.read()))
    except BaseException:
        storage.save(name, ContentFile(data))
        raise
