from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "cms.translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from wagtail_localize.models import StringTranslation, Translation, TranslationSource

        from cms.core import schedule
        from cms.core.concurrency import each_once

        from . import package_fixes, preparing, progress, sending, structure, targets  # noqa: F401

        pre_save.connect(
            package_fixes.clean_source, sender=TranslationSource, dispatch_uid="clean-source"
        )
        pre_save.connect(
            package_fixes.measure, sender=StringTranslation, dispatch_uid="measure-translation"
        )
        package_fixes.pass_over_missing_pictures()
        package_fixes.give_labels()
        TranslationSource.refresh_segments = sending.refresh_segments
        TranslationSource.create_or_update_translation = targets.create_or_update_translation
        Translation.import_po = each_once()(Translation.import_po)
        package_fixes.blank_what_is_one_things_own()
        schedule.register("translation.requests", timedelta(minutes=1), preparing.take_up)
