from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self):
        from . import content_epoch
        from .checks import house_rules
        from .hygiene import doors

        checks.register(house_rules, "katto")
        content_epoch.connect()
        doors.connect()
