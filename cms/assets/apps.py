from datetime import timedelta

from django.apps import AppConfig
from django.db.models import Model
from django.utils.translation import gettext_lazy as _


def tell_of_moved_collections(collection: type[Model]) -> None:
    """Save a collection that has been moved, so that whoever follows its rights hears of it.

    Wagtail 8.0 saves first and moves then, in SQL that sends no signal. To be deleted when its
    ``CollectionForm`` view saves after moving.
    """
    move = collection.move

    def move_and_save(self, *args, **kwargs) -> None:
        move(self, *args, **kwargs)
        collection.objects.get(pk=self.pk).save()

    if move.__name__ != "move_and_save":
        collection.move = move_and_save


class AssetsConfig(AppConfig):
    name = "cms.assets"
    verbose_name = _("Images and documents")

    def ready(self) -> None:
        from wagtail.models import Collection

        from cms.core import schedule

        from . import access  # noqa: F401  # registers its hooks
        from .storage import clear_incoming

        schedule.register("clear_incoming", timedelta(days=1), clear_incoming)
        tell_of_moved_collections(Collection)
