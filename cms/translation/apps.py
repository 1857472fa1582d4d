from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "cms.translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from django.core import checks as system_checks
        from wagtail_localize.models import (
            StringSegmentQuerySet,
            StringTranslation,
            Translation,
            TranslationSource,
        )

        from cms.core import schedule
        from cms.core.models import BasePage

        from . import mails, package_fixes, terms
        from .easy import upkeep
        from .editor import service
        from .exchange.pages import throw_away
        from .facts import panels as fact_panels
        from .requests import preparing
        from .review import workflow
        from .strings import changes, checks, progress, targets

        pre_save.connect(checks.mark_faulty, sender=StringTranslation, dispatch_uid="mark-faulty")
        post_save.connect(checks.title_as_read, sender=StringTranslation, dispatch_uid="as-read")
        StringSegmentQuerySet.annotate_translation = checks.annotate_translation
        Translation.get_progress = checks.get_progress
        TranslationSource.refresh_segments = changes.refresh_segments
        TranslationSource.create_or_update_translation = targets.create_or_update_translation
        package_fixes.mend()
        package_fixes.connect()
        BasePage.promote_panels.append(fact_panels.panel)
        workflow.connect()
        terms.connect()
        system_checks.register(service.check, "katto")
        upkeep.connect()
        schedule.register("translation.requests", timedelta(minutes=1), preparing.take_up)
        schedule.register("translation.works", timedelta(minutes=1), progress.take_up)
        schedule.register("translation.mails", timedelta(minutes=1), mails.send_waiting)
        schedule.register("translation.files", timedelta(hours=1), throw_away)
        schedule.register("translation.easy", timedelta(minutes=1), upkeep.take_up)
