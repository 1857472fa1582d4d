from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubjectsConfig(AppConfig):
    name = "subjects"
    verbose_name = _("Pages of organisations, places and themes")

    def ready(self) -> None:
        from cms.core import addresses
        from cms.core.routing import register_views

        from .found import places
        from .views import ways

        addresses.register(places)
        register_views(ways)
