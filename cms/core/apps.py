from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self):
        from . import content_epoch
        from .admin.counting import count_in_words
        from .admin.exporting import make_exports_safe
        from .checks import house_rules

        checks.register(house_rules, "katto")
        content_epoch.connect()
        count_in_words()
        make_exports_safe()
