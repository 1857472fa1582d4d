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

        from . import (  # noqa: F401 (receivers)
            mails,
            package_fixes,
            progress,
            sending,
            structure,
            workflow,
        )

        pre_save.connect(
            package_fixes.clean_source, sender=TranslationSource, dispatch_uid="clean-source"
        )
        pre_save.connect(
            package_fixes.measure, sender=StringTranslation, dispatch_uid="measure-translation"
        )
        package_fixes.pass_over_missing_pictures()
        package_fixes.give_labels()
        TranslationSource.refresh_segments = sending.refresh_segments
        TranslationSource.create_or_update_translation = sending.create_or_update_translation
        Translation.import_po = each_once()(Translation.import_po)
        package_fixes.blank_what_is_one_things_own()
        mails.connect()
        schedule.register("translation_mails", timedelta(minutes=1), mails.send_waiting)
