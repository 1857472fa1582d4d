from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubjectsConfig(AppConfig):
    name = "subjects"
    verbose_name = _("Pages of organisations, places and themes")

    def ready(self) -> None:
        from cms.core import addresses

        from .found import places

        addresses.register(places)
