from django.core.management.base import BaseCommand
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.assets.replacing import clean_stored


class Command(BaseCommand):
    help = (
        "Take position, camera, owner and author out of the pictures and documents that were "
        "stored before this was done on their way in. May be run again: what is clean stays."
    )

    def handle(self, *, verbosity: int, **options):
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
