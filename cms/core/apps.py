from datetime import timedelta

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from . import content_epoch, lists, schedule, wagtail_indexes
        from .admin.lost_updates import guard_edit_views
        from .admin.upstream import (
            count_in_words,
            make_exports_safe,
            name_panels_in_english,
            read_rich_text_in_turn,
        )
        from .admin.written_values import understand_addresses, understand_dates, understand_numbers
        from .checks import house_rules
        from .hygiene import inputs
        from .schedule import prune_task_results, publish_due

        checks.register(house_rules, "katto")
        inputs.connect()
        content_epoch.connect()
        wagtail_indexes.connect()
        read_rich_text_in_turn()
        count_in_words()
        name_panels_in_english()
        schedule.register("publish", timedelta(minutes=1), publish_due)
        schedule.register("prune_task_results", timedelta(days=1), prune_task_results)
        guard_edit_views()
        lists.connect()
        understand_dates()
        understand_numbers()
        understand_addresses()
        make_exports_safe()
