from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "cms.translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from wagtail_localize.models import StringTranslation, Translation, TranslationSource

        from cms.core.concurrency import each_once
        from cms.core.models import BasePage

        from . import (  # noqa: F401 (receivers)
            changes,
            package_fixes,
            progress,
            safeguards,
            staying_valid,
            structure,
        )

        pre_save.connect(
            package_fixes.clean_source, sender=TranslationSource, dispatch_uid="clean-source"
        )
        pre_save.connect(
            package_fixes.measure, sender=StringTranslation, dispatch_uid="measure-translation"
        )
        package_fixes.pass_over_missing_pictures()
        package_fixes.give_labels()
        TranslationSource.refresh_segments = changes.refresh_segments
        TranslationSource.create_or_update_translation = safeguards.create_or_update_translation
        Translation.import_po = each_once()(Translation.import_po)
        package_fixes.blank_what_is_one_things_own()
        BasePage.promote_panels.append(staying_valid.panel)
