from datetime import timedelta

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self):
        from . import content_epoch, schedule, wagtail_indexes
        from .admin import rich_text
        from .checks import house_rules

        checks.register(house_rules, "katto")
        content_epoch.connect()
        wagtail_indexes.connect()
        rich_text.connect()
        schedule.register(
            "publish_scheduled", timedelta(minutes=1), schedule.command("publish_scheduled")
        )
        schedule.register(
            "prune_task_results",
            timedelta(days=1),
            schedule.command("prune_db_task_results", queue_name="*", min_age_days=7, verbosity=0),
        )
