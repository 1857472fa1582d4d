from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssetsConfig(AppConfig):
    name = "cms.assets"
    label = "assets"
    verbose_name = _("Images and documents")

    def ready(self):
        from cms.core import schedule

        from .storage import clear_incoming

        schedule.register("clear_incoming", timedelta(days=1), clear_incoming)
